import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { Account, AccountDeadline } from '../../rules/domain/account.ts';
import type { Compared } from '../../rules/lifecycle/proof.ts';
import { type Finding, rightColumns } from '../../rules/lifecycle/proof-findings.ts';
import { agendaHash, agendaOf, statementHash } from '../agenda-hash.ts';
import type { Database, Transaction } from '../client.ts';
import { dateOf, inputJson } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { deadlineRow } from './account-rows.ts';
import { upsertAll } from './bulk.ts';

/** The same proof again goes on as itself: what it found before stays found. */
export async function beginProof(
  db: Database,
  { id, by, at }: { readonly id: string; readonly by: string; readonly at: Instant },
): Promise<void> {
  await db.deadlineProof.createMany({ data: [{ id, by, startedAt: new Date(at) }], skipDuplicates: true });
}

/** Written before anything is healed. */
export async function noteFindings(
  tx: Transaction,
  proofId: string,
  { accountId, findings }: { readonly accountId: string; readonly findings: readonly Finding[] },
): Promise<void> {
  const rows = findings.map(({ kind, detail }) => ({ proofId, accountId, kind, detail, healed: false }));
  await upsertAll(tx, 'DeadlineFinding', ['proofId', 'accountId', 'kind'], rows);
}

export async function noteHealed(db: Database, proofId: string, accountId: string, kinds: readonly string[]): Promise<void> {
  await db.deadlineFinding.updateMany({ where: { proofId, accountId, kind: { in: [...kinds] } }, data: { healed: true } });
}

/** More than a hospital sends between two backups. */
const lostNumbers = 100_000;

/** An older database would give control numbers again that went out since its backup. */
export async function leapControlNumbers(db: Database): Promise<void> {
  await db.$queryRaw`SELECT setval('control_number', (SELECT "last_value" FROM "control_number") + ${lostNumbers}::int)`;
}

/** The projection, the columns that say when, and the deadline rows as the events say. The caller holds the account's row. */
export async function rebuildAgenda(
  tx: Transaction,
  folded: Account,
  { seq, turnedAt, rows }: { readonly seq: number; readonly turnedAt: Instant; readonly rows: readonly AccountDeadline[] },
): Promise<void> {
  const { terminal, nextActionAt } = rightColumns(folded, turnedAt);
  await upsertAll(
    tx,
    'Deadline',
    ['accountId', 'deadlineId'],
    folded.deadlines.map((deadline) => deadlineRow(folded, deadline)),
  );
  const known = new Set(folded.deadlines.map(({ id }) => id));
  const unfounded = rows.map(({ id }) => id).filter((id) => !known.has(id));
  await tx.deadline.deleteMany({ where: { accountId: folded.id, deadlineId: { in: unfounded } } });
  await tx.account.update({
    where: { id: folded.id },
    select: { id: true },
    data: {
      projection: inputJson(folded),
      terminal,
      nextActionAt: nextActionAt === null ? null : new Date(nextActionAt),
      agendaHash: agendaHash(agendaOf(folded, { seq, terminal, wakeAt: nextActionAt })),
    },
  });
}

export interface ProofEnd extends Compared {
  readonly finishedAt: Instant;
  readonly folded: number;
  readonly foldedUpTo: string | null;
  readonly statement: number;
}

export async function endProof(tx: Transaction, id: string, { earliestMs, finishedAt, ...counts }: ProofEnd): Promise<void> {
  const earliestAt = earliestMs === null ? null : new Date(earliestMs);
  const data = { ...counts, unarmed: counts.open - counts.armed, earliestAt, finishedAt: new Date(finishedAt) };
  await tx.deadlineProof.update({ where: { id }, data });
}

export interface Signer {
  readonly keyId: string;
  /** @returns Ed25519 over the text, base64. */
  sign(text: string): string;
}

/** One after another, so that each can carry the hash of the one before it. */
const statementLock = 72_002;

/** Appends to the chain what that proof came to; the same proof again changes nothing. @returns its number */
export async function appendStatement(
  tx: Transaction,
  statement: { readonly proofId: string; readonly on: CivilDate; readonly text: (number: number) => string },
  signer: Signer,
): Promise<number> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${statementLock})`;
  const { proofId, on, text: textOf } = statement;
  const own = await tx.deadlineStatement.findUnique({ where: { proofId }, select: { number: true } });
  if (own !== null) return own.number;
  const last = await tx.deadlineStatement.findFirst({ where: { facilityId }, orderBy: { number: 'desc' } });
  const number = (last?.number ?? 0) + 1;
  const previousSha256 = last?.sha256 ?? '';
  const text = textOf(number);
  const hash = statementHash({ number, previousSha256, text });
  const signed = { sha256: hash, keyId: signer.keyId, signature: signer.sign(hash) };
  await tx.deadlineStatement.create({ data: { number, on: dateOf(on), proofId, text, previousSha256, ...signed } });
  return number;
}
