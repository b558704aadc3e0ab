import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { Database } from '../client.ts';
import { centsOf, civilOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

/** A PLB amount as it is stored; positive is kept from us. */
export interface StoredProviderAdjustment {
  readonly id: string;
  readonly code: string;
  readonly reference: string;
  readonly cents: Cents;
  readonly offset: number;
  /** Null while no claim is known to be meant. */
  readonly accountId: string | null;
}

const select = { id: true, code: true, reference: true, amountCents: true, offset: true, accountId: true } as const;

/** In the order of the file. */
export async function readProviderAdjustments(db: Database, remittanceId: string): Promise<readonly StoredProviderAdjustment[]> {
  const rows = await db.providerAdjustment.findMany({ where: { remittanceId }, select, orderBy: [{ offset: 'asc' }, { id: 'asc' }] });
  return rows.map(({ amountCents, ...row }) => ({ ...row, cents: centsOf(amountCents) }));
}

export async function readProviderAdjustment(
  db: Database,
  id: string,
): Promise<(StoredProviderAdjustment & { readonly payerId: string; readonly paidOn: CivilDate }) | null> {
  const about = { ...select, remittance: { select: { payerId: true, paidOn: true } } } as const;
  const row = await db.providerAdjustment.findUnique({ where: { id }, select: about });
  if (row === null) return null;
  const { amountCents, remittance, ...rest } = row;
  return { ...rest, cents: centsOf(amountCents), payerId: remittance.payerId, paidOn: civilOf(remittance.paidOn) };
}

/** What a payer carries forward with one payee (PLB FB), which nets to zero over time. */
export interface ForwardedBalance {
  readonly payerId: string;
  readonly payeeNpi: string;
  /** Negative: carried forward and not brought in yet. */
  readonly cents: Cents;
  /** Since when it has not been zero. */
  readonly since: CivilDate;
  readonly days: number;
}

/** Of posted remittances, in the order of their dates: the balances that are not zero, the oldest first. `days` count to `asOf`. */
export async function readForwardedBalances(db: Database, asOf: Date): Promise<readonly ForwardedBalance[]> {
  const rows = await db.$queryRaw<ForwardedRow[]>`
    WITH daily AS (
      SELECT r."payerId", r."payeeNpi", r."paidOn", sum(p."amountCents") AS "cents"
      FROM "ProviderAdjustment" p JOIN "Remittance" r ON r."id" = p."remittanceId"
      WHERE p."facilityId" = ${facilityId}::uuid AND p."code" = 'FB' AND r."status" = 'posted'
      GROUP BY 1, 2, 3),
    running AS (
      SELECT *, sum("cents") OVER (PARTITION BY "payerId", "payeeNpi" ORDER BY "paidOn") AS "balance" FROM daily),
    settled AS (
      SELECT "payerId", "payeeNpi", max("paidOn") FILTER (WHERE "balance" = 0) AS "on" FROM running GROUP BY 1, 2)
    SELECT d."payerId", d."payeeNpi", sum(d."cents")::bigint AS "cents", min(d."paidOn") AS "since",
      (${asOf}::date - min(d."paidOn"))::int AS "days"
    FROM daily d JOIN settled s USING ("payerId", "payeeNpi")
    WHERE s."on" IS NULL OR d."paidOn" > s."on"
    GROUP BY 1, 2 HAVING sum(d."cents") <> 0 ORDER BY "since", 1, 2`;
  return rows.map(({ cents, since, ...row }) => ({ ...row, cents: centsOf(cents), since: civilOf(since) }));
}

interface ForwardedRow {
  readonly payerId: string;
  readonly payeeNpi: string;
  readonly cents: bigint;
  readonly since: Date;
  readonly days: number;
}
