import type { PayerSequence } from '../../rules/domain/claim.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import type { ClaimDescription, KnownClaim } from '../../rules/matching/evidence.ts';
import type { Database } from '../client.ts';
import { centsOf, civilOf, dateOf, sequenceOf } from '../convert.ts';
import { facilityId } from '../facility.ts';
import { Prisma } from '../generated/client.ts';
import { addDays } from '../../rules/domain/civil-date.ts';

/** One submission of ours with its account, as matching sees it. PHI. */
export interface StoredClaim extends KnownClaim {
  readonly sequence: PayerSequence;
  /** To which it was sent. */
  readonly payerId: string;
  readonly coverages: readonly { readonly sequence: PayerSequence; readonly payerId: string; readonly memberId: string }[];
}

/** By our submission key (CLM01). Charges of lines are left out: whose a claim is, they do not decide. */
export async function readClaimsByKey(db: Database, keys: readonly string[]): Promise<ReadonlyMap<string, StoredClaim>> {
  if (keys.length === 0) return new Map();
  const found = await readClaims(db, Prisma.sql`s."submissionKey" = ANY(${[...new Set(keys)]}::text[])`, Prisma.sql`NULL::jsonb`);
  return new Map(found.map((claim) => [claim.submissionKey, claim]));
}

/** Every submission of these accounts, with the charges of its lines. */
export async function readClaimsOfAccounts(db: Database, accountIds: readonly string[]): Promise<readonly StoredClaim[]> {
  if (accountIds.length === 0) return [];
  const lines = Prisma.sql`(SELECT jsonb_path_query_array(d."document", '$.lines[*].chargeCents') FROM "ClaimDocument" d
    WHERE d."facilityId" = s."facilityId" AND d."submissionKey" = s."submissionKey")`;
  return readClaims(db, Prisma.sql`s."accountId" = ANY(${[...new Set(accountIds)]}::uuid[])`, lines);
}

interface ClaimRow {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly submissionKey: string;
  readonly sequence: number;
  readonly payerId: string;
  readonly chargeCents: bigint;
  readonly servicedFrom: Date;
  readonly last: string | null;
  readonly first: string | null;
  readonly lineCharges: readonly number[] | null;
  readonly coverages: readonly { readonly sequence: number; readonly payerId: string; readonly memberId: string }[] | null;
}

async function readClaims(db: Database, where: Prisma.Sql, lines: Prisma.Sql): Promise<readonly StoredClaim[]> {
  const rows = await db.$queryRaw<ClaimRow[]>`
    SELECT s."accountId", a."accountNumber", s."submissionKey", s."sequence", s."payerId", s."chargeCents", s."servicedFrom",
      p."lastName" AS "last", p."firstName" AS "first", ${lines} AS "lineCharges",
      (SELECT jsonb_agg(jsonb_build_object('sequence', c."sequence", 'payerId', c."payerId", 'memberId', c."memberId") ORDER BY c."sequence")
        FROM "AccountCoverage" c WHERE c."accountId" = s."accountId") AS "coverages"
    FROM "Submission" s JOIN "Account" a ON a."id" = s."accountId" LEFT JOIN "AccountPatient" p ON p."accountId" = s."accountId"
    WHERE s."facilityId" = ${facilityId}::uuid AND ${where} ORDER BY s."id"`;
  return rows.map(({ sequence, chargeCents, servicedFrom, last, first, lineCharges, coverages, ...row }) => ({
    ...row,
    sequence: sequenceOf(sequence),
    chargeCents: centsOf(chargeCents),
    servicedFrom: civilOf(servicedFrom),
    last: last ?? '',
    first: first ?? '',
    lineChargeCents: lineCharges ?? [],
    coverages: (coverages ?? []).map((c) => ({ ...c, sequence: sequenceOf(c.sequence) })),
  }));
}

/** Of each kind of likeness, the latest so many accounts are looked at. */
const mostAlike = 20;
const nearDays = 3;
/** Each costs three index look-ups; one statement does not ask for more. */
const askedAtOnce = 500;

/** For each description the claims of accounts that resemble it: same member id, same charge within three days, or same name. Two statements per 500. */
export async function readSimilarClaims(db: Database, said: readonly ClaimDescription[]): Promise<readonly (readonly StoredClaim[])[]> {
  const similar: (readonly StoredClaim[])[] = [];
  for (let at = 0; at < said.length; at += askedAtOnce) similar.push(...(await readSimilarOf(db, said.slice(at, at + askedAtOnce))));
  return similar;
}

async function readSimilarOf(db: Database, said: readonly ClaimDescription[]): Promise<readonly (readonly StoredClaim[])[]> {
  const asked = JSON.stringify(said.map(questionOf));
  const pairs = await db.$queryRaw<{ n: number; accountId: string }[]>`
    SELECT DISTINCT q."n", f."accountId" FROM jsonb_to_recordset(${asked}::jsonb)
      AS q("n" int, "members" jsonb, "charge" bigint, "after" date, "before" date, "lasts" jsonb, "firsts" jsonb)
    CROSS JOIN LATERAL (
      (SELECT c."accountId" FROM "AccountCoverage" c
        WHERE c."facilityId" = ${facilityId}::uuid AND c."memberId" IN (SELECT jsonb_array_elements_text(q."members"))
        ORDER BY c."accountId" DESC LIMIT ${mostAlike})
      UNION ALL
      (SELECT s."accountId" FROM "Submission" s
        WHERE s."facilityId" = ${facilityId}::uuid AND s."servicedFrom" BETWEEN q."after" AND q."before" AND s."chargeCents" = q."charge"
        ORDER BY s."accountId" DESC LIMIT ${mostAlike})
      UNION ALL
      (SELECT p."accountId" FROM "AccountPatient" p
        WHERE p."facilityId" = ${facilityId}::uuid AND p."lastName" IN (SELECT jsonb_array_elements_text(q."lasts"))
          AND p."firstName" IN (SELECT jsonb_array_elements_text(q."firsts"))
        ORDER BY p."accountId" DESC LIMIT ${mostAlike})
    ) f`;
  const claims = grouped(
    await readClaimsOfAccounts(
      db,
      pairs.map(({ accountId }) => accountId),
    ),
    ({ accountId }) => accountId,
  );
  const byQuestion = grouped(pairs, ({ n }) => n);
  return said.map((_, n) => (byQuestion.get(n) ?? []).flatMap(({ accountId }) => claims.get(accountId) ?? []));
}

function questionOf(said: ClaimDescription, n: number) {
  const { servicedFrom, chargeCents, memberId, last, first } = said;
  const isDated = servicedFrom !== null && chargeCents !== null;
  return {
    n,
    members: written(memberId),
    charge: isDated ? Math.abs(chargeCents) : null,
    after: isDated ? dateOf(addDays(servicedFrom, -nearDays)) : null,
    before: isDated ? dateOf(addDays(servicedFrom, nearDays)) : null,
    lasts: written(last),
    firsts: written(first),
  };
}

/** As it came, in capitals, and as a name is written: the ways in which the other side may have stored it, so that an index can find it. */
function written(text: string): readonly string[] {
  const trimmed = text.trim();
  if (trimmed === '') return [];
  const capitals = trimmed.toUpperCase();
  const bare = capitals.replace(/[^\p{L}\p{N}]/gu, '');
  return [...new Set([trimmed, capitals, bare, `${capitals.slice(0, 1)}${trimmed.slice(1).toLowerCase()}`])];
}
