import { setTimeout as sleep } from 'node:timers/promises';
import { type Instant, instant } from '../../rules/domain/civil-date.ts';
import { type Finding, rightColumns, type Standing, storedFindings, workflowFindings } from '../../rules/lifecycle/proof-findings.ts';
import { inTransaction, type PrismaClient, type Transaction } from '../../prisma/client.ts';
import { lockAccount } from '../../prisma/reads/account-turn.ts';
import { readExamined, readWaitingForms } from '../../prisma/reads/agenda.ts';
import { readClockShifts } from '../../prisma/reads/shown.ts';
import { noteFindings, noteHealed, rebuildAgenda } from '../../prisma/writes/deadline-proof.ts';
import type { Timers } from '../dependencies.ts';

export interface Examiner {
  readonly prisma: PrismaClient;
  readonly timers: Timers;
  /** Null for a dry run: it changes nothing. */
  readonly proofId: string | null;
  /** Called before an account goes on from an older database. */
  readonly beforeResume: () => Promise<void>;
}

export interface Examined {
  readonly accountId: string;
  readonly findings: readonly (Finding & { readonly healed: boolean })[];
  /** How many of its deadlines are open, by its events, and when it wakes next; null when it is closed or unknown. */
  readonly waits: { readonly open: number; readonly nextActionAtMs: number | null } | null;
  /** Its deadlines have an armed timer now. */
  readonly isArmed: boolean;
}

interface Seen {
  readonly findings: readonly Finding[];
  /** Some of them stand in the database itself, and the rebuild mends them. */
  readonly isRebuilt: boolean;
  readonly waits: Examined['waits'];
}

/** Kinds that are the workflow's: it is told to look again. */
const toldKinds: ReadonlySet<string> = new Set(['notRunning', 'late', 'overdue', 'databaseBehind']);
/** Where one of these stands, nobody knows that the account will wake in time. */
const unarmedKinds: ReadonlySet<string> = new Set([...toldKinds, 'silent', 'eventsMissing']);
const patienceMs = 10_000;

/**
 * Looks at one account closely: the workflow is asked first, so that a database which knows less than it is really behind. What is found is
 * noted before it is healed; a workflow that was told to look counts as healed when it agrees.
 */
export async function examine(examiner: Examiner, accountId: string): Promise<Examined> {
  const { prisma, proofId } = examiner;
  const standing = await standingOf(examiner, accountId);
  const { findings, isRebuilt, waits } = await inTransaction(prisma, (tx) => lookAt(tx, { accountId, standing, proofId }));
  const told = findings.filter(({ kind }) => toldKinds.has(kind));
  if (proofId !== null && told.some(({ kind }) => kind === 'databaseBehind')) await examiner.beforeResume();
  const obeys = told.length > 0 && proofId !== null && (await tell(examiner, accountId, standing));
  const isHealed = ({ kind }: Finding): boolean =>
    toldKinds.has(kind) ? obeys : isRebuilt && (kind === 'rowChanged' || kind === 'projectionChanged' || kind === 'accountChanged');
  const judged = findings.map((finding) => ({ ...finding, healed: isHealed(finding) }));
  if (proofId !== null)
    await noteHealed(
      prisma,
      proofId,
      accountId,
      judged.filter(({ healed }) => healed).map(({ kind }) => kind),
    );
  return { accountId, findings: judged, waits, isArmed: judged.every(({ kind, healed }) => healed || !unarmedKinds.has(kind)) };
}

const tries = 3;
const pauseMs = 200;

/** A workflow that ends, starts or hears of a turn while it is asked is asked again. */
async function standingOf({ prisma, timers }: Examiner, accountId: string): Promise<Standing> {
  for (let attempt = 1; ; attempt += 1) {
    const standing = await timers.standing(accountId);
    const row = await prisma.account.findUnique({ where: { id: accountId }, select: { seq: true, terminal: true } });
    const isBehind = standing.kind === 'running' && row !== null && standing.seq < row.seq;
    const isMissing = standing.kind === 'ended' && row !== null && row.seq > 0 && !row.terminal;
    if (!isBehind && !isMissing) return standing;
    if (attempt === tries) return standing.kind === 'running' ? { ...standing, isStuck: true } : standing;
    await sleep(pauseMs);
  }
}

interface Looking {
  readonly accountId: string;
  readonly standing: Standing;
  readonly proofId: string | null;
}

async function lookAt(tx: Transaction, { accountId, standing, proofId }: Looking): Promise<Seen> {
  await lockAccount(tx, accountId);
  const account = await readExamined(tx, accountId);
  if (account === null) return unknownAccount(tx, { accountId, standing, proofId });
  const stored = storedFindings(account);
  const isLost = stored.some(({ kind }) => kind === 'eventsMissing');
  const { folded, seq, turnedAt, rows } = account;
  const right = turnedAt === null || isLost ? account : rightColumns(folded, turnedAt);
  const needed = { seq, terminal: right.terminal, nextActionAt: right.nextActionAt };
  const findings = [...stored, ...workflowFindings(needed, standing, rightNow())];
  const isRebuilt = proofId !== null && stored.length > 0 && !isLost && turnedAt !== null;
  if (proofId !== null && findings.length > 0) await noteFindings(tx, proofId, { accountId, findings });
  if (isRebuilt) await rebuildAgenda(tx, folded, { seq, turnedAt, rows });
  const open = folded.deadlines.filter(({ status }) => status === 'open').length;
  const nextActionAtMs = right.nextActionAt === null ? null : Date.parse(right.nextActionAt);
  return { findings, isRebuilt, waits: right.terminal ? null : { open, nextActionAtMs } };
}

async function unknownAccount(tx: Transaction, { accountId, standing, proofId }: Looking): Promise<Seen> {
  const detail = 'its workflow runs, the database does not know it: an older one was restored; take its files in again';
  const findings: readonly Finding[] = standing.kind === 'ended' ? [] : [{ kind: 'unknownAccount', detail }];
  if (proofId !== null && findings.length > 0) await noteFindings(tx, proofId, { accountId, findings });
  return { findings, isRebuilt: false, waits: null };
}

/** @returns true when the account agrees soon after. */
async function tell({ prisma, timers }: Examiner, accountId: string, standing: Standing): Promise<boolean> {
  const known = standing.kind === 'running' ? standing : standing.kind === 'ended' ? standing.last : null;
  const clockShiftMs = known?.clockShiftMs ?? (await readClockShifts(prisma, [accountId])).get(accountId) ?? 0;
  await timers.lookAgain(accountId, { formIds: await readWaitingForms(prisma, accountId), clockShiftMs });
  const giveUpAt = Date.now() + patienceMs;
  for (let waitMs = 20; Date.now() < giveUpAt; waitMs = Math.min(waitMs * 2, 500)) {
    await sleep(waitMs);
    if (await agrees(prisma, accountId, await timers.standing(accountId))) return true;
  }
  return false;
}

async function agrees(prisma: PrismaClient, accountId: string, standing: Standing): Promise<boolean> {
  if (standing.kind === 'running' && !standing.isSettled) return false;
  const row = await prisma.account.findUnique({ where: { id: accountId }, select: { seq: true, terminal: true, nextActionAt: true } });
  if (row === null) return false;
  const nextActionAt = row.nextActionAt === null ? null : instant(row.nextActionAt.toISOString());
  return workflowFindings({ ...row, nextActionAt }, standing, rightNow()).length === 0;
}

function rightNow(): Instant {
  return instant(new Date().toISOString());
}
