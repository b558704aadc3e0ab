import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { BalanceDays } from '../../rules/vendors/account-side.ts';
import { balanceDays } from '../../rules/vendors/ledger.ts';
import { type OurSide, ourSide, type StoredPayment, type StoredPlacement, type StoredRefund } from '../../rules/vendors/our-side.ts';
import type { Database } from '../client.ts';
import { centsOf, civilOf, civilOrNull } from '../convert.ts';
import { placementStatusOf } from '../convert-vendors.ts';
import { facilityId } from '../facility.ts';

/**
 * Our side of a vendor's ledger, with balances at the end of that day.
 * @param named numbers of payments that the vendor remitted: they are its own whoever has the account now
 */
export async function readOurSide(
  db: Database,
  { vendor, asOf, named }: { readonly vendor: string; readonly asOf: CivilDate; readonly named: ReadonlySet<string> },
): Promise<OurSide> {
  const stored = {
    placements: await readPlacements(db, vendor, balanceDays(asOf)),
    payments: await readPayments(db, vendor),
    refunds: await readRefunds(db, vendor),
  };
  return ourSide(vendor, stored, named);
}

/** Every placement, with any vendor, of the accounts that the vendor ever had. */
async function readPlacements(db: Database, vendor: string, { asOf, before }: BalanceDays): Promise<readonly StoredPlacement[]> {
  const rows = await db.$queryRaw<PlacementRow[]>`
    SELECT p."vendor", p."accountId"::text, p."reference", a."accountNumber", p."tier", p."status", p."balanceCents" AS "placedCents",
      p."offeredOn", p."placedOn", p."recallSentOn", p."returnedOn", (a."projection"#>>'{patient,statements,0}')::date AS "firstStatementOn",
      coalesce(l."cents", 0)::bigint AS "balanceCents", coalesce(l."centsBefore", 0)::bigint AS "balanceBeforeCents"
    FROM "Placement" p JOIN "Account" a ON a."id" = p."accountId"
    LEFT JOIN LATERAL (
      SELECT sum("amountCents") FILTER (WHERE "postedOn" <= ${asOf}::date) AS "cents",
        sum("amountCents") FILTER (WHERE "postedOn" <= ${before}::date) AS "centsBefore"
      FROM "LedgerLine" WHERE "accountId" = p."accountId" AND "bucket" = 'patient') l ON true
    WHERE p."facilityId" = ${facilityId}::uuid
      AND p."accountId" IN (SELECT "accountId" FROM "Placement" WHERE "facilityId" = ${facilityId}::uuid AND "vendor" = ${vendor})
    ORDER BY p."reference"`;
  return rows.map(({ recallSentOn, ...row }) => ({
    vendor: row.vendor,
    accountId: row.accountId,
    reference: row.reference,
    accountNumber: row.accountNumber,
    tier: row.tier,
    status: placementStatusOf(row.status),
    placedCents: centsOf(row.placedCents),
    balanceCents: centsOf(row.balanceCents),
    balanceBeforeCents: centsOf(row.balanceBeforeCents),
    offeredOn: civilOf(row.offeredOn),
    placedOn: civilOrNull(row.placedOn),
    recalledOn: civilOrNull(recallSentOn),
    returnedOn: civilOrNull(row.returnedOn),
    firstStatementOn: civilOrNull(row.firstStatementOn),
  }));
}

interface PlacementRow {
  readonly vendor: string;
  readonly accountId: string;
  readonly reference: string;
  readonly accountNumber: string;
  readonly tier: string;
  readonly status: string;
  readonly placedCents: bigint;
  readonly balanceCents: bigint;
  readonly balanceBeforeCents: bigint;
  readonly offeredOn: Date;
  readonly placedOn: Date | null;
  readonly recallSentOn: Date | null;
  readonly returnedOn: Date | null;
  readonly firstStatementOn: Date | null;
}

/** Patients' payments on those accounts, of one for several accounts their part; what bounced is what later lines of the ledger undo of them. */
async function readPayments(db: Database, vendor: string): Promise<readonly StoredPayment[]> {
  const rows = await db.$queryRaw<PaymentRow[]>`
    WITH own AS (SELECT DISTINCT "accountId" FROM "Placement" WHERE "facilityId" = ${facilityId}::uuid AND "vendor" = ${vendor}),
      paid AS (
        SELECT "paymentId", "accountId", "amountCents", "paidOn", "via" FROM "PatientPayment"
          WHERE "facilityId" = ${facilityId}::uuid AND "accountId" IN (SELECT "accountId" FROM own)
        UNION ALL
        SELECT p."paymentId", w."accountId", w."amountCents", p."paidOn", p."via"
          FROM "PatientPaymentPart" w JOIN "PatientPayment" p ON p."facilityId" = ${facilityId}::uuid AND p."paymentId" = w."paymentId"
          WHERE w."accountId" IN (SELECT "accountId" FROM own))
    SELECT p."paymentId", p."accountId"::text, p."amountCents", p."paidOn", p."via",
      coalesce((SELECT sum(l."amountCents") FROM "LedgerLine" l
        WHERE l."accountId" = p."accountId" AND l."undoes" = 'payment:' || p."paymentId" || '#1'), 0)::bigint AS "bouncedCents"
    FROM paid p ORDER BY p."paymentId", p."accountId"`;
  return rows.map(({ amountCents, bouncedCents, paidOn, via, ...row }) => ({
    ...row,
    cents: centsOf(amountCents),
    bouncedCents: centsOf(bouncedCents),
    paidOn: civilOf(paidOn),
    via: via === 'vendor' ? 'vendor' : 'direct',
  }));
}

interface PaymentRow {
  readonly paymentId: string;
  readonly accountId: string;
  readonly amountCents: bigint;
  readonly bouncedCents: bigint;
  readonly paidOn: Date;
  readonly via: string;
}

/** What was given back to patients of those accounts, in its order. */
async function readRefunds(db: Database, vendor: string): Promise<readonly StoredRefund[]> {
  const rows = await db.$queryRaw<{ accountId: string; postedOn: Date; amountCents: bigint }[]>`
    SELECT "accountId"::text, "postedOn", "amountCents" FROM "LedgerLine"
    WHERE "facilityId" = ${facilityId}::uuid AND "kind" = 'refund' AND "bucket" = 'patient'
      AND "accountId" IN (SELECT "accountId" FROM "Placement" WHERE "facilityId" = ${facilityId}::uuid AND "vendor" = ${vendor})
    ORDER BY "postedOn", "accountId", "lineId"`;
  return rows.map(({ accountId, postedOn, amountCents }) => ({ accountId, on: civilOf(postedOn), cents: centsOf(amountCents) }));
}
