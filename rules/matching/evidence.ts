import { type CivilDate, daysBetween } from '../domain/civil-date.ts';

/** What something that came in says about its claim; null or empty where it is silent. PHI: compared, never shown. */
export interface ClaimDescription {
  readonly payerId: string;
  readonly memberId: string;
  readonly last: string;
  readonly first: string;
  /** Negative on a reversal: compared by its size. */
  readonly chargeCents: number | null;
  readonly servicedFrom: CivilDate | null;
  readonly lineChargeCents: readonly number[];
}

/** One submission of ours with what is known of its account. PHI. */
export interface KnownClaim {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly submissionKey: string;
  readonly last: string;
  readonly first: string;
  readonly chargeCents: number;
  readonly servicedFrom: CivilDate;
  readonly lineChargeCents: readonly number[];
  readonly coverages: readonly { readonly payerId: string; readonly memberId: string }[];
}

/** `silent` where one side does not say: neither for nor against. */
export type Verdict = 'equal' | 'near' | 'differs' | 'silent';

export interface Evidence {
  readonly memberId: Verdict;
  readonly charge: Verdict;
  readonly lineCharges: Verdict;
  readonly serviceDate: Verdict;
  /** Between the two service dates; null when one is silent. */
  readonly daysOff: number | null;
  readonly name: Verdict;
  readonly payer: Verdict;
}

/** A claim is often dated by its statement, its admission or its first line: so many days apart may still be one stay. */
const nearDays = 3;

export function evidenceOf(said: ClaimDescription, known: KnownClaim): Evidence {
  const daysOff = said.servicedFrom === null ? null : Math.abs(daysBetween(known.servicedFrom, said.servicedFrom));
  const memberId = bare(said.memberId);
  return {
    memberId: memberId === '' ? 'silent' : equalIf(known.coverages.some((c) => bare(c.memberId) === memberId)),
    charge: said.chargeCents === null ? 'silent' : equalIf(Math.abs(said.chargeCents) === Math.abs(known.chargeCents)),
    lineCharges: lineVerdict(said.lineChargeCents, known.lineChargeCents),
    serviceDate: daysOff === null ? 'silent' : daysOff === 0 ? 'equal' : daysOff <= nearDays ? 'near' : 'differs',
    daysOff,
    name: nameVerdict(said, known),
    payer: said.payerId === '' ? 'silent' : equalIf(known.coverages.some((c) => bare(c.payerId) === bare(said.payerId))),
  };
}

/**
 * True when a number of ours, or of the payer's, stands on a claim that is clearly not the one known under it, so that nothing may follow by
 * itself. From a payer of the account: another name, and nothing else agrees. From any other payer: at most one of charge, service date and
 * name agrees.
 */
export function isSomebodyElses(said: ClaimDescription, known: KnownClaim): boolean {
  const { charge, serviceDate, name, payer } = evidenceOf(said, known);
  const agreeing = [charge, serviceDate, name].filter((verdict) => verdict === 'equal' || verdict === 'near').length;
  return payer === 'differs' ? agreeing < 2 : agreeing === 0 && name === 'differs';
}

/** `member id equal, charge equal, service date 1 day off, name similar`: what agrees and what does not, without the values. */
export function evidenceText(evidence: Evidence): string {
  const { daysOff } = evidence;
  const days = daysOff === null || daysOff === 0 ? '' : ` ${daysOff} ${daysOff === 1 ? 'day' : 'days'} off`;
  const said = [
    words('member id', evidence.memberId),
    words('charge', evidence.charge),
    days === '' ? words('service date', evidence.serviceDate) : `service date${days}`,
    words('name', evidence.name),
    words('line charges', evidence.lineCharges),
    words('payer', evidence.payer),
  ];
  return said.filter((text) => text !== '').join(', ');
}

function words(what: string, verdict: Verdict): string {
  if (verdict === 'silent') return '';
  if (verdict !== 'differs') return `${what} ${verdict === 'near' ? 'similar' : 'equal'}`;
  return what.endsWith('s') ? `${what} differ` : `${what} differs`;
}

function equalIf(isEqual: boolean): Verdict {
  return isEqual ? 'equal' : 'differs';
}

function lineVerdict(said: readonly number[], known: readonly number[]): Verdict {
  if (said.length === 0 || known.length === 0) return 'silent';
  return equalIf(inOrder(said) === inOrder(known));
}

function inOrder(amounts: readonly number[]): string {
  return amounts
    .map(Math.abs)
    .sort((a, b) => a - b)
    .join(' ');
}

type Name = Pick<ClaimDescription, 'last' | 'first'>;

/** Near: the same last name with the same first initial, or first and last in each other's place. */
function nameVerdict(said: Name, known: Name): Verdict {
  const [last, first] = [lastName(said.last), firstName(said.first)];
  const [knownLast, knownFirst] = [lastName(known.last), firstName(known.first)];
  if (last === '' || knownLast === '') return 'silent';
  if (last === knownLast && first === knownFirst) return 'equal';
  if (last === knownLast && (first === '' || knownFirst === '' || first[0] === knownFirst[0])) return 'near';
  return lastName(said.first) === knownLast && lastName(known.first) === last ? 'near' : 'differs';
}

const suffixes = /\s+(JR|SR|II|III|IV)$/;

function lastName(text: string): string {
  return bare(spaced(text).replace(suffixes, ''));
}

/** The first of several given names: the payer often drops or shortens the rest. */
function firstName(text: string): string {
  return bare(spaced(text).split(' ')[0] ?? '');
}

function spaced(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[\u0300-\u036F]/g, '')
    .toUpperCase()
    .replace(/[.,]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** Letters and digits in capitals: spaces, hyphens, apostrophes and accents are written by one side and not by the other. */
function bare(text: string): string {
  return spaced(text).replace(/[^\p{L}\p{N}]/gu, '');
}
