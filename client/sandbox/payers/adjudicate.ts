import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import type { OtherPayerAdjudication, SubmittedClaim } from '../../../rules/domain/claim.ts';
import { allocate, type Cents, cents, minus, sum, zeroCents } from '../../../rules/domain/money.ts';
import type { RemittanceClaim, RemittanceLine } from '../../../rules/domain/remittance.ts';
import type { WithoutPlace } from '../../../rules/x12/without-place.ts';
import type { PayerManners } from './manners.ts';
import { type Denial, denialReasons, type PatientShare } from './outcomes.ts';

export type Claim = WithoutPlace<SubmittedClaim>;

/** One CLP of ours to be. */
export type Part = WithoutPlace<RemittanceClaim>;
type Line = WithoutPlace<RemittanceLine>;
type Adjustment = Line['adjustments'][number];

export interface Decision {
  readonly contract: PayerManners['contract'];
  /** Of the charge, 1 to 100. */
  readonly allowedPercent: number;
  readonly patientShare: PatientShare;
  readonly denial: Denial | null;
  /** Index of the only line that is denied; null denies all. */
  readonly deniedLine: number | null;
}

/** What the remittance says of the claim beside its money. */
export interface Said {
  readonly payerId: string;
  readonly filing: string;
  readonly payerClaimNumber: string;
  readonly receivedOn: CivilDate;
  /** NM1*TT, with status 19. */
  readonly crossoverPayerId: string | null;
}

/**
 * What the payer makes of a claim, balanced on every line. A payer that comes after another pays from what that one left to the patient: all else is
 * the effect of the earlier payer (OA-23).
 */
export function adjudicate(claim: Claim, decision: Decision, said: Said): Part {
  const earlier = claim.destination === 1 ? null : leftByEarlier(claim);
  const left = { copay: decision.contract.copay, deductible: decision.contract.deductible };
  const lines = claim.lines.map((line, index): Line => {
    const isDenied = decision.denial !== null && (decision.deniedLine ?? index) === index;
    const open = earlier === null ? line.chargeCents : (earlier[index] ?? zeroCents);
    const before = adjustment('OA', '23', minus(line.chargeCents, open));
    const own =
      isDenied && decision.denial !== null ? denied(open, decision.denial) : priced(open, decision, { earlier: earlier !== null, left });
    const adjustments = [...before, ...own];
    const paidCents = minus(line.chargeCents, sum(adjustments.map((a) => a.cents)));
    return {
      number: line.number,
      controlNumber: line.controlNumber,
      procedureCode: line.procedureCode,
      revenueCode: line.revenueCode,
      chargeCents: line.chargeCents,
      paidCents,
      allowedCents: isDenied ? null : sum([paidCents, ...patientOf(adjustments)]),
      adjustments,
      rarcs: isDenied && decision.denial !== null ? denialReasons[decision.denial].lineRemarks : [],
    };
  });
  return partOf(claim, lines, { ...said, claimRemarks: decision.denial === null ? [] : denialReasons[decision.denial].claimRemarks });
}

function partOf(claim: Claim, lines: readonly Line[], said: Said & { readonly claimRemarks: readonly string[] }): Part {
  const firstStatus = { 1: '1', 2: '2', 3: '3' }[claim.destination];
  return {
    submissionKey: claim.submissionKey,
    status: said.crossoverPayerId === null ? firstStatus : '19',
    ...totals(lines),
    filingIndicator: said.filing,
    payerClaimNumber: said.payerClaimNumber,
    adjustments: [],
    rarcs: said.crossoverPayerId === null ? said.claimRemarks : [...said.claimRemarks, 'MA18'],
    crossoverPayerId: said.crossoverPayerId,
    receivedOn: said.receivedOn,
    servicedFrom: claim.servicedFrom,
    patient: { last: claim.patient.name.last, first: claim.patient.name.first, memberId: claim.coverages[0]?.memberId ?? '' },
    lines,
  };
}

function totals(lines: readonly Line[]): Pick<Part, 'chargeCents' | 'paidCents' | 'patientResponsibilityCents'> {
  return {
    chargeCents: sum(lines.map((line) => line.chargeCents)),
    paidCents: sum(lines.map((line) => line.paidCents)),
    patientResponsibilityCents: sum(lines.flatMap((line) => patientOf(line.adjustments))),
  };
}

/** The contract's price, and who bears the rest. `left` is what remains of copay and deductible, used up line by line. */
function priced(
  open: Cents,
  { contract, allowedPercent, patientShare }: Decision,
  { earlier, left }: { readonly earlier: boolean; readonly left: { copay: number; deductible: number } },
): readonly Adjustment[] {
  const [allowed = open] = earlier || open === 0 ? [open] : allocate(open, [allowedPercent, 100 - allowedPercent]);
  const patient = { nothing: zeroCents, ...sharesOf(allowed, contract.coinsurancePercent, left) }[patientShare];
  if (patientShare === 'copay') left.copay -= patient;
  if (patientShare === 'deductible') left.deductible -= patient;
  const paid = minus(allowed, patient);
  const [sequestered = zeroCents] = contract.hasSequestration && paid > 0 ? allocate(paid, [2, 98]) : [];
  return [
    ...adjustment('CO', '45', minus(open, allowed)),
    ...adjustment('CO', '253', sequestered),
    ...adjustment('PR', { nothing: '3', copay: '3', deductible: '1', coinsurance: '2' }[patientShare], patient),
  ];
}

