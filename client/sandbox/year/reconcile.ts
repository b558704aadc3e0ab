/**
 * The books of a played year against what the files say, read again from their bytes: claims out and answers in, every cent, every owner, every
 * deadline. It names accounts of invented people by number.
 */
import { isDeepStrictEqual } from 'node:util';
import type { Database } from '../../../prisma/client.ts';
import {
  type AccountPage,
  type AnsweredClaim,
  readAnsweredClaims,
  type Leftovers,
  type PayerPage,
  readAccountPages,
  readLeftovers,
  readPayerPages,
  readSilentDeadlines,
} from '../../../prisma/reads/books.ts';
import { examine } from '../../../prisma/reads/doctor.ts';
import { rebuildAccount } from '../../../prisma/reads/rebuild.ts';
import { addDays, type CivilDate } from '../../../rules/domain/civil-date.ts';
import { cents, type Cents, dollars, sum } from '../../../rules/domain/money.ts';
import { type Check, check } from './check.ts';
import { type PlayedYear } from './play.ts';
import { vendorChecks, type VendorsTruth } from './reconcile-vendors.ts';
import { type Said, whatFilesSay } from './said.ts';

export interface PayerLine {
  readonly payerId: string;
  readonly sent: number;
  readonly rejected: number;
  readonly adjudicated: number;
  /** Never answered, and nobody waits any longer: it was written off, moved on or sent again. */
  readonly givenUp: number;
  /** No answer yet, by who acts next. */
  readonly waiting: Readonly<Record<string, number>>;
  readonly paidCents: Cents;
  readonly heldCents: Cents;
  readonly unmatchedCents: Cents;
}

export interface AccountEnd {
  readonly phase: string;
  readonly owner: string;
  readonly balanceCents: Cents;
  readonly byKind: AccountPage['byKind'];
}

export interface Reconciliation {
  readonly holds: boolean;
  readonly checks: readonly Check[];
  readonly payers: readonly PayerLine[];
  readonly money: Readonly<Record<MoneyKind, Cents>>;
  readonly ends: Readonly<Record<string, number>>;
  readonly leftovers: Leftovers;
  readonly fingerprint: string;
  readonly accounts: Readonly<Record<string, AccountEnd>>;
}

/** What payers and vendors themselves hold true of what they have told us so far. */
export interface OutsideTruth extends VendorsTruth {
  readonly claims: readonly {
    readonly payerId: string;
    readonly submissionKey: string;
    readonly answers: readonly { readonly paidCents: Cents }[];
  }[];
}

type MoneyKind = 'charged' | 'paidByPayers' | 'adjusted' | 'paidByPatients' | 'writtenOff' | 'refunded' | 'open';

export async function reconcile(prisma: Database, played: PlayedYear, truth: OutsideTruth): Promise<Reconciliation> {
  const said = whatFilesSay(played);
  const pages = await readAccountPages(prisma);
  const payers = await readPayerPages(prisma);
  const leftovers = await readLeftovers(prisma);
  const lines = payers.map((payer) => payerLine(payer, pages));
  const checks = [
    ...claimChecks(said, payers, lines),
    ...moneyChecks(said, payers, pages),
    truthCheck(truth, await readAnsweredClaims(prisma)),
    ...(await vendorChecks(prisma, truth)),
    await ownerCheck(prisma, pages),
    await deadlineCheck(prisma, addDays(played.endsOn, -1)),
    await foldCheck(prisma, pages),
    check('no file of ours or theirs was refused', leftovers.refusedFiles, `${played.received.length} files came`),
  ];
  return {
    holds: checks.every(({ holds }) => holds),
    checks,
    payers: lines,
    money: moneyOf(pages),
    ends: counted(pages.map(({ phase }) => phase)),
    leftovers,
    fingerprint: played.fingerprint,
    accounts: Object.fromEntries(pages.map((page) => [page.accountNumber, endOf(page)])),
  };
}

/** What neither faults nor another stage must change: where each account stands and what is on it. */
export function sameEnds(calm: Reconciliation, broken: Reconciliation, name: string): Check {
  const numbers = [...new Set([...Object.keys(calm.accounts), ...Object.keys(broken.accounts)])].sort();
  const against = numbers.flatMap((number) => {
    const [one, other] = [calm.accounts[number], broken.accounts[number]];
    return isDeepStrictEqual(one, other) ? [] : [`${number}: ${endText(one)} in the first year, ${endText(other)} in this one`];
  });
  return check(name, against, `${numbers.length} accounts`);
}

function endText(end: AccountEnd | undefined): string {
  return end === undefined ? 'unknown' : `${end.phase}, ${money(end.balanceCents)} with ${end.owner}`;
}

