import { type CivilDate, daysBetween } from '../../rules/domain/civil-date.ts';
import { dollars } from '../../rules/domain/money.ts';
import { ageName } from '../../rules/vendors/difference.ts';
import type { Failure } from './failure.ts';
import type { Never } from './format.ts';
import { aboutOf, type ExpectedDifference } from './format-vendor-ledger.ts';
import type { SeenDifference } from './vendor-books.ts';

/** Exactly these stand open, in whatever order; of each only what the story says of it is compared. @param account null for all of the story's */
export function differencesCheck(
  all: readonly SeenDifference[],
  expected: readonly ExpectedDifference[],
  { account, today }: { readonly account: string | null; readonly today: CivilDate },
): readonly Failure[] {
  const came = all.filter(({ reference }) => account === null || reference.startsWith(`${account}-`));
  const named = new Map(expected.map((one) => [keyOf(one.kind, aboutOf(one)), one]));
  const seen = came.map((one) => seenText(one, named.get(keyOf(one.kind, one.about)), today)).toSorted();
  const wanted = expected.map(expectedText).toSorted();
  const texts = { expected: wanted.join('; ') || 'none', came: seen.join('; ') || 'none' };
  return texts.expected === texts.came ? [] : [{ what: 'differences', ...texts }];
}

/** Kinds that must not have stood on any day. */
export function neverStood(stood: readonly SeenDifference[], never: Pick<Never, 'differences'>): readonly Failure[] {
  return never.differences.flatMap((kind) => {
    const one = stood.find((difference) => difference.kind === kind);
    return one === undefined ? [] : [{ what: 'differences', expected: `never ${kind}`, came: keyOf(kind, one.about) }];
  });
}

function keyOf(kind: string, about: string): string {
  return `${kind} ${about}`;
}

function seenText(one: SeenDifference, like: ExpectedDifference | undefined, today: CivilDate): string {
  const days = daysBetween(one.firstFoundOn, today);
  return textOf([
    keyOf(one.kind, one.about),
    amounts(dollars(one.oursCents), dollars(one.theirsCents)),
    like?.vendor === undefined ? '' : `with ${one.vendor}`,
    like?.payment === undefined || like.account === undefined ? '' : `on ${one.reference}`,
    like?.since === undefined ? '' : `since ${one.firstFoundOn}`,
    like?.days === undefined ? '' : `for ${days} days`,
    like?.age === undefined ? '' : `aged ${ageName(days)}`,
    like?.accepted === undefined ? '' : acceptedText(one.accepted !== null),
    like?.asked === undefined ? '' : askedText(one.isAsked),
    like?.says === undefined ? '' : `saying "${one.words.includes(like.says) ? like.says : one.words}"`,
  ]);
}

function expectedText(one: ExpectedDifference): string {
  return textOf([
    keyOf(one.kind, aboutOf(one)),
    amounts(dollars(one.ours), dollars(one.theirs)),
    one.vendor === undefined ? '' : `with ${one.vendor}`,
    one.payment === undefined || one.account === undefined ? '' : `on ${one.account}-${one.placement}`,
    one.since === undefined ? '' : `since ${one.since}`,
    one.days === undefined ? '' : `for ${one.days} days`,
    one.age === undefined ? '' : `aged ${one.age}`,
    one.accepted === undefined ? '' : acceptedText(one.accepted),
    one.asked === undefined ? '' : askedText(one.asked),
    one.says === undefined ? '' : `saying "${one.says}"`,
  ]);
}

function textOf(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

function amounts(ours: string, theirs: string): string {
  return `ours ${ours}, theirs ${theirs}`;
}

function acceptedText(isAccepted: boolean): string {
  return isAccepted ? 'accepted' : 'not accepted';
}

function askedText(isAsked: boolean): string {
  return isAsked ? 'asked about' : 'not asked about';
}
