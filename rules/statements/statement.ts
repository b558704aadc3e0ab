import { addDays, type CivilDate, daysBetween } from '../domain/civil-date.ts';
import { DomainError, invariant } from '../domain/failures.ts';
import type { LedgerKind, LedgerLine } from '../domain/ledger.ts';
import { type Cents, cents, sum } from '../domain/money.ts';

/** One service as it was billed. */
export interface BilledService {
  readonly servicedOn: CivilDate;
  readonly procedureCode: string | null;
  readonly revenueCode: string | null;
  readonly description: string | null;
  readonly units: number;
  readonly chargeCents: Cents;
}

/** One account that is due in this statement. */
export interface DueAccount {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly patientName: string;
  readonly servicedFrom: CivilDate;
  readonly servicedThrough: CivilDate;
  readonly isSelfPay: boolean;
  readonly services: readonly BilledService[];
  readonly lines: readonly LedgerLine[];
  /** Days of the statements that went before. */
  readonly statements: readonly CivilDate[];
}

/** What moved the amount, in the order in which a person reads it. */
export const stepKinds = [
  'charges',
  'insurancePaid',
  'insuranceDiscount',
  'writtenOff',
  'forgiven',
  'withInsurance',
  'youPaid',
  'refunded',
] as const;
export type StepKind = (typeof stepKinds)[number];

/** A transfer moves an amount from insurance to the patient and is no step of its own. */
const stepOf = {
  charge: 'charges',
  payerPayment: 'insurancePaid',
  recoupment: 'insurancePaid',
  contractual: 'insuranceDiscount',
  writeOff: 'writtenOff',
  assistance: 'forgiven',
  patientPayment: 'youPaid',
  refund: 'refunded',
  // Given to the state in the person’s name.
  escheat: 'refunded',
  transfer: null,
} as const satisfies Readonly<Record<LedgerKind, StepKind | null>>;

export interface StatedAccount {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly patientName: string;
  readonly servicedFrom: CivilDate;
  readonly servicedThrough: CivilDate;
  readonly isSelfPay: boolean;
  readonly services: readonly BilledService[];
  /** Charges of the ledger beyond those of the services, so that what is itemised sums to what was charged. */
  readonly otherChargesCents: Cents;
  /** Those that are not zero; their sum is `dueCents`. */
  readonly steps: readonly { readonly kind: StepKind; readonly cents: Cents }[];
  /** Payments of the patient since the last statement of the account. */
  readonly paidSince: readonly { readonly on: string; readonly cents: Cents }[];
  readonly dueCents: Cents;
  /** 1 for the first statement of this account. */
  readonly statementNumber: number;
  /** Of the first statement; null before it. */
  readonly firstStatementOn: CivilDate | null;
}

/** 1 first, 2 reminder, 3 and later past due: the oldest account decides. */
export type Tone = 'first' | 'reminder' | 'pastDue';

export interface Statement {
  readonly on: CivilDate;
  readonly payByOn: CivilDate;
  readonly tone: Tone;
  readonly accounts: readonly StatedAccount[];
  readonly dueCents: Cents;
  /** Days since the first statement of the oldest account; null when all are new. */
  readonly openDays: number | null;
}

export interface StatementQuestion {
  readonly on: CivilDate;
  readonly payWithinDays: number;
  readonly accounts: readonly DueAccount[];
}

/**
 * What one guarantor is told on that day, over all their accounts that are due. An account of which the patient owes nothing has no place in it.
 * @throws DomainError `statement.nothing-due` when none is left; `statement.does-not-balance` naming the account's number
 */
export function stateAccounts({ on, payWithinDays, accounts }: StatementQuestion): Statement {
  const owed = accounts.map(stateAccount).filter(({ dueCents }) => dueCents > 0);
  if (owed.length === 0) throw new DomainError('statement.nothing-due', 'the patient owes nothing on any of the accounts');
  const ordered = owed.toSorted((a, b) => compare(a.servicedFrom, b.servicedFrom) || compare(a.accountNumber, b.accountNumber));
  const most = Math.max(...ordered.map(({ statementNumber }) => statementNumber));
  const firsts = ordered.flatMap(({ firstStatementOn }) => firstStatementOn ?? []).toSorted();
  const [oldest] = firsts;
  return {
    on,
    payByOn: addDays(on, payWithinDays),
    tone: most === 1 ? 'first' : most === 2 ? 'reminder' : 'pastDue',
    accounts: ordered,
    dueCents: sum(ordered.map(({ dueCents }) => dueCents)),
    openDays: oldest === undefined ? null : daysBetween(oldest, on),
  };
}

function stateAccount(account: DueAccount): StatedAccount {
  const { lines, services, statements, ...about } = account;
  const last = statements.at(-1) ?? null;
  const steps = stepsOf(lines);
  const dueCents = sum(lines.flatMap((line) => (line.bucket === 'patient' ? [cents(line.cents)] : [])));
  if (sum(steps.map((step) => step.cents)) !== dueCents)
    throw new DomainError(
      'statement.does-not-balance',
      `account ${account.accountNumber}: what moved the amount does not sum to what is owed`,
    );
  const charged = steps.find(({ kind }) => kind === 'charges')?.cents ?? cents(0);
  return {
    accountId: about.accountId,
    accountNumber: about.accountNumber,
    patientName: about.patientName,
    servicedFrom: about.servicedFrom,
    servicedThrough: about.servicedThrough,
    isSelfPay: about.isSelfPay,
    services,
    otherChargesCents: cents(charged - sum(services.map(({ chargeCents }) => chargeCents))),
    steps,
    paidSince: lines.flatMap((line) =>
      line.kind === 'patientPayment' && (last === null || line.on >= last) ? [{ on: line.on, cents: cents(-line.cents) }] : [],
    ),
    dueCents,
    statementNumber: statements.length + 1,
    firstStatementOn: statements[0] ?? null,
  };
}

function stepsOf(lines: readonly LedgerLine[]): StatedAccount['steps'] {
  const totals = new Map<StepKind, number>();
  let transferred = 0;
  let elsewhere = 0;
  for (const line of lines) {
    const kind = stepOf[line.kind];
    if (line.bucket !== 'patient') elsewhere += line.cents;
    if (kind === null) transferred += line.cents;
    else totals.set(kind, (totals.get(kind) ?? 0) + line.cents);
  }
  invariant(transferred === 0, 'what is moved between buckets leaves one as it enters another');
  totals.set('withInsurance', -elsewhere);
  return stepKinds.flatMap((kind) => {
    const amount = totals.get(kind) ?? 0;
    return amount === 0 ? [] : [{ kind, cents: cents(amount) }];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
