import { z } from 'zod';
import { applicationStatuses, denialReasons, extraordinaryActions, missingItems } from '../../rules/domain/assistance.ts';
import { amount, date } from './account-shapes.ts';

const percent = z.int();

export const assistanceView = z.object({
  accountNumber: z.string(),
  taxExempt: z.boolean().nullable().meta({ description: 'of the hospital; null while nobody has said' }),
  applications: z.array(
    z.object({
      id: z.string(),
      receivedOn: date,
      ledBy: z.string().nullable().meta({
        description:
          'an application is of the person: the number of the account on which it is checked and decided; null where it is this one',
      }),
      status: z.enum(applicationStatuses),
      missing: z.array(z.enum(missingItems)),
      dueOn: date.nullable().meta({ description: 'by which what is missing was asked for' }),
      decision: z
        .object({
          on: date,
          by: z.string(),
          discountPercent: percent,
          incomePercent: percent.nullable().meta({ description: 'of the poverty guideline' }),
          denial: z.enum(denialReasons).nullable(),
          owesCents: amount.meta({ description: 'for the care, whatever was paid' }),
          validThrough: date
            .nullable()
            .meta({ description: 'later care of the person until that day is covered too; null where it is not' }),
          approvedBy: z.string().nullable().meta({ description: 'where it was above the limit of whoever decided' }),
        })
        .nullable(),
    }),
  ),
  notices: z.array(date).meta({ description: 'written notices before extraordinary actions' }),
  screening: z.string().nullable(),
  applicationPeriodEndsOn: date.nullable(),
  earliestExtraordinaryActionOn: date.nullable().meta({ description: 'null while a step before it is missing' }),
  refused: z
    .array(z.object({ action: z.enum(extraordinaryActions), why: z.string() }))
    .meta({ description: 'extraordinary actions that are refused today, and why' }),
});
export type AssistanceView = z.output<typeof assistanceView>;

export const badDebtLog = z.object({
  from: date,
  through: date,
  cents: amount.meta({ description: 'claims less recoveries' }),
  entries: z.array(
    z.object({
      accountNumber: z.string(),
      patient: z.string(),
      memberId: z.string(),
      servicedFrom: date,
      servicedThrough: date,
      kind: z.enum(['claim', 'recovery']),
      basis: z.enum(['effort', 'dualEligible', 'indigent']),
      on: date.meta({ description: 'written off and given back by every agency; or paid' }),
      firstBillOn: date.nullable(),
      effortEndsOn: date.nullable(),
      medicareRemittanceOn: date.nullable(),
      medicaidRemittanceOn: date.nullable(),
      returnedOn: date.nullable().meta({ description: 'by the last agency' }),
      deductibleCents: amount,
      coinsuranceCents: amount,
      cents: amount,
    }),
  ),
  notClaimed: z
    .array(z.object({ accountNumber: z.string(), why: z.string() }))
    .meta({ description: 'written off or forgiven, and not to be claimed as it stands' }),
});
export type BadDebtLogView = z.output<typeof badDebtLog>;
