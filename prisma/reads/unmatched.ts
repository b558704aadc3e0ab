import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { RemittanceClaim } from '../../rules/domain/remittance.ts';
import {
  isUnmatchedKind,
  type Settlement,
  type UnmatchedItem,
  type UnmatchedKind,
  type UnmatchedOutcome,
} from '../../rules/domain/unmatched.ts';
import type { Candidate } from '../../rules/matching/rank.ts';
import type { Database } from '../client.ts';
import { candidatesOf, centsOf, civilOf, civilOrNull, instantOf, settlementOf, unmatchedItemOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { remittanceClaimOf } from './remittances.ts';

/** A task without an account, as a person looks at it; nothing that names a patient. */
export interface UnmatchedTask {
  readonly id: string;
  readonly kind: UnmatchedKind;
  readonly title: string;
  readonly reason: string;
  readonly payerId: string;
  readonly amountCents: Cents;
  readonly openedOn: CivilDate;
  readonly safeByOn: CivilDate | null;
  readonly status: string;
  readonly outcome: string | null;
  readonly closedOn: CivilDate | null;
  readonly closedBy: string | null;
  /** Where what came in lies. */
  readonly fileId: string;
  readonly fileName: string;
  readonly offset: number;
  readonly candidates: readonly Candidate[];
}

/** Tasks of that id, or whose id ends in those eight digits: the open ones, else the ended ones. */
export async function findUnmatchedIds(db: Database, name: string): Promise<readonly string[]> {
  const text = name.toLowerCase();
  const rows = /^[0-9a-f]{8}$/.test(text)
    ? await db.$queryRaw<{ id: string; status: string }[]>`
        SELECT "id"::text, "status" FROM "Task"
        WHERE "facilityId" = ${facilityId}::uuid AND "queue" = 'unmatched' AND "accountId" IS NULL AND right("id"::text, 8) = ${text} LIMIT 3`
    : /^[0-9a-f-]{36}$/.test(text)
      ? await db.task.findMany({ where: { id: text, facilityId, accountId: null }, select: { id: true, status: true } })
      : [];
  const open = rows.filter(({ status }) => status === 'open');
  return (open.length > 0 ? open : rows).map(({ id }) => id);
}

export async function readUnmatchedTask(db: Database, taskId: string): Promise<UnmatchedTask | null> {
  const row = await db.task.findFirst({ where: { id: taskId, facilityId, accountId: null } });
  if (row === null || row.fileId === null || row.offset === null || !isUnmatchedKind(row.kind)) return null;
  const file = await db.inboundFile.findUnique({ where: { id: row.fileId }, select: { name: true } });
  const { id, kind, title, reason, payerId, status, outcome, closedBy, fileId, offset } = row;
  const dates = { openedOn: civilOf(row.openedOn), safeByOn: civilOrNull(row.safeByOn), closedOn: civilOrNull(row.closedOn) };
  const money = { amountCents: centsOf(row.amountCents), candidates: candidatesOf(row.candidates) };
  return { id, kind, title, reason, payerId, status, outcome, closedBy, fileId, fileName: file?.name ?? '', offset, ...dates, ...money };
}

/** What a person's choice is carried out from; null when nothing can be posted from it. */
export async function readUnmatchedItem(db: Database, taskId: string): Promise<UnmatchedItem | null> {
  const row = await db.unmatchedItem.findUnique({ where: { taskId }, select: { item: true } });
  return row === null ? null : unmatchedItemOf(row.item);
}

/** The settlement that was submitted under this id for this task. */
export async function readSettlement(db: Database, taskId: string, formId: string): Promise<Settlement | null> {
  const row = await db.taskForm.findFirst({ where: { id: formId, taskId, accountId: null }, select: { body: true } });
  return row === null ? null : settlementOf(row.body);
}

export interface EndedTask {
  readonly formId: string | null;
  readonly outcome: UnmatchedOutcome;
  readonly accountId: string | null;
}

/** How a task that is done ended; `formId` is null when no person ended it. */
export async function readEnd(db: Database, taskId: string): Promise<EndedTask> {
  const { outcome } = await db.task.findUniqueOrThrow({ where: { id: taskId }, select: { outcome: true } });
  const form = await db.taskForm.findFirst({
    where: { taskId, accountId: null, status: 'accepted' },
    select: { id: true, body: true },
  });
  const settlement = form === null ? null : settlementOf(form.body);
  return {
    formId: form?.id ?? null,
    outcome: settlement?.outcome ?? (outcome as UnmatchedOutcome),
    accountId: settlement === null ? await accountMatched(db, taskId) : (settlement.accountId ?? null),
  };
}

/** To which it was posted by itself; null when it was not, or when that is more than one. */
async function accountMatched(db: Database, taskId: string): Promise<string | null> {
  const item = await readUnmatchedItem(db, taskId);
  if (item?.kind !== 'remittanceClaim') return null;
  const row = await db.remittanceClaim.findUnique({ where: { id: item.remittanceClaimId }, select: { accountId: true } });
  return row?.accountId ?? null;
}

/** A stored remittance claim as it was read, with what its remittance says of all of them. */
export interface ClaimOfRemittance {
  readonly claim: RemittanceClaim;
  readonly payerId: string;
  readonly paidOn: CivilDate;
  readonly fileId: string;
  /** When its file came to us. */
  readonly receivedAt: Instant;
  /** posted | unmatched | … */
  readonly outcome: string;
}

export async function readRemittanceClaim(db: Database, id: string): Promise<ClaimOfRemittance | null> {
  const row = await db.remittanceClaim.findUnique({
    where: { id },
    include: { remittance: { select: { payerId: true, paidOn: true, fileId: true, file: { select: { receivedAt: true } } } } },
  });
  if (row === null) return null;
  const { remittance, outcome } = row;
  return {
    claim: remittanceClaimOf(row),
    payerId: remittance.payerId,
    paidOn: civilOf(remittance.paidOn),
    fileId: remittance.fileId,
    receivedAt: instantOf(remittance.file.receivedAt),
    outcome,
  };
}

/** True when a remittance is posted from the same payer under that trace, which must be another: under its own, a correction ends the task by itself. */
export async function isCorrectedBy(db: Database, remittanceId: string, trace: string): Promise<boolean> {
  const row = await db.remittance.findUnique({ where: { id: remittanceId }, select: { payerId: true, trace: true } });
  if (row === null || row.trace === trace) return false;
  const { payerId } = row;
  const correcting = await db.remittance.findFirst({
    where: { facilityId, payerId, postedTrace: trace },
    select: { id: true },
  });
  return correcting !== null;
}
