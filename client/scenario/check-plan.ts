import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { cents, dollars } from '../../rules/domain/money.ts';
import { planStanding } from '../../rules/lifecycle/plan.ts';
import type { Failure } from './failure.ts';
import type { Expectation } from './format.ts';

/** Compares the payment plan and the promises of the account with what the story says. */
export function planCheck(account: Account, { plan: expected, promises }: Expectation, today: CivilDate): readonly Failure[] {
  const { plan } = account.patient;
  const standing = planStanding(account, today);
  const left = (standing?.unpaid ?? []).map((one) => dollars(cents(one.cents))).join(', ');
  const kept = (account.patient.promises ?? []).map(({ status }) => status).join(', ');
  return [
    ...same('plan', expected?.status, plan.status),
    ...same('plan, missed', expected?.missed, standing?.missed ?? 0),
    ...same(
      'plan, overdue',
      expected?.overdue === undefined ? undefined : dollars(expected.overdue),
      dollars(cents(standing?.overdueCents ?? 0)),
    ),
    ...same('plan, left', expected?.left?.map((one) => dollars(one)).join(', '), left),
    ...same('plan, accounts', expected?.accounts, plan.accounts ?? 1),
    ...same('plan, offers', expected?.offers, plan.offers ?? 0),
    ...same('promises', promises?.join(', '), kept),
  ];
}

function same(what: string, expected: string | number | undefined, came: string | number): readonly Failure[] {
  return expected === undefined || expected === came ? [] : [{ what, expected: String(expected), came: String(came) }];
}
