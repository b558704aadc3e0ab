import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { holdComing, holdsInForce } from '../../rules/domain/hold.ts';
import type { Database, Transaction } from '../client.ts';
import { accountOf, civilOf, dateOf } from '../convert.ts';
import { facilityId } from '../facility.ts';

export interface HoldsNow {
  readonly openedAt: Date;
  /** By name: those in force, and those that are stored and that the account has not taken yet. */
  readonly holds: readonly string[];
}

/** What holds the account back at this moment, whether it knows it or not. Null when there is no such account. */
export async function readHoldsNow(tx: Transaction, accountId: string): Promise<HoldsNow | null> {
  const account = await tx.account.findUnique({ where: { id: accountId }, select: { openedAt: true, projection: true } });
  if (account === null) return null;
  const inForce = holdsInForce(accountOf(account.projection).holds).map(({ reason }) => reason);
  return { openedAt: account.openedAt, holds: [...inForce, ...(await readComing(tx, [accountId]))] };
}

/** A file stored it, or a person submitted it, and no turn took it yet. */
async function readComing(tx: Transaction, accountIds: readonly string[]): Promise<readonly string[]> {
  const of = { accountId: { in: [...accountIds] } };
  const events = await tx.accountEvent.findMany({ where: { ...of, position: null }, select: { body: true } });
  const forms = await tx.taskForm.findMany({ where: { ...of, status: 'submitted' }, select: { body: true } });
  return [...events, ...forms].flatMap(({ body }) => holdComing(body) ?? []);
}

export interface HoldEntry {
  readonly accountId: string;
  readonly accountNumber: string;
  readonly hold: string;
  readonly since: CivilDate;
  readonly reviewOn: CivilDate;
  readonly source: string | null;
  readonly reference: string | null;
  readonly owner: string | null;
  readonly found: string | null;
}

export interface HoldsQuestion {
  readonly hold?: string;
  readonly accountId?: string;
  /** To be looked at on that day or before. */
  readonly reviewBy?: CivilDate;
  readonly limit: number;
}

/** Holds in force, those to be looked at first first. */
export async function listHolds(db: Database, { hold, accountId, reviewBy, limit }: HoldsQuestion): Promise<readonly HoldEntry[]> {
  const rows = await db.accountHold.findMany({
    where: {
      facilityId,
      releasedOn: null,
      ...(hold === undefined ? {} : { hold }),
      ...(accountId === undefined ? {} : { accountId }),
      ...(reviewBy === undefined ? {} : { reviewOn: { lte: dateOf(reviewBy) } }),
    },
    orderBy: [{ reviewOn: 'asc' }, { accountId: 'asc' }, { number: 'asc' }],
    take: limit,
    include: { account: { select: { accountNumber: true } } },
  });
  return rows.map(({ account, since, reviewOn, releasedOn: _r, number: _n, organisationId: _o, facilityId: _f, ...row }) => {
    return { ...row, since: civilOf(since), reviewOn: civilOf(reviewOn), accountNumber: account.accountNumber };
  });
}