/** Which queue comes first among tasks of one day is a matter of the order in which things came, so a queue is one owner. */
function endOf({ phase, owner, balanceCents, byKind }: AccountPage): AccountEnd {
  return { phase, owner: owner.kind === 'queue' ? 'queue' : `${owner.kind} ${owner.name}`.trim(), balanceCents, byKind };
}

function counted(words: readonly string[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const word of words.toSorted()) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

function payerLine({ payerId, submissions, posted, held, unmatched }: PayerPage, pages: readonly AccountPage[]): PayerLine {
  const all = pages.flatMap((page) =>
    page.account.claims
      .filter((claim) => claim.payerId === payerId)
      .flatMap((claim) => claim.submissions.map((submission) => ({ page, claim, submission }))),
  );
  const states = all.map(({ page, claim, submission }) => {
    if (claim.remittances.some((r) => r.submissionKey === submission.key)) return 'adjudicated';
    if (submission.status === 'rejected') return 'rejected';
    if (page.terminal || claim.submissions.at(-1) !== submission || page.account.patient.status !== 'notDue') return 'givenUp';
    return `waiting ${page.owner.kind}`;
  });
  const counts = counted(states);
  const waiting = Object.entries(counts).filter(([state]) => state.startsWith('waiting '));
  return {
    payerId,
    sent: submissions,
    rejected: counts.rejected ?? 0,
    adjudicated: counts.adjudicated ?? 0,
    givenUp: counts.givenUp ?? 0,
    waiting: Object.fromEntries(waiting.map(([state, count]) => [state.slice('waiting '.length), count])),
    paidCents: posted.cents,
    heldCents: held.cents,
    unmatchedCents: unmatched.cents,
  };
}

function claimChecks(said: Said, payers: readonly PayerPage[], lines: readonly PayerLine[]): readonly Check[] {
  const payerIds = [...new Set([...said.byPayer.keys(), ...payers.map(({ payerId }) => payerId)])].sort();
  const out = payerIds.flatMap((payerId) => {
    const files = said.byPayer.get(payerId)?.claims ?? 0;
    const known = payers.find((p) => p.payerId === payerId)?.submissions ?? 0;
    return files === known ? [] : [`${payerId}: ${files} claims left in files, ${known} are recorded`];
  });
  const answered = lines.flatMap(({ payerId, sent, rejected, adjudicated, givenUp, waiting }) => {
    const accounted = rejected + adjudicated + givenUp + Object.values(waiting).reduce((total, n) => total + n, 0);
    return accounted === sent ? [] : [`${payerId}: ${sent} sent, ${accounted} accounted for`];
  });
  const back = payerIds.flatMap((payerId) => {
    const files = said.byPayer.get(payerId)?.answers ?? 0;
    const page = payers.find((p) => p.payerId === payerId);
    const known = (page?.posted.count ?? 0) + (page?.held.count ?? 0) + (page?.unmatched.count ?? 0);
    return files === known ? [] : [`${payerId}: ${files} answers in remittances, ${known} are recorded`];
  });
  const total = (of: (line: PayerLine) => number): number => lines.reduce((all, line) => all + of(line), 0);
  return [
    check('every claim that left is recorded', out, `${total((l) => l.sent)} claims`),
    check(
      'every claim is answered, given up, or somebody waits for it',
      answered,
      `${total((l) => l.adjudicated)} adjudicated, ${total((l) => l.rejected)} rejected`,
    ),
    check('every answer is recorded, none twice', back, `${payers.reduce((all, p) => all + p.posted.count, 0)} posted`),
  ];
}

function moneyChecks(said: Said, payers: readonly PayerPage[], pages: readonly AccountPage[]): readonly Check[] {
  const charges = pages.flatMap(({ accountNumber, byKind }) => {
    const charged = said.chargeCents.get(accountNumber);
    return charged === byKind.charge ? [] : [`${accountNumber}: the claim says ${money(charged)}, the ledger ${money(byKind.charge)}`];
  });
  const missing = [...said.chargeCents.keys()].filter((number) => !pages.some((page) => page.accountNumber === number));
  const patients = new Map<string, number>();
  for (const payment of said.patientPayments.values()) patients.set(payment.account, (patients.get(payment.account) ?? 0) + payment.cents);
  const paid = pages.flatMap(({ accountNumber, byKind }) => {
    const files = patients.get(accountNumber) ?? 0;
    return files === -(byKind.patientPayment ?? 0)
      ? []
      : [`${accountNumber}: files say ${money(files)}, the ledger ${money(byKind.patientPayment)}`];
  });
  const remitted = payers.flatMap(({ payerId, posted, held, unmatched, ledgerCents, providerAdjustmentCents }) => {
    const files = said.byPayer.get(payerId);
    const known = sum([posted.cents, held.cents, unmatched.cents]);
    return [
      ...(known === (files?.paidCents ?? 0) ? [] : [`${payerId}: files pay ${money(files?.paidCents)}, ${money(known)} is recorded`]),
      ...(posted.cents === ledgerCents ? [] : [`${payerId}: ${money(posted.cents)} was posted, the ledger says ${money(ledgerCents)}`]),
      ...(providerAdjustmentCents === (files?.providerAdjustmentCents ?? 0) || held.count > 0
        ? []
        : [
            `${payerId}: files adjust ${money(files?.providerAdjustmentCents)} with the provider, ${money(providerAdjustmentCents)} is recorded`,
          ]),
    ];
  });
  const unexplained = pages.flatMap(({ accountNumber, balanceCents, byKind }) => {
    const left = sum(Object.values(byKind));
    return left === balanceCents ? [] : [`${accountNumber}: lines leave ${money(left)}, the account says ${money(balanceCents)}`];
  });
  return [
    check(
      'every charge is on its account',
      [...charges, ...missing.map((number) => `${number}: there is no such account`)],
      `${pages.length} accounts`,
    ),
    check(
      'every cent of the payers is posted, held or waits for its account',
      remitted,
      money(sum(payers.map(({ posted }) => posted.cents))),
    ),
    check('every cent of the patients is posted once', paid, `${said.patientPayments.size} payments`),
    check('charge = paid + adjusted + written off + open, for each account', unexplained, money(sum(pages.map((p) => p.balanceCents)))),
  ];
}

/** Payer by payer and key by key: as many answers as the payer gave, and the same money, take-backs included. */
function truthCheck({ claims }: OutsideTruth, known: readonly AnsweredClaim[]): Check {
  const given = new Map<string, { count: number; paidCents: number }>();
  for (const { payerId, submissionKey, answers } of claims) {
    const key = `${payerId} ${submissionKey}`;
    const before = given.get(key) ?? { count: 0, paidCents: 0 };
    given.set(key, { count: before.count + answers.length, paidCents: before.paidCents + sum(answers.map((a) => a.paidCents)) });
  }
  const here = new Map(known.map((k) => [`${k.payerId} ${k.submissionKey}`, k]));
  const against = [...new Set([...given.keys(), ...here.keys()])].sort().flatMap((key) => {
    const [gave, got] = [given.get(key) ?? { count: 0, paidCents: 0 }, here.get(key) ?? { count: 0, paidCents: 0 }];
    if (gave.count === got.count && gave.paidCents === got.paidCents) return [];
    return [
      `${key}: the payer gave ${gave.count} answers over ${money(gave.paidCents)}, ${got.count} over ${money(got.paidCents)} are recorded`,
    ];
  });
  return check('the payers hold the same true', against, `${given.size} claims`);
}

function money(amount: number | undefined): string {
  return amount === undefined ? 'nothing' : dollars(cents(amount));
}

function moneyOf(pages: readonly AccountPage[]): Reconciliation['money'] {
  const of = (kind: keyof AccountPage['byKind'], sign: 1 | -1): Cents =>
    cents(sign * sum(pages.map(({ byKind }) => byKind[kind] ?? cents(0))));
  return {
    charged: of('charge', 1),
    paidByPayers: of('payerPayment', -1),
    adjusted: of('contractual', -1),
    paidByPatients: of('patientPayment', -1),
    writtenOff: of('writeOff', -1),
    refunded: of('refund', 1),
    open: sum(pages.map(({ balanceCents }) => balanceCents)),
  };
}

async function ownerCheck(prisma: Database, pages: readonly AccountPage[]): Promise<Check> {
  const numbers = new Map(pages.map(({ id, accountNumber }) => [id, accountNumber]));
  const found = Object.entries<readonly string[]>({ ...(await examine(prisma)) }).filter(([, ids]) => ids.length > 0);
  const against = found.map(([what, ids]) => `${what}: ${ids.map((id) => numbers.get(id) ?? id).join(', ')}`);
  return check('nobody is without an owner, and nothing lies half done', against, 'as the doctor sees it');
}

/** What was due on the last day that was played is acted on the day after. */
async function deadlineCheck(prisma: Database, lastDay: CivilDate): Promise<Check> {
  return check('no deadline passed silently', await readSilentDeadlines(prisma, lastDay), 'each has a task or a decision');
}

async function foldCheck(prisma: Database, pages: readonly AccountPage[]): Promise<Check> {
  const wrong: string[] = [];
  for (const { id, accountNumber } of pages) {
    const rebuilt = await rebuildAccount(prisma, id);
    if (rebuilt === null || !isDeepStrictEqual(rebuilt.stored, JSON.parse(JSON.stringify(rebuilt.folded)))) wrong.push(accountNumber);
  }
  return check('every account is the fold of its events', wrong, `${pages.length} accounts`);
}
