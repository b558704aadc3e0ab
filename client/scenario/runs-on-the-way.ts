import type { Account } from '../../rules/domain/account.ts';
import { type CivilDate, civilDate, instantAt } from '../../rules/domain/civil-date.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import { nextDate } from '../../rules/lifecycle/dates.ts';
import { hasPlacementOut } from '../../rules/lifecycle/phase.ts';
import { cutOffHour, type OutboundRuns } from '../outbound-runs.ts';

/** Played days pass in an instant; what an account leaves for a run on one of them must leave on that day. */

const longAgo = civilDate('1970-01-01');

/** The first day before `on` on which one of these accounts may leave something for a run; `on` when there is none. */
export function nextStop(
  accounts: readonly Account[],
  { after, on }: { readonly after: CivilDate | null; readonly on: CivilDate },
): CivilDate {
  const days = accounts.flatMap((account) => {
    const next = sendsInRuns(account) ? nextDate(account, longAgo) : null;
    return next !== null && next.on < on && (after === null || next.on > after) ? [next.on] : [];
  });
  return days.reduce((first, day) => (day < first ? day : first), on);
}

function sendsInRuns(account: Account): boolean {
  return bucketBalance(account, 'patient') > 0 || hasPlacementOut(account);
}

/** An outcome may cause what is gathered again; more rounds than this would be a circle. */
const mostRounds = 20;

export interface Stop {
  readonly on: CivilDate;
  readonly zone: string;
  /** Null for all. */
  readonly accountIds: readonly string[] | null;
}

/** Sends what waits at the cut-off of that day, until nothing waits; `settled` returns when the accounts have taken their turns. */
export async function sendWaiting(
  runs: Pick<OutboundRuns, 'send' | 'isWaiting'>,
  { on, zone, accountIds }: Stop,
  settled: () => Promise<void>,
): Promise<void> {
  const of = accountIds === null ? {} : { accountIds };
  const cutOff = instantAt(on, cutOffHour, zone);
  for (let round = 0; round < mostRounds && (await runs.isWaiting(accountIds ?? undefined)); round += 1) {
    const { halted } = await runs.send({ asOf: cutOff, clockShiftMs: Date.parse(cutOff) - Date.now(), ...of });
    await settled();
    if (halted.length > 0) return;
  }
}
