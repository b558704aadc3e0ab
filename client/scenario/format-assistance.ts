import { z } from 'zod';
import {
  applicationStatuses,
  attemptOutcomes,
  denialReasons,
  missingItems,
  oralChannels,
  screeningResults,
} from '../../rules/domain/assistance.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { moment } from './values.ts';
import type { AssistanceForm } from '../../rules/domain/assistance.ts';

/** What a story says about assistance (test/scenarios/README.md). */

/** An application, or more papers for the one that is open. */
const application = z.strictObject({ account: z.string(), id: z.string().default('FAP1') });
const screening = z.strictObject({ account: z.string(), result: z.enum(screeningResults) });

export const assistanceArrivals = [z.strictObject({ application }), z.strictObject({ screening })] as const;

type AssistanceArrivalTold = z.output<(typeof assistanceArrivals)[number]>;

/** What must be true of statements, notices, holds and the application. */
export const assistanceExpectation = (date: z.ZodType<CivilDate>) => ({
  statements: z.array(date).optional(),
  notices: z.array(date).optional(),
  held: z.array(z.string()).optional(),
  assistance: z.enum(['none', ...applicationStatuses]).optional(),
  /** Words that what is said of Medicare bad debt must have. */
  badDebt: z.string().optional(),
});

/** In a deed: what the person finds missing, the household, or why it is denied. */
export const assistanceDeed = {
  missing: z.array(z.enum(missingItems)).optional(),
  household: z.strictObject({ size: z.int().min(1), income: z.number().min(0) }).optional(),
  denial: z.enum(denialReasons).exclude(['incomeAboveScale']).optional(),
  /** How somebody tried to tell the patient, and when (an instant, `2026-06-22T15:00:00Z`). */
  attempt: z.strictObject({ channel: z.enum(oralChannels).default('call'), outcome: z.enum(attemptOutcomes), at: moment }).optional(),
};

const deedShape = z.object(assistanceDeed);

export function assistanceFormOf({ missing, household, denial, attempt }: z.output<typeof deedShape>): {
  readonly assistance?: AssistanceForm;
} {
  const said: AssistanceForm = {
    ...(missing === undefined ? {} : { missing }),
    ...(household === undefined ? {} : { household: { size: household.size, annualIncomeCents: Math.round(household.income * 100) } }),
    ...(denial === undefined ? {} : { denial }),
    ...(attempt === undefined ? {} : { attempt }),
  };
  return Object.keys(said).length === 0 ? {} : { assistance: said };
}

export function isAboutAssistance<T extends object>(arrival: T): arrival is T & AssistanceArrivalTold {
  return 'application' in arrival || 'screening' in arrival;
}

/** The feed in which it comes, and what it says. */
export function assistanceFeedOf(arrival: AssistanceArrivalTold, on: CivilDate) {
  const account = 'application' in arrival ? arrival.application.account : arrival.screening.account;
  const event = 'application' in arrival ? 'applied' : `screened-${arrival.screening.result}`;
  const reference = 'application' in arrival ? arrival.application.id : '';
  const body =
    'application' in arrival
      ? ({ kind: 'assistanceApplied', applicationId: arrival.application.id, on } as const)
      : ({ kind: 'assistanceScreened', result: arrival.screening.result, on } as const);
  const csv = `account_number,event,on,reference\n${account},${event},${on},${reference}\n`;
  return { kind: 'feed', name: `${on}-${account}-${event}-assistance.csv`, csv, accountNumber: account, body } as const;
}

export function taggedAssistance(arrival: AssistanceArrivalTold, tag: string): AssistanceArrivalTold {
  if ('application' in arrival) return { application: { ...arrival.application, account: tag + arrival.application.account } };
  return { screening: { ...arrival.screening, account: tag + arrival.screening.account } };
}
