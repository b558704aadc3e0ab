import { chanceOf } from './chance.ts';
import type { Manners, PayerManners, ToldFate } from './manners.ts';
import {
  type Afterwards,
  type ClaimRejection,
  denialReasons,
  type Denial,
  type Front,
  type LetterAnswer,
  type Outcome,
  type PatientShare,
  type Remit,
} from './outcomes.ts';

/** What will become of one submission at one payer. */
export interface Fate {
  readonly front: Front;
  readonly rejection: ClaimRejection;
  /** From receipt to the decision. */
  readonly days: number;
  readonly isLate: boolean;
  readonly outcome: Outcome;
  /** Why, where the outcome refuses one line. */
  readonly partialDenial: Denial;
  /** Which line, from 0 to below 1 of their number. */
  readonly partialLine: number;
  readonly patientShare: PatientShare;
  readonly afterwards: Afterwards;
  readonly afterwardsDays: number;
  readonly remit: Remit;
  readonly splits: boolean;
  readonly crossesOver: boolean;
}

/** Our keys are `<account>.<n>` from the second submission on. */
function keyParts(submissionKey: string): { readonly account: string; readonly attempt: number } {
  const [, account = submissionKey, attempt = '1'] = /^(.+)\.(\d{1,4})$/.exec(submissionKey) ?? [];
  return { account, attempt: Number(attempt) };
}

/** A submission, and how often the same key was sent before and not taken in: such a claim sent again has another fate. */
export interface Sent {
  readonly payerId: string | null;
  readonly submissionKey: string;
  readonly repeats: number;
}

export function toldFateOf(manners: Manners, { submissionKey, payerId, repeats }: Sent): ToldFate | null {
  const { account, attempt } = keyParts(submissionKey);
  const found = manners.fates.find(
    (told) =>
      (fits(told.claim, submissionKey) || fits(told.claim, account)) &&
      (told.payer === undefined || payerId === null || told.payer === payerId) &&
      (told.attempt ?? attempt + repeats) === attempt + repeats,
  );
  return found ?? null;
}

/** The same for the same seed, payer and submission, whatever came before. */
export function fateOf({ manners, seed }: { readonly manners: Manners; readonly seed: number }, payer: PayerManners, sent: Sent): Fate {
  const told = toldFateOf(manners, sent);
  const chance = (decision: string) => chanceOf(seed, 'fate', sent.payerId ?? '', sent.submissionKey, String(sent.repeats), decision);
  const isLate = told?.days === undefined && chance('late').happens(payer.late.share);
  return {
    front: told?.front ?? chance('front').pick(payer.front),
    rejection: told?.rejection ?? chance('rejection').pick(payer.rejections),
    days: told?.days ?? chance('days').between(isLate ? payer.late.days : payer.days),
    isLate,
    outcome: told?.outcome ?? chance('outcome').pick(payer.outcome),
    partialDenial: chance('partial denial').pick(partialDenials),
    partialLine: chance('partial line').next(),
    patientShare: told?.patientShare ?? chance('patient share').pick(payer.patientShare),
    afterwards: told?.afterwards ?? chance('afterwards').pick(payer.afterwards),
    afterwardsDays: chance('afterwards days').between(payer.afterwardsDays),
    remit: told?.remit ?? chance('remit').pick(payer.remits),
    splits: told?.splits ?? chance('splits').happens(payer.splits),
    crossesOver: told?.crossesOver ?? chance('crosses over').happens(payer.crossesOver),
  };
}

/** A letter's answer depends on what it asks and which time, so that a second level may end otherwise than the first. */
export function letterAnswerOf(
  { manners, seed }: { readonly manners: Manners; readonly seed: number },
  payer: PayerManners,
  asked: Sent & { readonly kind: 'appeal' | 'reconsideration' | 'documents'; readonly level: number },
): { readonly answer: LetterAnswer; readonly days: number } {
  const told = toldFateOf(manners, asked);
  const chance = (decision: string) =>
    chanceOf(seed, 'letter', asked.payerId ?? '', asked.submissionKey, asked.kind, String(asked.level), decision);
  return {
    answer: told?.answer ?? chance('answer').pick(payer.answers[asked.kind]),
    days: chance('days').between(payer.answers.days),
  };
}

export function denialOf(fate: Pick<Fate, 'outcome' | 'partialDenial'>): Denial | null {
  if (fate.outcome === 'partlyDenied') return fate.partialDenial;
  return isDenial(fate.outcome) ? fate.outcome : null;
}

function isDenial(outcome: Outcome): outcome is Denial {
  return outcome in denialReasons;
}

const partialDenials = [
  { choice: 'deniedAuthorization', weight: 1 },
  { choice: 'deniedNecessity', weight: 1 },
  { choice: 'deniedBundled', weight: 2 },
] as const;

function fits(pattern: string, text: string): boolean {
  const parts = pattern.split('*').map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('.*')}$`).test(text);
}
