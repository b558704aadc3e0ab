import type { ClaimStatusAnswer } from '../../rules/domain/claim-status.ts';
import { type CategoryTable, categorise, type DenialCategory, isDenial } from '../../rules/domain/denial.ts';
import { assertNever } from '../../rules/domain/failures.ts';
import { type Cents, dollars, minus, sum, zeroCents } from '../../rules/domain/money.ts';
import type {
  Adjustment,
  AdjustmentGroup,
  Imbalance,
  ProviderAdjustment,
  RemittanceClaim,
  RemittanceLine,
} from '../../rules/domain/remittance.ts';
import type { X12Transaction } from '../../rules/domain/x12-file.ts';
import type { RemittanceHeader, X12Event } from '../../rules/x12/events.ts';

/**
 * An X12 file in words that a biller reads, event by event: per claim what was charged, paid, adjusted and why, and what is denied. Claims are named
 * by their key; patients are not named.
 */
export class Explainer {
  readonly #table: CategoryTable;

  constructor(table: CategoryTable) {
    this.#table = table;
  }

  linesOf(event: X12Event): readonly string[] {
    switch (event.kind) {
      case 'interchange':
      case 'group':
      case 'opened':
      case 'passed-over':
        return [];
      case 'remittance-opened':
        return ['', `Remittance ${headerWords(event.header)}`];
      case 'remittance-claim':
        return [...this.#claimLines(event.claim), ...event.imbalances.map((imbalance) => `    ${imbalanceWords(imbalance)}`)];
      case 'remittance-closed':
        return [
          ...event.summary.providerAdjustments.map((adjustment) => `  ${providerWords(adjustment)}`),
          ...event.summary.imbalances.map((imbalance) => `  ${imbalanceWords(imbalance)}`),
          `  Together: charged ${dollars(event.summary.chargeCents)}, adjusted ${dollars(event.summary.adjustmentCents)}, paid ${dollars(event.summary.paidCents)} on ${counted(event.summary.claimCount, 'claim')}.`,
          ...event.faults.map(({ message }) => `  ✗ ${message}`),
        ];
      case 'transaction':
        return ['', ...transactionLines(event.transaction), ...event.faults.map(({ message }) => `  ✗ ${message}`)];
      case 'fault':
        return [
          `✗ ${event.fault.message}`,
          `  ${event.level === 'file' ? 'Nothing after it can be read.' : 'Nothing of this transaction may be used.'}`,
        ];
    }
  }

  #claimLines(claim: RemittanceClaim): readonly string[] {
    const { chargeCents, paidCents, payerClaimNumber, rarcs } = claim;
    const number = payerClaimNumber === '' ? '' : ` (payer's number ${payerClaimNumber})`;
    const denials = [
      ...this.#denialsOf(claim.adjustments, rarcs),
      ...claim.lines.flatMap((line) => this.#denialsOf(line.adjustments, line.rarcs)),
    ];
    return [
      `  Claim ${claim.submissionKey}${number}: ${statusWords(claim.status)}. Charged ${dollars(chargeCents)}, paid ${dollars(paidCents)}, the patient owes ${dollars(claim.patientResponsibilityCents)}.`,
      ...claim.adjustments.map((adjustment) => `    ${this.#adjustmentWords(adjustment, rarcs)}`),
      ...(rarcs.length === 0 ? [] : [`    Remarks: ${rarcs.join(', ')}`]),
      ...claim.lines.flatMap((line) => this.#lineLines(line)),
      ...(denials.length === 0 ? [] : [`    Denied: ${dollars(sum(denials))}`]),
    ];
  }

  #lineLines(line: RemittanceLine): readonly string[] {
    const code = line.procedureCode ?? (line.revenueCode === null ? '' : `revenue code ${line.revenueCode}`);
    const allowed = line.allowedCents === null ? '' : `, allowed ${dollars(line.allowedCents)}`;
    return [
      `    Line ${line.number}${code === '' ? '' : `, ${code}`}: charged ${dollars(line.chargeCents)}${allowed}, paid ${dollars(line.paidCents)}`,
      ...line.adjustments.map((adjustment) => `      ${this.#adjustmentWords(adjustment, line.rarcs)}`),
      ...(line.rarcs.length === 0 ? [] : [`      Remarks: ${line.rarcs.join(', ')}`]),
    ];
  }

  #adjustmentWords(adjustment: Adjustment, rarcs: readonly string[]): string {
    const { group, carc, cents } = adjustment;
    const category = categorise(this.#table, { group, carc, rarcs });
    const label = Object.hasOwn(this.#table.carcs, carc) ? this.#table.carcs[carc]?.label : undefined;
    const denied = isDenial({ ...adjustment, category }) ? `; denied: ${categoryWords[category]}` : '';
    return `${group}-${carc} ${dollars(cents)}: ${label ?? 'a code that is not in our list'}, ${bearer[group]}${denied}`;
  }

  #denialsOf(adjustments: readonly Adjustment[], rarcs: readonly string[]): readonly Cents[] {
    return adjustments
      .filter((adjustment) => isDenial({ ...adjustment, category: categorise(this.#table, { ...adjustment, rarcs }) }))
      .map(({ cents }) => cents);
  }
}

const bearer: Readonly<Record<AdjustmentGroup, string>> = {
  CO: 'not owed by the patient',
  PR: 'owed by the patient',
  OA: 'explains, moves no money by itself',
  PI: 'taken off by the payer',
  CR: 'a correction',
};

const categoryWords: Readonly<Record<DenialCategory, string>> = {
  PTR: 'patient responsibility',
  CTR: 'contractual',
  ELG: 'eligibility',
  COB: 'coordination of benefits',
  AUT: 'authorization',
  TFL: 'timely filing',
  APL: 'appeal',
  MED: 'medical necessity',
  COD: 'coding',
  ENR: 'enrollment',
  DUP: 'duplicate',
  NCV: 'not covered',
  DOC: 'documentation',
  PND: 'pending',
  UND: 'underpayment',
  OTH: 'to be looked at by a person',
};

/** CLP02 (X221, loop 2100). */
const claimStatuses: Readonly<Record<string, string>> = {
  '1': 'processed as primary',
  '2': 'processed as secondary',
  '3': 'processed as tertiary',
  '4': 'denied',
  '19': 'processed as primary and forwarded to the next payer',
  '20': 'processed as secondary and forwarded to the next payer',
  '21': 'processed as tertiary and forwarded to the next payer',
  '22': 'an earlier payment is taken back (reversal)',
  '23': 'not this payer’s claim, forwarded to another',
  '25': 'a prediction only, no payment',
};

function statusWords(status: string): string {
  return Object.hasOwn(claimStatuses, status) ? (claimStatuses[status] ?? '') : `status ${status}`;
}

function headerWords({ payerName, payerId, trace, method, paidOn, paidCents }: RemittanceHeader): string {
  return `of ${payerName === '' ? `payer ${payerId}` : payerName}: ${dollars(paidCents)} on ${paidOn} (${method}, trace ${trace})`;
}

function providerWords({ code, reference, cents }: ProviderAdjustment): string {
  const what = cents < 0 ? `adds ${dollars(minus(zeroCents, cents))} to` : `takes ${dollars(cents)} from`;
  return `PLB ${code}${reference === '' ? '' : ` (${reference})`} ${what} the payment`;
}

function imbalanceWords({ level, expectedCents, cameCents, offset }: Imbalance): string {
  return `✗ The ${level} does not balance: its adjustments leave ${dollars(expectedCents)}, it says ${dollars(cameCents)} (byte ${offset})`;
}

function transactionLines(transaction: X12Transaction): readonly string[] {
  switch (transaction.kind) {
    case 'claims':
      return [
        `Claims of ${transaction.envelope.senderId}: ${counted(transaction.claims.length, 'claim')}`,
        ...transaction.claims.map(
          (claim) =>
            `  Claim ${claim.submissionKey}: ${dollars(claim.chargeCents)}, ${counted(claim.lines.length, 'line')}, frequency ${claim.frequency}`,
        ),
      ];
    case 'functional-acknowledgement': {
      const { groupControlNumber, code, transactions } = transaction.acknowledgement;
      return [
        `999 for group ${groupControlNumber}: ${fileVerdict(code)}`,
        ...transactions.map((set) => `  Transaction ${set.controlNumber}: ${fileVerdict(set.code)}`),
      ];
    }
    case 'interchange-acknowledgement': {
      const { interchangeControlNumber, code, note } = transaction.acknowledgement;
      return [`TA1 for interchange ${interchangeControlNumber}: ${fileVerdict(code)}${note === '000' ? '' : ` (note ${note})`}`];
    }
    case 'claim-acknowledgements':
      return [
        `277CA: ${counted(transaction.acknowledgements.length, 'answer')} to claims`,
        ...transaction.acknowledgements.map(
          (ack) =>
            `  Claim ${ack.submissionKey}: ${claimVerdict(ack.category)} by the ${ack.by} on ${ack.effectiveOn} (${ack.category}:${ack.status})`,
        ),
      ];
    case 'claim-inquiries':
      return [
        `276: ${counted(transaction.inquiries.length, 'question')} about claims`,
        ...transaction.inquiries.map((inquiry) => `  Claim ${inquiry.submissionKey ?? inquiry.trace}: how does it stand?`),
      ];
    case 'claim-statuses':
      return [
        `277: ${counted(transaction.answers.length, 'answer')} about claims`,
        ...transaction.answers.map((answer) => `  Claim ${answer.submissionKey ?? answer.trace}: ${standing(answer)}`),
      ];
    case 'document-requests':
      return [
        `277: ${counted(transaction.requests.length, 'request')} for documents`,
        ...transaction.requests.map((request) => {
          const codes = request.requested.flatMap((one) => one.codes.map((code) => code.status)).join(', ');
          const due = request.dueOn === null ? '' : `, due on ${request.dueOn}`;
          return `  Claim ${request.submissionKey ?? request.attachmentControlNumber}: ${codes}${due}`;
        }),
      ];
    case 'unknown':
      return [`Transaction set ${transaction.transactionSetId}: not read here, ${counted(transaction.segmentCount, 'segment')}`];
    case 'remittance':
      return [];
    default:
      return assertNever(transaction);
  }
}

/** The status that holds now, with its day. */
function standing(answer: ClaimStatusAnswer): string {
  const last = answer.statuses.at(-1);
  const said = last?.codes.map(({ category, status }) => `${category}:${status}`).join(', ') ?? '';
  return `${said} on ${last?.on ?? ''}`;
}

function fileVerdict(code: string): string {
  const words: Readonly<Record<string, string>> = { A: 'accepted', E: 'accepted with errors', P: 'partly accepted' };
  return Object.hasOwn(words, code) ? (words[code] ?? '') : 'rejected';
}

/** STC01-1 (DOMAIN §2). */
function claimVerdict(category: string): string {
  const words: Readonly<Record<string, string>> = { A0: 'forwarded', A1: 'received', A2: 'accepted', A4: 'not found', A5: 'split' };
  return Object.hasOwn(words, category) ? (words[category] ?? '') : 'rejected';
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