function sharesOf(allowed: Cents, coinsurancePercent: number, left: { readonly copay: number; readonly deductible: number }) {
  const [coinsurance = zeroCents] = allowed === 0 ? [] : allocate(allowed, [coinsurancePercent, 100 - coinsurancePercent]);
  return { copay: cents(Math.min(allowed, left.copay)), deductible: cents(Math.min(allowed, left.deductible)), coinsurance };
}

function denied(open: Cents, denial: Denial): readonly Adjustment[] {
  return adjustment(denialReasons[denial].group, denialReasons[denial].carc, open);
}

function adjustment(group: Adjustment['group'], carc: string, amount: Cents): readonly Adjustment[] {
  return amount === 0 ? [] : [{ group, carc, cents: amount }];
}

function patientOf(adjustments: readonly Adjustment[]): readonly Cents[] {
  return adjustments.filter(({ group }) => group === 'PR').map((a) => a.cents);
}

/** What the payer before this one left to the patient, per line; by charge where it was told for the claim only. Null-free: nothing told = nothing left. */
function leftByEarlier(claim: Claim): readonly Cents[] {
  const payerBefore = claim.coverages.find(({ sequence }) => sequence === claim.destination - 1)?.payerId;
  const byLine = claim.lines.map((line) => patientShareOf(line.otherPayers, payerBefore));
  const capped = (amount: Cents, charge: Cents): Cents => cents(Math.max(0, Math.min(amount, charge)));
  if (byLine.some((left) => left !== null)) return claim.lines.map((line, i) => capped(byLine[i] ?? zeroCents, line.chargeCents));
  const whole = patientShareOf(claim.otherPayers, payerBefore) ?? zeroCents;
  if (claim.chargeCents <= 0 || whole <= 0) return claim.lines.map(() => zeroCents);
  const parts = allocate(
    whole,
    claim.lines.map((line) => line.chargeCents),
  );
  return claim.lines.map((line, index) => capped(parts[index] ?? zeroCents, line.chargeCents));
}

function patientShareOf(said: readonly WithoutPlace<OtherPayerAdjudication>[], payerId: string | undefined): Cents | null {
  const found = said.find((one) => one.payerId === payerId) ?? said.at(-1);
  return found === undefined ? null : sum(found.adjustments.filter(({ group }) => group === 'PR').map((a) => a.cents));
}

/** Takes a part back: the same, negated, with status 22 (DOMAIN §3.6). */
export function reversed(part: Part): Part {
  const negated = (adjustments: readonly Adjustment[]) => adjustments.map((a) => ({ ...a, cents: negative(a.cents) }));
  return {
    ...part,
    status: '22',
    crossoverPayerId: null,
    chargeCents: negative(part.chargeCents),
    paidCents: negative(part.paidCents),
    patientResponsibilityCents: negative(part.patientResponsibilityCents),
    adjustments: negated(part.adjustments),
    lines: part.lines.map((line) => ({
      ...line,
      chargeCents: negative(line.chargeCents),
      paidCents: negative(line.paidCents),
      allowedCents: line.allowedCents === null ? null : negative(line.allowedCents),
      adjustments: negated(line.adjustments),
    })),
  };
}

function negative(amount: Cents): Cents {
  return minus(zeroCents, amount);
}

/** One claim answered as two, each with some of the lines and its own number; a claim of one line cannot be split. */
export function split(part: Part, secondNumber: string): readonly Part[] {
  if (part.lines.length < 2) return [part];
  const half = Math.ceil(part.lines.length / 2);
  const [first, second] = [part.lines.slice(0, half), part.lines.slice(half)];
  return [
    { ...part, lines: first, ...totals(first) },
    { ...part, lines: second, ...totals(second), payerClaimNumber: secondNumber },
  ];
}

/** The claim as the first payer hands it on to the next (crossover): with what it paid and left. */
export function handedOn(claim: Claim, parts: readonly Part[], on: CivilDate): Claim | null {
  const next = claim.coverages.find(({ sequence }) => sequence === claim.destination + 1);
  const own = claim.coverages.find(({ sequence }) => sequence === claim.destination);
  if (next === undefined || own === undefined) return null;
  const destination = next.sequence;
  const lines = parts.flatMap((part) => part.lines);
  const paidBy = (paidCents: Cents, adjustments: readonly Adjustment[]) => ({
    payerId: own.payerId,
    paidCents,
    adjudicatedOn: on,
    adjustments,
  });
  return {
    ...claim,
    destination,
    coverages: [next, ...claim.coverages.filter((coverage) => coverage !== next)],
    otherPayers: [...claim.otherPayers, paidBy(sum(parts.map((part) => part.paidCents)), [])],
    lines: claim.lines.map((line) => {
      const said = lines.find(({ number }) => number === line.number);
      return said === undefined ? line : { ...line, otherPayers: [...line.otherPayers, paidBy(said.paidCents, said.adjustments)] };
    }),
  };
}
