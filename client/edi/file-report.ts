import type { RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { type Cents, sum } from '../../rules/domain/money.ts';
import type { Envelope, PassedOver, X12Transaction } from '../../rules/domain/x12-file.ts';
import type { RemittanceSummary, X12Event } from '../../rules/x12/events.ts';
import type { X12Fault } from '../../rules/x12/fault.ts';

/** Where a file is at fault, and what should have stood there; never what stood there. */
export interface FaultReport {
  readonly code: string;
  /** Byte offset from the start of the file. */
  readonly offset: number;
  /** From 1 for the first segment of the file. */
  readonly segment: number;
  readonly loop: string | null;
  readonly element: string | null;
  readonly message: string;
}

/** Cents are null where the kind of transaction has no such amount, `balanced` where there is nothing to balance. */
export interface TransactionReport {
  /** ST01, or `TA1`. */
  readonly type: string;
  readonly version: string;
  readonly controlNumber: string;
  readonly interchange: string;
  readonly group: string;
  readonly offset: number;
  /** False when the file ends, or cannot be read, before its SE. */
  readonly isComplete: boolean;
  /** Claims read; of an acknowledgement, the claims it answers. */
  readonly claims: number;
  readonly lines: number;
  readonly chargeCents: number | null;
  readonly paidCents: number | null;
  readonly adjustmentCents: number | null;
  readonly plbCents: number | null;
  /** BPR02 */
  readonly checkCents: number | null;
  readonly balanced: boolean | null;
  /** Where it does not balance, and by how much; the first 100. */
  readonly imbalances: readonly ImbalanceReport[];
  readonly faults: readonly FaultReport[];
}

export interface ImbalanceReport {
  readonly level: 'line' | 'claim' | 'check';
  readonly offset: number;
  readonly expectedCents: number;
  readonly cameCents: number;
}

export interface FileReport {
  readonly bytes: number;
  readonly interchanges: number;
  readonly groups: number;
  readonly transactions: readonly TransactionReport[];
  /** Faults of the envelope, outside of every transaction. */
  readonly faults: readonly FaultReport[];
}

type Open = { -readonly [Field in keyof TransactionReport]: TransactionReport[Field] } & {
  imbalances: ImbalanceReport[];
  faults: FaultReport[];
};

const mostImbalances = 100;

/** Folds what the reader hands on into one report of the file; keeps totals, not claims. */
export class FileReporter {
  readonly #transactions: Open[] = [];
  readonly #faults: FaultReport[] = [];
  #interchanges = 0;
  #groups = 0;
  #open: Open | null = null;

  take(event: X12Event): void {
    switch (event.kind) {
      case 'interchange':
        this.#interchanges += 1;
        return;
      case 'group':
        this.#groups += 1;
        return;
      case 'opened':
        this.#begin(event.transactionSetId, event.envelope, event.offset);
        return;
      case 'remittance-opened':
        this.#amend({ checkCents: event.header.paidCents, chargeCents: 0, paidCents: 0, adjustmentCents: 0, plbCents: 0, balanced: true });
        return;
      case 'remittance-claim':
        this.#takeClaim(event.claim);
        this.#takeImbalances(event.imbalances);
        return;
      case 'remittance-closed':
        this.#close(event.summary, event.faults);
        return;
      case 'transaction':
        this.#takeWhole(event.transaction, event.faults);
        return;
      case 'passed-over':
        this.#count(event.counted);
        this.#open = null;
        return;
      case 'fault':
        this.#takeFault(event.fault);
    }
  }

  report(bytes: number): FileReport {
    return {
      bytes,
      interchanges: this.#interchanges,
      groups: this.#groups,
      transactions: this.#transactions,
      faults: this.#faults,
    };
  }

  #begin(type: string, envelope: Envelope, offset: number): Open {
    const { interchangeControlNumber: interchange, groupControlNumber: group, transactionControlNumber, version } = envelope;
    const open: Open = {
      type,
      version,
      controlNumber: type === 'TA1' ? interchange : transactionControlNumber,
      interchange,
      group,
      offset,
      isComplete: false,
      claims: 0,
      lines: 0,
      chargeCents: null,
      paidCents: null,
      adjustmentCents: null,
      plbCents: null,
      checkCents: null,
      balanced: null,
      imbalances: [],
      faults: [],
    };
    this.#transactions.push(open);
    this.#open = open;
    return open;
  }

  #amend(change: Partial<Open>): void {
    if (this.#open !== null) Object.assign(this.#open, change);
  }

  #takeClaim({ chargeCents, paidCents, adjustments, lines }: RemittanceClaim): void {
    const open = this.#open;
    if (open === null) return;
    open.claims += 1;
    open.lines += lines.length;
    open.chargeCents = (open.chargeCents ?? 0) + chargeCents;
    open.paidCents = (open.paidCents ?? 0) + paidCents;
    open.adjustmentCents = (open.adjustmentCents ?? 0) + total(adjustments) + sum(lines.map((line) => total(line.adjustments)));
  }

  #takeImbalances(imbalances: readonly ImbalanceReport[]): void {
    const open = this.#open;
    if (open === null || imbalances.length === 0) return;
    open.balanced = false;
    open.imbalances.push(...imbalances.slice(0, mostImbalances - open.imbalances.length));
  }

  #close({ providerAdjustments, imbalances }: RemittanceSummary, faults: readonly X12Fault[]): void {
    this.#amend({ isComplete: true, plbCents: total(providerAdjustments) });
    this.#takeImbalances(imbalances);
    this.#open?.faults.push(...faults.map(faultReport));
    this.#open = null;
  }

  #takeWhole(transaction: X12Transaction, faults: readonly X12Fault[]): void {
    if (transaction.kind === 'interchange-acknowledgement') this.#begin('TA1', transaction.envelope, transaction.place.offset);
    this.#amend({ isComplete: true, ...contentOf(transaction) });
    if (transaction.kind === 'claims') this.#takeImbalances(transaction.claims.flatMap(imbalanceOf));
    this.#open?.faults.push(...faults.map(faultReport));
    this.#open = null;
  }

  #takeFault(fault: X12Fault): void {
    (this.#open?.faults ?? this.#faults).push(faultReport(fault));
    // Until its end was counted, what is at fault cannot be said to balance.
    if (this.#open !== null && this.#open.balanced !== null) this.#open.balanced = false;
  }

  /** What was not read is counted all the same: its totals are added to those of the claims before the fault. */
  #count(counted: PassedOver): void {
    const open = this.#open;
    if (open === null) return;
    open.isComplete = true;
    open.claims += counted.claims;
    open.lines += counted.lines;
    if (open.type === '837') {
      open.chargeCents = (open.chargeCents ?? 0) + counted.chargeCents;
      open.balanced = counted.chargeCents === counted.lineChargeCents;
    }
    if (open.type !== '835') return;
    open.chargeCents = (open.chargeCents ?? 0) + counted.chargeCents;
    open.paidCents = (open.paidCents ?? 0) + counted.paidCents;
    open.adjustmentCents = (open.adjustmentCents ?? 0) + counted.adjustmentCents;
    open.plbCents = (open.plbCents ?? 0) + counted.plbCents;
    open.checkCents ??= counted.checkCents;
    const isPaidAsAdjusted = open.chargeCents - open.adjustmentCents === open.paidCents;
    open.balanced = open.imbalances.length === 0 && isPaidAsAdjusted && open.paidCents - open.plbCents === open.checkCents;
  }
}

