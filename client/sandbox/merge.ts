import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { sum } from '../../rules/domain/money.ts';
import type { Remittance } from '../../rules/domain/remittance.ts';
import { write277ca } from '../../rules/x12/write-277ca.ts';
import { write835 } from '../../rules/x12/write-835.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { buildAcknowledgement, buildClaim, buildRemittance } from '../scenario/build.ts';
import type { Scenario, ScenarioArrival } from '../scenario/format.ts';
import { envelope, fileOf } from '../scenario/to-x12.ts';

export interface DropFile {
  readonly name: string;
  readonly text: string;
  /** It answers claims that may come on the same day, and so comes a moment later. */
  readonly answers: boolean;
}

type Kind<K extends string> = Extract<ScenarioArrival, Record<K, unknown>>;

/**
 * The files of one day of the whole hospital, as a clearinghouse delivers them: one 837P and one 837I, a 277CA and an 835 per payer, one
 * payments file, in the order in which they make sense: claims before what answers them. What needs an envelope of its own (a claim that a 999 answers, an 835 with a trace or provider adjustments) gets one.
 */
export function filesOfDay(arrivals: readonly ScenarioArrival[], on: CivilDate, alone: ReadonlySet<string>): readonly DropFile[] {
  const claims = arrivals.filter((a): a is Kind<'claim'> => 'claim' in a);
  const acknowledgements = arrivals.filter(
    (a): a is Kind<'acknowledgement'> => 'acknowledgement' in a && a.acknowledgement.kind === '277CA',
  );
  const remittances = arrivals.filter((a): a is Kind<'remittance'> => 'remittance' in a && isPlain(a));
  const others = arrivals.filter((a) => !isMerged(a, alone));
  const firstClaims = others.filter((a) => 'claim' in a);
  return [
    ...firstClaims.map((arrival) => single(arrival, on)),
    ...mergedClaims(
      claims.filter((a) => !alone.has(a.claim.account)),
      on,
    ),
    ...grouped(acknowledgements, (a) => a.acknowledgement.by).map(([by, group]) => mergedAcknowledgements(by, group, on)),
    ...grouped(remittances, (a) => a.remittance.payer).map(([payer, group]) => mergedRemittances(payer, group, on)),
    ...others.filter((a) => !('claim' in a)).map((arrival) => single(arrival, on)),
  ];
}

/** Accounts whose first claim a 999 of the stories answers: their 837 must not carry others. */
export function sentAlone(stories: readonly Scenario[]): ReadonlySet<string> {
  const arrivals = stories.flatMap((story) => story.days).flatMap((day) => day.arrives);
  return new Set(arrivals.flatMap((a) => ('acknowledgement' in a && a.acknowledgement.kind !== '277CA' ? [a.acknowledgement.claim] : [])));
}

function isPlain({ remittance }: Kind<'remittance'>): boolean {
  return remittance.trace === undefined && remittance.provider.length === 0;
}

function isMerged(a: ScenarioArrival, alone: ReadonlySet<string>): boolean {
  if ('claim' in a) return !alone.has(a.claim.account);
  if ('acknowledgement' in a) return a.acknowledgement.kind === '277CA';
  return 'remittance' in a && isPlain(a);
}

function mergedClaims(claims: readonly Kind<'claim'>[], on: CivilDate): readonly DropFile[] {
  return grouped(claims, (a) => a.claim.type).map(([type, group]) => {
    const name = `${on}-${type}.837`;
    return {
      name,
      text: write837(
        envelope(on, { from: 'RECOURSE', to: 'CLEARINGHOUSE', about: name }),
        group.map((a) => buildClaim(a.claim)),
      ),
      answers: false,
    };
  });
}

function mergedAcknowledgements(by: string, group: readonly Kind<'acknowledgement'>[], on: CivilDate): DropFile {
  const name = `${on}-${by}.277ca`;
  const text = write277ca(
    envelope(on, { from: by.toUpperCase(), to: 'RECOURSE', about: name }),
    group.map((a) => buildAcknowledgement(a.acknowledgement, on)),
  );
  return { name, text, answers: true };
}

function mergedRemittances(payer: string, group: readonly Kind<'remittance'>[], on: CivilDate): DropFile {
  const parts = group.map((a) => buildRemittance(a.remittance, on));
  const [first] = parts;
  if (first === undefined) throw new Error('a group has members');
  const paidCents = sum(parts.map((p) => p.paidCents));
  const whole: Remittance = {
    ...first,
    paidCents,
    method: paidCents === 0 ? 'NON' : 'ACH',
    trace: `${payer}${on.replaceAll('-', '')}`,
    claims: parts.flatMap((p) => p.claims),
  };
  const name = `${on}-${payer.toLowerCase()}.835`;
  return { name, text: write835(envelope(on, { from: payer, to: 'RECOURSE', about: name }), whole), answers: true };
}

function single(arrival: ScenarioArrival, on: CivilDate): DropFile {
  const file = fileOf(arrival, on, () => {
    throw new Error('the stories of the sandbox hospital name no files');
  });
  return { name: file.name, text: file.kind === 'x12' ? file.text : file.csv, answers: !('claim' in arrival) };
}

/** In the order in which each group's first item came. */
export function grouped<T>(items: readonly T[], by: (item: T) => string): readonly (readonly [string, readonly T[]])[] {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(by(item), [...(groups.get(by(item)) ?? []), item]);
  return [...groups];
}
