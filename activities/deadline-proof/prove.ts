import { civilDateAt, type Instant, instant, instantAt } from '../../rules/domain/civil-date.ts';
import { workHour } from '../../rules/lifecycle/dates.ts';
import { type Compared, compareWindow, countAccount, type ProofClock } from '../../rules/lifecycle/proof.ts';
import { statementText } from '../../rules/lifecycle/proof-statement.ts';
import { inTransaction } from '../../prisma/client.ts';
import { readAgenda, readFolds } from '../../prisma/reads/agenda.ts';
import {
  countFindings,
  readFindingKinds,
  readFindings,
  readLastProof,
  readRestored,
  readStatementOf,
} from '../../prisma/reads/deadline-proofs.ts';
import { readZone } from '../../prisma/reads/shown.ts';
import { appendStatement, beginProof, endProof, leapControlNumbers, type ProofEnd } from '../../prisma/writes/deadline-proof.ts';
import type { ProofDependencies } from '../dependencies.ts';
import type { ProofActivities, ProofResult } from '../index.ts';
import { type Examined, type Examiner, examine } from './examine.ts';

type ProofInput = Parameters<ProofActivities['proveDeadlines']>[0];

export interface ProofOptions extends ProofDependencies {
  /** Told with every window; throws where the proof shall stop. */
  readonly beat: (accounts: number) => void;
}

/** Accounts of one window: what stands in memory, and what one statement reads. */
const windowSize = 5_000;
/** Projections that one proof folds again: a small hospital's all, a million within three weeks of hourly proofs. */
const foldsPerProof = 2_000;
const foldsAtOnce = 250;
/** Each asks a workflow and takes one connection. */
const examinedAtOnce = 5;
const mostShown = 100;

/** Compares, folds, heals, and states. What was healed by an attempt that died is in the statement all the same. */
export async function prove(options: ProofOptions, input: ProofInput): Promise<ProofResult> {
  const { prisma } = options;
  const { proofId, by, isDryRun } = input;
  const startedAt = rightNow();
  const goesOnAfter = (await readLastProof(prisma))?.foldedUpTo ?? null;
  if (!isDryRun) await beginProof(prisma, { id: proofId, by, at: startedAt });
  const compared: Compared = { accounts: 0, open: 0, armed: 0, earliestMs: null };
  const seen: Seen = { listed: new Map(), found: 0 };
  // Once for all accounts.
  let leapt: Promise<void> | null = null;
  const beforeResume = (): Promise<void> => (leapt ??= leapControlNumbers(prisma));
  const examiner: Examiner = { ...options, proofId: isDryRun ? null : proofId, beforeResume };
  const look: Look = async (accountIds, isCounted) => {
    for (const account of await examineAll(examiner, accountIds, options.beat)) {
      if (isCounted && account.waits !== null) countAccount(compared, account.waits, account.isArmed);
      if (isDryRun) remember(seen, account);
    }
  };
  const folded = await foldSome(options, goesOnAfter, look);
  await compareAll(options, compared, look);
  const sum = { ...compared, ...folded };
  if (isDryRun) return dryResult(input, sum, seen);
  const statement = await close(options, input, { ...sum, startedAt });
  const { accounts, open, armed, earliestMs } = compared;
  const counts = await countFindings(prisma, proofId);
  const earliestAt = earliestMs === null ? null : new Date(earliestMs).toISOString();
  const findings = await readFindings(prisma, proofId, mostShown);
  return { proofId, accounts, open, armed, unarmed: open - armed, earliestAt, folded: folded.folded, ...counts, findings, statement };
}

/** What a dry run found: an account may be looked at twice. */
interface Seen {
  readonly listed: Map<string, Examined>;
  found: number;
}

/** More than this are counted, not listed. */
const mostRemembered = 10_000;

function remember(seen: Seen, account: Examined): void {
  if (account.findings.length === 0 || seen.listed.has(account.accountId)) return;
  seen.found += account.findings.length;
  if (seen.listed.size < mostRemembered) seen.listed.set(account.accountId, account);
}

type Look = (accountIds: readonly string[], isCounted: boolean) => Promise<void>;

