import { civilDateAt, type Instant } from '../../rules/domain/civil-date.ts';
import { type GuarantorStanding, isMinorOn } from '../../rules/domain/guarantor.ts';
import type { Database } from '../client.ts';
import { civilOrNull, instantOf } from '../convert.ts';

interface Row {
  readonly zone: string;
  readonly guarantorId: string;
  readonly state: string;
  readonly language: string;
  readonly bornOn: Date | null;
  readonly mailReturnedOn: Date | null;
  readonly accounts: number;
  readonly owedElsewhereCents: number;
  readonly lastStatementAt: Date | null;
}

/** How the person stands who pays the patient's part of that account, with payments that no turn has taken yet; null on accounts opened before guarantors were kept. */
export async function readGuarantorStanding(db: Database, accountId: string, asOf: Instant): Promise<GuarantorStanding | null> {
  const [row] = await db.$queryRaw<Row[]>`
    SELECT f."zone" AS "zone", g."id" AS "guarantorId", g."state", g."language", g."bornOn", g."mailReturnedOn",
      (SELECT count(*)::int FROM "Account" o WHERE o."guarantorId" = g."id" AND NOT o."terminal") AS "accounts",
      (SELECT coalesce(sum(greatest(
          (SELECT coalesce(sum(l."amountCents"), 0) FROM "LedgerLine" l WHERE l."accountId" = o."id" AND l."bucket" = 'patient')
          - (SELECT coalesce(sum((e."body" ->> 'cents')::bigint), 0) FROM "AccountEvent" e
             WHERE e."accountId" = o."id" AND e."position" IS NULL AND e."kind" = 'patientPaid'), 0)), 0)::float8
        FROM "Account" o WHERE o."guarantorId" = g."id" AND o."id" <> a."id") AS "owedElsewhereCents",
      (SELECT max(i."attemptedAt") FROM "Account" o JOIN "Intent" i ON i."accountId" = o."id"
        WHERE o."guarantorId" = g."id" AND i."kind" = 'sendStatement' AND i."status" = 'sent') AS "lastStatementAt"
    FROM "Account" a JOIN "Guarantor" g ON g."id" = a."guarantorId"
    JOIN "Facility" f ON f."id" = a."facilityId" WHERE a."id" = ${accountId}::uuid`;
  if (row === undefined) return null;
  const { bornOn, mailReturnedOn, lastStatementAt, zone, ...known } = row;
  const born = civilOrNull(bornOn);
  return {
    ...known,
    isMinor: born === null ? null : isMinorOn(born, civilDateAt(asOf, zone)),
    mailReturnedOn: civilOrNull(mailReturnedOn),
    lastStatementOn: lastStatementAt === null ? null : civilDateAt(instantOf(lastStatementAt), zone),
  };
}
