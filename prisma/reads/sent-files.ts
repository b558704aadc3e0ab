import { addDays, type CivilDate } from '../../rules/domain/civil-date.ts';
import type { SentFile } from '../../rules/matching/rank-sent.ts';
import type { Database } from '../client.ts';
import { civilOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { Prisma } from '../generated/client.ts';

/** Older files are not answered any more. */
const oldestDays = 45;
const mostFiles = 500;

type Row = Omit<SentFile, 'sentOn'> & { readonly sentOn: Date };

/** Files of ours with claims, or their groups, that were sent in the weeks before that day; the latest first. */
export async function readSentFiles(
  db: Database,
  { level, by }: { readonly level: 'interchange' | 'group'; readonly by: CivilDate },
): Promise<readonly SentFile[]> {
  const number = level === 'group' ? Prisma.sql`"groupControlNumber"` : Prisma.sql`"interchangeControlNumber"`;
  const answeredAt = level === 'group' ? 'functional' : 'interchange';
  const rows = await db.$queryRaw<Row[]>`
    WITH sent AS (
      SELECT s."fileId", s."senderId", s."receiverId", s.${number} AS "controlNumber", max(s."sentOn") AS "sentOn", count(*)::int AS "claims",
        min(s."submissionKey") AS "submissionKey", array_agg(DISTINCT s."transactionControlNumber") AS "transactionNumbers"
      FROM "Submission" s
      WHERE s."facilityId" = ${facilityId}::uuid AND s."sentOn" BETWEEN ${addDays(by, -oldestDays)}::date AND ${by}::date
      GROUP BY s."fileId", s."senderId", s."receiverId", s.${number}
      ORDER BY max(s."sentOn") DESC, s."fileId" DESC LIMIT ${mostFiles})
    SELECT sent."senderId", sent."receiverId", sent."controlNumber", sent."sentOn", sent."claims", sent."submissionKey", sent."transactionNumbers",
      a."id" AS "accountId", a."accountNumber",
      coalesce((SELECT i."name" FROM "InboundFile" i WHERE i."id" = sent."fileId"),
        (SELECT o."name" FROM "OutboundFile" o WHERE o."intentId" = sent."fileId" ORDER BY o."id" LIMIT 1), '') AS "name",
      EXISTS (SELECT 1 FROM "AccountEvent" e WHERE e."accountId" = a."id" AND e."kind" = 'submissionAcknowledged'
        AND e."body" ->> 'submissionKey' = sent."submissionKey" AND e."body" ->> 'level' = ${answeredAt}) AS "isAnswered"
    FROM sent JOIN "Submission" one ON one."facilityId" = ${facilityId}::uuid AND one."submissionKey" = sent."submissionKey"
    JOIN "Account" a ON a."id" = one."accountId"
    ORDER BY sent."sentOn" DESC`;
  return rows.map((row) => ({ ...row, sentOn: civilOf(row.sentOn) }));
}

export interface SentFileRef {
  readonly accountId: string;
  readonly submissionKey: string;
}

/** One submission of each group that a file of ours with that name carried: the one we wrote, or an 837 of the hospital's system. The latest file counts. */
export async function readGroupsOfSentFile(db: Database, name: string): Promise<readonly SentFileRef[]> {
  const select = { accountId: true, submissionKey: true } as const;
  const written = await db.outboundFile.findFirst({ where: { facilityId, name }, orderBy: { id: 'desc' }, select: { intent: true } });
  const submissionKey = written?.intent?.submissionKey ?? null;
  if (submissionKey !== null) return db.submission.findMany({ where: { facilityId, submissionKey }, select });
  const taken = await db.inboundFile.findFirst({ where: { facilityId, name }, orderBy: { id: 'desc' }, select: { id: true } });
  if (taken === null) return [];
  const groups = await db.inboundTransaction.findMany({
    where: { fileId: taken.id, kind: 'claims' },
    select: { groupControlNumber: true },
  });
  return db.submission.findMany({
    where: { facilityId, fileId: taken.id, groupControlNumber: { in: groups.map(({ groupControlNumber }) => groupControlNumber) } },
    distinct: ['interchangeControlNumber', 'groupControlNumber'],
    orderBy: { id: 'asc' },
    select,
  });
}
