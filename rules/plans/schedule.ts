import { addMonths, type CivilDate } from '../domain/civil-date.ts';
import { invariant } from '../domain/failures.ts';
import { allocate, cents, dollars, minus } from '../domain/money.ts';
import type { Instalment } from '../domain/plan.ts';
import { mostMonths, type PlanPolicy } from './policy.ts';

/**
 * Monthly instalments of the same amount, the last one being the rest. The day of the month is that of the first one; a month without it has
 * its last day. Their sum is the total exactly.
 */
export function scheduleOf({
  totalCents,
  instalmentCents,
  firstDueOn,
}: {
  readonly totalCents: number;
  readonly instalmentCents: number;
  readonly firstDueOn: CivilDate;
}): readonly Instalment[] {
  invariant(totalCents > 0 && instalmentCents > 0, 'a schedule has something to pay and pays something each month');
  const months = Math.ceil(totalCents / instalmentCents);
  return Array.from({ length: months }, (_, n) => ({
    dueOn: addMonths(firstDueOn, n),
    cents: n + 1 < months ? instalmentCents : totalCents - instalmentCents * (months - 1),
  }));
}

/** The instalment with which so much is paid in so many months at the most. */
export function instalmentFor(totalCents: number, months: number): number {
  return Math.max(1, Math.ceil(totalCents / months));
}

/** What is offered: as many months as were wished and the policy allows, and no instalment below its smallest. */
export function offeredInstalment(totalCents: number, months: number, policy: PlanPolicy): number {
  const least = Math.max(instalmentFor(totalCents, Math.min(months, mostMonths(policy, totalCents))), policy.smallestInstalmentCents);
  return Math.min(least, Math.max(1, totalCents));
}

/** Why the policy does not allow these terms, in words for the person who takes them down; null when it does. */
export function termsRefusal(
  { totalCents, instalmentCents, firstDueOn, on }: Parameters<typeof scheduleOf>[0] & { readonly on: CivilDate },
  policy: PlanPolicy,
): string | null {
  if (totalCents <= 0) return 'nothing is owed that a plan could pay';
  const months = Math.ceil(totalCents / instalmentCents);
  const most = mostMonths(policy, totalCents);
  if (months > most)
    return `${dollars(cents(instalmentCents))} a month takes ${months} months for ${dollars(cents(totalCents))}, and ${policy.id} allows ${most}: at least ${dollars(cents(instalmentFor(totalCents, most)))} a month`;
  if (instalmentCents < policy.smallestInstalmentCents && instalmentCents < totalCents)
    return `the smallest instalment is ${dollars(cents(policy.smallestInstalmentCents))} (${policy.id})`;
  if (firstDueOn < on) return `the first instalment is due on ${firstDueOn}, before the plan begins on ${on}`;
  return firstDueOn > addMonths(on, 2) ? `the first instalment is due within two months, not on ${firstDueOn}` : null;
}

/**
 * The schedule as each account's share, by what it owes. In every month the shares sum to the instalment, and over all months each account's
 * shares sum to what it owes: to the cent. @throws invariant when the schedule and the balances do not have the same sum
 */
export function sharesOf(instalments: readonly Instalment[], balances: readonly number[]): readonly (readonly Instalment[])[] {
  const total = (all: readonly number[]) => all.reduce((a, b) => a + b, 0);
  invariant(total(balances) === total(instalments.map((i) => i.cents)), 'a schedule pays exactly what the accounts owe');
  const left = balances.map(cents);
  const shares = balances.map((): Instalment[] => []);
  for (const { dueOn, cents: amount } of instalments)
    allocate(cents(amount), left).forEach((part, n) => {
      left[n] = minus(left[n] ?? cents(0), part);
      if (part > 0) shares[n]?.push({ dueOn, cents: part });
    });
  return shares;
}