/** Windows of ids touch each other, so that a workflow without an account falls into one; the next is read while one is compared. */
async function compareAll({ prisma, timers, beat }: ProofOptions, sum: Compared, look: Look): Promise<void> {
  const clock = proofClock(await readZone(prisma));
  let after: string | null = null;
  let coming = readAgenda(prisma, { after, limit: windowSize });
  for (let isLast = false; !isLast; ) {
    const rows = await coming;
    isLast = rows.length < windowSize;
    const upTo: string | null = isLast ? null : (rows.at(-1)?.accountId ?? null);
    if (!isLast) coming = readAgenda(prisma, { after: upTo, limit: windowSize });
    // Who waits for it comes later; until then its failure is nobody's.
    coming.catch(() => undefined);
    const suspects = compareWindow(rows, await timers.armed(after, upTo), { clock, sum });
    beat(sum.accounts);
    await look(suspects, true);
    after = upTo;
  }
}

/** Goes on where the last proof stopped, and begins again at the end. */
async function foldSome(
  { prisma, beat }: ProofOptions,
  goesOnAfter: string | null,
  look: Look,
): Promise<{ readonly folded: number; readonly foldedUpTo: string | null }> {
  let after = goesOnAfter;
  for (let folded = 0; ; ) {
    const { accountIds, differing } = await readFolds(prisma, { after, limit: foldsAtOnce });
    folded += accountIds.length;
    await look(differing, false);
    beat(folded);
    if (accountIds.length < foldsAtOnce) return { folded, foldedUpTo: null };
    after = accountIds.at(-1) ?? null;
    if (folded >= foldsPerProof) return { folded, foldedUpTo: after };
  }
}

async function examineAll(examiner: Examiner, accountIds: readonly string[], beat: ProofOptions['beat']): Promise<readonly Examined[]> {
  const examined: Examined[] = [];
  for (let at = 0; at < accountIds.length; at += examinedAtOnce) {
    const some = accountIds.slice(at, at + examinedAtOnce);
    examined.push(...(await Promise.all(some.map((accountId) => examine(examiner, accountId)))));
    beat(at);
  }
  return examined;
}

type Ended = Omit<ProofEnd, 'finishedAt' | 'statement'> & { readonly startedAt: Instant };

/** One statement every day, and one more for a proof that found something. @returns the number of the one that speaks of this proof */
function close({ prisma, signer }: ProofOptions, { proofId, by }: ProofInput, { startedAt, ...end }: Ended): Promise<number> {
  return inTransaction(prisma, async (tx) => {
    const zone = await readZone(tx);
    const finishedAt = rightNow();
    const on = civilDateAt(finishedAt, zone);
    const kinds = await readFindingKinds(tx, proofId);
    const restored = await readRestored(tx, proofId);
    const earliestAt = end.earliestMs === null ? null : instant(new Date(end.earliestMs).toISOString());
    const facts = { proofId, by, on, zone, startedAt, finishedAt, ...end, earliestAt, kinds, restored };
    const standing = kinds.length === 0 ? await readStatementOf(tx, on) : null;
    const text = (number: number): string => statementText({ number, ...facts });
    const statement = standing ?? (await appendStatement(tx, { proofId, on, text }, signer));
    await endProof(tx, proofId, { ...end, finishedAt, statement });
    return statement;
  });
}

function dryResult({ proofId }: ProofInput, sum: Compared & { readonly folded: number }, { listed, found }: Seen): ProofResult {
  const { accounts, open, armed, earliestMs, folded } = sum;
  const all = [...listed.values()].flatMap(({ accountId, findings }) => findings.map((finding) => ({ accountId, ...finding })));
  const counts = { accounts, open, armed, unarmed: open - armed, folded, found, healed: 0 };
  const earliestAt = earliestMs === null ? null : new Date(earliestMs).toISOString();
  return { proofId, ...counts, earliestAt, findings: all.slice(0, mostShown), statement: null };
}

/** Days are few: each is worked out once. */
function proofClock(zone: string): ProofClock {
  const known = new Map<string, number>();
  const workMs: ProofClock['workMs'] = (on) => {
    const ms = known.get(on) ?? Date.parse(instantAt(on, workHour, zone));
    known.set(on, ms);
    return ms;
  };
  return { nowMs: Date.now(), workMs };
}

function rightNow(): Instant {
  return instant(new Date().toISOString());
}
