import { z } from 'zod';
import type { BusinessCalendar, DeadlinePolicy } from '../domain/deadline.ts';
import { DomainError } from '../domain/failures.ts';
import {
  calendarNamed,
  calendarsShape,
  faultsText,
  hasRollToConfirm,
  noRollToConfirm,
  policyFields,
  unknownCalendar,
} from './policy-shape.ts';

const policyShape = z.strictObject(policyFields).refine(hasRollToConfirm, noRollToConfirm);

const fileShape = z
  .strictObject({ calendars: calendarsShape.default([]), policies: z.array(policyShape) })
  .superRefine(({ calendars, policies }, context) => {
    const first = new Map<string, number>();
    policies.forEach(({ id, calendar }, index) => {
      const before = first.get(id);
      if (before === undefined) first.set(id, index);
      else
        context.addIssue({
          code: 'custom',
          path: ['policies', index, 'id'],
          message: `id ${id} is already used at policies[${before}]`,
        });
      if (calendarNamed(calendar, calendars) === null)
        context.addIssue({ code: 'custom', path: ['policies', index, 'calendar'], input: calendar, message: unknownCalendar(calendars) });
    });
  });

/** The lists of days off that a policy file carries. */
export interface DeadlineReference {
  readonly calendars: readonly BusinessCalendar[];
  readonly policies: readonly DeadlinePolicy[];
}

/**
 * Reads a policy file, `{ "calendars": [...], "policies": [...] }`.
 * @throws DomainError `deadline.unreadable-policies`, naming every fault by its path.
 */
export function readReference(json: unknown): DeadlineReference {
  const read = fileShape.safeParse(json, { reportInput: true });
  if (!read.success) throw new DomainError('deadline.unreadable-policies', faultsText(read.error));
  const calendars = read.data.calendars.map(calendarOf);
  const policies = read.data.policies.flatMap(({ calendar: id, effective, ...rest }): readonly DeadlinePolicy[] => {
    const calendar = calendarNamed(id, calendars);
    if (calendar === null) return [];
    return [{ ...rest, calendar, effective: effective ?? { from: null, to: null, basis: rest.anchor } }];
  });
  return { calendars, policies };
}

/** Only the policies of the file. @throws as `readReference` */
export function readPolicies(json: unknown): readonly DeadlinePolicy[] {
  return readReference(json).policies;
}

export function calendarOf({ id, title, daysOff }: z.infer<typeof calendarsShape>[number]): BusinessCalendar {
  return { id, title, daysOff };
}
