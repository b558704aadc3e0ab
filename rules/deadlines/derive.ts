import { addDays, addMonths, type CivilDate } from '../domain/civil-date.ts';
import type { DeadlinePolicy, DerivedDeadline } from '../domain/deadline.ts';
import { addBusinessDays, lastBusinessDayOnOrBefore, nextBusinessDayOnOrAfter, subtractBusinessDays } from './business-days.ts';

const units = { calendar: 'calendar days', business: 'business days', month: 'months', year: 'years' } as const;

/**
 * The three dates of a deadline and how they came about (DOMAIN §5.1). With a receipt presumption the legal count starts at presumed receipt,
 * and the safe date at the notice itself, in case the presumption is not granted.
 */
export function deriveDeadline(policy: DeadlinePolicy, anchorOn: CivilDate): DerivedDeadline {
  const start = addDays(anchorOn, policy.receiptPresumptionDays);
  const nominalOn = count(policy, start);
  const careful = policy.receiptPresumptionDays === 0 ? nominalOn : count(policy, anchorOn);
  const rolled = policy.roll === 'nextBusinessDay' ? nextBusinessDayOnOrAfter(nominalOn) : nominalOn;
  const legalOn = policy.rollConfirmed ? rolled : nominalOn;
  const safeByOn = subtractBusinessDays(lastBusinessDayOnOrBefore(careful), policy.bufferBusinessDays);
  const derivation = [
    `Counted from ${words(policy.anchor)}, ${anchorOn}.`,
    ...(policy.receiptPresumptionDays === 0 ? [] : [`Receipt is presumed ${policy.receiptPresumptionDays} days later, ${start}.`]),
    `${policy.amount} ${units[policy.unit]}${policy.includeAnchorDay ? ', that day included,' : ''} end on ${nominalOn}.`,
    ...(legalOn === nominalOn ? [] : [`It is no business day: the deadline rolls to ${legalOn}.`]),
    ...(rolled === legalOn ? [] : [`A roll to ${rolled} is not confirmed and is not relied on.`]),
    ...(careful === nominalOn ? [] : [`Without the presumption it would end on ${careful}.`]),
    `Safe by ${safeByOn}${policy.bufferBusinessDays === 0 ? '' : `, ${policy.bufferBusinessDays} business days ahead`}; it counts when ${policy.filedWhen}.`,
    `${policy.citation} (${policy.confirmed}).`,
  ];
  return {
    policyId: policy.id,
    kind: policy.kind,
    anchor: policy.anchor,
    anchorOn,
    nominalOn,
    legalOn,
    safeByOn,
    derivation,
    conflict: null,
  };
}

function count(policy: DeadlinePolicy, start: CivilDate): CivilDate {
  const from = policy.includeAnchorDay ? addDays(start, -1) : start;
  switch (policy.unit) {
    case 'calendar':
      return addDays(from, policy.amount);
    case 'business':
      return addBusinessDays(from, policy.amount);
    case 'month':
      return addMonths(from, policy.amount);
    case 'year':
      return addMonths(from, policy.amount * 12);
  }
}

function words(anchor: string): string {
  return anchor.replace(/On$/, ' date').replace(/([a-z])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`);
}