function contentOf(transaction: X12Transaction): Partial<Open> {
  switch (transaction.kind) {
    case 'claims': {
      const { claims } = transaction;
      const lines = claims.reduce((count, claim) => count + claim.lines.length, 0);
      return { claims: claims.length, lines, chargeCents: sum(claims.map((claim) => claim.chargeCents)), balanced: true };
    }
    case 'claim-acknowledgements':
      return { claims: new Set(transaction.acknowledgements.map(({ submissionKey }) => submissionKey)).size };
    case 'unknown':
      return countedOf(transaction.transactionSetId, transaction.counted);
    default:
      return {};
  }
}

/** A kind that is not read here, such as a dental claim. */
function countedOf(type: string, { claims, lines, chargeCents, lineChargeCents }: PassedOver): Partial<Open> {
  return type === '837' ? { claims, lines, chargeCents, balanced: chargeCents === lineChargeCents } : { claims, lines };
}

/** CLM02 is the sum of the charges of its lines (X222 and X223, loop 2300). */
function imbalanceOf({ chargeCents, lines, place }: SubmittedClaim): readonly ImbalanceReport[] {
  const expectedCents = sum(lines.map((line) => line.chargeCents));
  return expectedCents === chargeCents ? [] : [{ level: 'claim', offset: place.offset, expectedCents, cameCents: chargeCents }];
}

function faultReport({ code, offset, segmentNumber: segment, loop, element, message }: X12Fault): FaultReport {
  return { code, offset, segment, loop, element, message };
}

function total(amounts: readonly { readonly cents: Cents }[]): Cents {
  return sum(amounts.map((amount) => amount.cents));
}
