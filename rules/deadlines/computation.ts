import { z } from 'zod';
import { type CivilDate, type Instant, instant } from '../domain/civil-date.ts';
import { type AnchorDates, anchorKinds, type DeadlinePolicy, type DerivedDeadline } from '../domain/deadline.ts';
import { DomainError } from '../domain/failures.ts';
import { countsOn, deriveFrom, type Filing } from './derive.ts';
import {
  calendarNamed,
  calendarsShape,
  dateShape,
  faultsText,
  hasRollToConfirm,
  noRollToConfirm,
  policyFields,
  unknownCalendar,
} from './policy-shape.ts';
import { calendarOf, type DeadlineReference } from './read-policies.ts';

/** Beyond these no holiday is known for certain, and nobody files a claim. */
const anchorDate = dateShape.refine((date) => date >= '1990-01-01' && date <= '2199-12-31', 'a date from 1990 to 2199');

const askedShape = z
  .strictObject({
    rule: z.unknown(),
    anchor: anchorDate.optional(),
    anchors: z.partialRecord(z.enum(anchorKinds), anchorDate).optional(),
    calendars: calendarsShape.default([]),
    filed: z
      .strictObject({
        sentOn: dateShape.exactOptional(),
        postmarkedOn: dateShape.exactOptional(),
        received: z
          .union(
            [dateShape, z.iso.datetime({ offset: true }).transform((text): Instant => instant(text))],
            'a date or a moment with its offset',
          )
          .exactOptional(),
      })
      .optional(),
  })
  .refine(({ anchor, anchors }) => (anchor === undefined) !== (anchors === undefined), {
    path: ['anchors'],
    message: 'expected either "anchor", one date for the rule’s own anchor, or "anchors", dates by name',
  });

/** A rule that a person states needs no more than an amount and a unit. */
const statedShape = z
  .strictObject({
    ...policyFields,
    id: policyFields.id.default('stated-rule'),
    kind: policyFields.kind.default('filing'),
    anchor: policyFields.anchor.default('noticeOn'),
    citation: policyFields.citation.default('A rule stated for this computation'),
    source: policyFields.source.default('no source given'),
    seenOn: policyFields.seenOn.nullable().default(null),
    confirmed: policyFields.confirmed.default('unconfirmed'),
  })
  .refine(hasRollToConfirm, noRollToConfirm);

export interface Computed {
  readonly deadline: DerivedDeadline;
  /** Present when it was told when something was filed: the day it counts on, and whether that is in time by the legal date. */
  readonly filing: { readonly countsOn: CivilDate; readonly isInTime: boolean } | null;
}

/**
 * One rule and its anchors, as a person or another program states them:
 * `{ "rule": {…} or the id of a policy, "anchor": date or "anchors": { name: date }, "calendars": […], "filed": {…} }`.
 * @throws DomainError `deadline.bad-computation`: every fault by place, what came and what was expected
 */
export function compute(json: unknown, reference: DeadlineReference): Computed {
  const asked = askedShape.safeParse(json, { reportInput: true });
  if (!asked.success) throw bad(faultsText(asked.error));
  const { anchor, anchors, filed } = asked.data;
  const policy = ruleOf(asked.data.rule, { ...reference, calendars: [...asked.data.calendars.map(calendarOf), ...reference.calendars] });
  const dates: AnchorDates = anchor === undefined ? (anchors ?? {}) : { [policy.anchor]: anchor };
  const deadline = deriveFrom(policy, dates);
  if (deadline === null) {
    const known = Object.keys(dates).join(', ') || 'none';
    throw bad(`anchors: the rule counts from ${anchorsOf(policy).join(', ')}; came ${known}; expected a date for one it counts from`);
  }
  return { deadline, filing: filed === undefined ? null : filingOf(policy, filed, deadline) };
}

function ruleOf(rule: unknown, { calendars, policies }: DeadlineReference): DeadlinePolicy {
  if (typeof rule === 'string') {
    const found = policies.find(({ id }) => id === rule);
    if (found === undefined)
      throw bad(
        `rule: no policy has this id; came ${JSON.stringify(rule)}; expected one that recourse deadlines policies lists, or a rule`,
      );
    return found;
  }
  const read = statedShape.safeParse(rule, { reportInput: true });
  if (!read.success) throw bad(faultsText(read.error, 'rule'));
  const { calendar: id, effective, ...rest } = read.data;
  const calendar = calendarNamed(id, calendars);
  if (calendar === null) throw bad(`rule.calendar: ${unknownCalendar(calendars)}; came ${JSON.stringify(id)}`);
  return { ...rest, calendar, effective: effective ?? { from: null, to: null, basis: rest.anchor } };
}

function anchorsOf(policy: DeadlinePolicy): readonly string[] {
  return [...new Set([policy, ...policy.orIfLater, ...policy.notLaterThan].map(({ anchor }) => anchor))];
}

function filingOf(policy: DeadlinePolicy, filed: Filing, { legalOn }: DerivedDeadline): Computed['filing'] {
  const on = countsOn(policy, filed);
  if (on !== null) return { countsOn: on, isInTime: on <= legalOn };
  const asked = { received: 'received', postmarked: 'postmarkedOn', sent: 'sentOn' }[policy.filedWhen];
  const why = filed.received === undefined ? `it counts when ${policy.filedWhen}` : 'a moment needs a rule with a cut-off and its zone';
  throw bad(
    `filed.${asked}: ${why}; came ${Object.keys(filed).join(', ') || 'nothing'}; expected ${asked === 'received' ? 'the date' : 'it'}`,
  );
}

function bad(message: string): DomainError {
  return new DomainError('deadline.bad-computation', message);
}
