import { z } from 'zod';
import { differenceKinds } from '../../rules/vendors/difference.ts';
import { amount, date } from './account-shapes.ts';

const count = z.int();
const share = z.int().meta({ description: 'in hundredths of a percent' });

export const differenceView = z.object({
  id: z.string(),
  vendor: z.string(),
  kind: z.enum(differenceKinds),
  about: z.string().meta({ description: 'the placement, payment or remit that it is about' }),
  reference: z.string().meta({ description: 'our number for the placement; empty where none is known' }),
  oursCents: amount,
  theirsCents: amount,
  differingCents: amount,
  words: z.string(),
  firstFoundOn: date,
  lastFoundOn: date,
  days: count.meta({ description: 'since it was first found' }),
  age: z.string().meta({ description: 'as receivables age: 0-30, 31-60, …' }),
  file: z.string().meta({ description: 'with which it was last found' }),
  accepted: z
    .object({ by: z.string(), on: date, note: z.string() })
    .nullable()
    .meta({ description: 'left as it is until an amount changes' }),
  next: z.string(),
});
export type DifferenceView = z.output<typeof differenceView>;

const age = z.object({ name: z.string(), count, cents: amount });

export const vendorView = z.object({
  vendor: z.string(),
  name: z.string(),
  contract: z.string().nullable().meta({ description: 'that holds today; null when there is none' }),
  tiers: z.array(z.string()),
  offered: count,
  placed: count,
  recalling: count,
  returned: count,
  refused: count,
  inventoryOn: date.nullable().meta({ description: 'day of its last inventory' }),
  remittedOn: date.nullable(),
  differences: count.meta({ description: 'that stand and were not accepted' }),
  differingCents: amount,
  ageing: z.array(age),
});
export type VendorView = z.output<typeof vendorView>;

const fees = z.object({
  matched: count,
  inFlight: count,
  differing: count,
  grossCents: amount,
  chargedFeeCents: amount,
  expectedFeeCents: amount,
});
const inventory = z.object({
  asOf: date,
  receivedOn: date,
  ours: count,
  theirs: count,
  matched: count,
  inFlight: count,
  differing: count,
  differingCents: amount,
  differingBasisPoints: share,
});

export const vendorStanding = vendorView.extend({
  inventory: inventory.nullable(),
  cash: fees.meta({ description: 'payments that it reported or remitted' }),
  terms: z.array(z.string()).meta({ description: 'what it may keep, and how long it may take, in words' }),
});
export type VendorStanding = z.output<typeof vendorStanding>;

const latency = z.object({
  count,
  median: count.nullable(),
  ninetieth: count.nullable(),
  longest: count.nullable(),
  waiting: count,
  late: count,
});
const sums = { placements: count, placedCents: amount, collectedCents: amount, liquidationBasisPoints: share };

export const scorecardView = z.object({
  vendor: z.string(),
  asOf: date,
  ...sums,
  refused: count,
  batches: z.array(
    z.object({ month: z.string(), tier: z.string(), ...sums, after: z.array(z.object({ days: count, basisPoints: share.nullable() })) }),
  ),
  bands: z.array(z.object({ name: z.string(), ...sums })),
  acknowledgement: latency.meta({ description: 'days from the offer' }),
  recall: latency.meta({ description: 'days from the recall to the return' }),
  complaints: count,
  complaintsPerThousand: count,
  contactViolations: z
    .object({ law: count, practice: count })
    .meta({ description: 'contacts that should not have been, by what forbids them' }),
  cash: fees,
  inventory: inventory.nullable(),
  neverWorked: z.array(z.object({ name: z.string(), held: count, neverWorked: count, neverWorkedCents: amount })),
});
export type ScorecardView = z.output<typeof scorecardView>;

export const neverWorkedView = z.object({
  reference: z.string(),
  accountNumber: z.string(),
  placedOn: date,
  days: count,
  balanceCents: amount,
});
export type NeverWorkedView = z.output<typeof neverWorkedView>;
