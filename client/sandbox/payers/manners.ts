import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { DomainError } from '../../../rules/domain/failures.ts';
import { parseAmount } from '../../../rules/domain/money.ts';
import { parseYaml } from '../../scenario/read.ts';
import type { Weights } from './chance.ts';
import {
  afterwardsNames,
  answerNames,
  frontNames,
  groupNames,
  interchangeNames,
  outcomeNames,
  rejectionNames,
  remitNames,
  shareNames,
} from './outcomes.ts';

/** The manners files (README.md beside them): who answers the hospital, and how. */

function weights<const T extends string>(names: readonly [T, ...T[]]) {
  return z
    .partialRecord(z.enum(names), z.number().min(0))
    .transform((given): Weights<T> => {
      const all: Partial<Record<T, number>> = { ...given };
      return names.flatMap((choice) => ((all[choice] ?? 0) > 0 ? [{ choice, weight: all[choice] ?? 0 }] : []));
    })
    .refine((chosen) => chosen.length > 0, 'expected at least one weight above zero');
}

const range = z.strictObject({ from: z.int().min(0), to: z.int().min(0) }).refine(({ from, to }) => from <= to, 'expected from <= to');
const share = z.number().min(0).max(1);
const percent = z.number().int().min(1).max(100);
const money = z.union([z.number(), z.string()]).transform((value, context) => {
  const parsed = parseAmount(String(value));
  if (parsed !== null) return parsed;
  context.addIssue({ code: 'custom', message: 'expected dollars with at most two decimals, such as 40.00' });
  return z.NEVER;
});

const answers = weights(answerNames);

const payer = z.strictObject({
  party: z.literal('payer'),
  /** NM109 of the payer; `*` answers for every payer that has no file of its own. */
  id: z.string().min(1),
  name: z.string().min(1),
  filing: z.string().default('CI'),
  claimNumbers: z.string().regex(/^[A-Z0-9]{1,6}$/),
  pays: z.strictObject({ every: z.enum(['day', 'week', 'twoWeeks']), on: z.int().min(1).max(7).default(1), hour: z.int().min(0).max(23) }),
  /** From receipt to decision, in days. */
  days: range,
  late: z.strictObject({ share, days: range }),
  contract: z.strictObject({
    percentOfCharge: percent,
    underpaidPercent: percent,
    hasSequestration: z.boolean().default(false),
    interestAfterDays: z.int().min(1).optional(),
    copay: money,
    deductible: money,
    coinsurancePercent: percent,
  }),
  patientShare: weights(shareNames),
  front: weights(frontNames),
  rejections: weights(rejectionNames),
  outcome: weights(outcomeNames),
  afterwards: weights(afterwardsNames),
  /** From a decision to its correction or take-back. */
  afterwardsDays: range,
  remits: weights(remitNames),
  splits: share,
  crossesOver: share,
  duplicates: z.enum(['denied', 'rejected']),
  answers: z.strictObject({ appeal: answers, reconsideration: answers, documents: answers, days: range }),
});

const clearinghouse = z.strictObject({
  party: z.literal('clearinghouse'),
  id: z.string().min(1).max(15),
  name: z.string().min(1),
  interchange: weights(interchangeNames),
  group: weights(groupNames),
  /** An interchange control number that came before: TA1 with note 025, or nothing. */
  repeatedInterchange: z.enum(['refused', 'ignored']),
});

const vendor = z.strictObject({
  party: z.literal('vendor'),
  /** As in the placement; `*` for every other. */
  id: z.string().min(1),
  acknowledges: weights(['accepted', 'rejected', 'silent']),
  acknowledgeDays: range,
  /** What it counts of a file; a wrong count or total is followed by a right one. */
  counts: weights(['right', 'wrongCount', 'wrongTotal']),
  /** What it hears from the patient while it works. */
  reports: weights(['nothing', 'dispute', 'bankrupt', 'insuranceFound', 'complaint', 'assistanceRequested']),
  /** Whether the fee it takes is its contract's. */
  fees: weights(['right', 'wrong']),
  collects: weights(['nothing', 'part', 'all']),
  collectDays: range,
  /** Days after which it gives back what it could not collect. */
  keepsDays: z.int().min(1),
  recall: weights(['returned', 'silent']),
  recallDays: range,
  /** How a placement stands in its inventory. */
  lists: weights(['right', 'missing', 'wrongBalance']),
  /** Lists with a placement that was never placed. */
  extras: share,
  /** Whether it transfers what its remit comes to. */
  remits: weights(['right', 'wrongNet']),
  /** Wrong fees that it puts right in its next remit. */
  corrects: share,
  contacts: weights(['lawful', 'atNight']),
  listsEveryDays: z.int().min(1),
  remitsEveryDays: z.int().min(1),
  callsEveryDays: z.int().min(7),
});

const patients = z.strictObject({
  party: z.literal('patients'),
  pays: weights(['full', 'parts', 'plan', 'never']),
  payDays: range,
});

/** One claim's, or one pattern's, fate told instead of drawn; what is not told is drawn as ever. */
const toldFate = z.strictObject({
  /** CLM01, or what stands before its last point; `*` stands for any characters. */
  claim: z.string().min(1),
  payer: z.string().optional(),
  attempt: z.int().min(1).optional(),
  interchange: z.enum(interchangeNames).optional(),
  group: z.enum(groupNames).optional(),
  front: z.enum(frontNames).optional(),
  rejection: z.enum(rejectionNames).optional(),
  outcome: z.enum(outcomeNames).optional(),
  patientShare: z.enum(shareNames).optional(),
  afterwards: z.enum(afterwardsNames).optional(),
  remit: z.enum(remitNames).optional(),
  days: z.int().min(0).optional(),
  splits: z.boolean().optional(),
  crossesOver: z.boolean().optional(),
  answer: z.enum(answerNames).optional(),
});

const party = z.discriminatedUnion('party', [payer, clearinghouse, vendor, patients]);

export type PayerManners = z.output<typeof payer>;
export type ClearinghouseManners = z.output<typeof clearinghouse>;
export type VendorManners = z.output<typeof vendor>;
export type PatientManners = z.output<typeof patients>;
export type ToldFate = z.output<typeof toldFate>;

export interface Manners {
  readonly clearinghouse: ClearinghouseManners;
  readonly payers: readonly PayerManners[];
  readonly vendors: readonly VendorManners[];
  readonly patients: PatientManners;
  /** The first that fits a claim counts. */
  readonly fates: readonly ToldFate[];
}

/** The parties in a folder of manners files. @throws DomainError `manners.broken`, naming file and place, also when a party is missing */
export function readManners(folder: string = import.meta.dirname): Manners {
  const names = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
  const parties = names.toSorted().map((name) => checked(party, parseYaml(readFileSync(join(folder, name), 'utf8'), name), name));
  const clearinghouses = parties.filter((one) => one.party === 'clearinghouse');
  const people = parties.filter((one) => one.party === 'patients');
  const payers = parties.filter((one) => one.party === 'payer');
  const vendors = parties.filter((one) => one.party === 'vendor');
  const [house] = clearinghouses;
  const [patientManners] = people;
  if (house === undefined || clearinghouses.length > 1 || patientManners === undefined || people.length > 1)
    throw new DomainError('manners.broken', `${folder} must hold one clearinghouse and one file of patients`);
  if (![payers, vendors].every((some) => some.some(({ id }) => id === '*')))
    throw new DomainError(
      'manners.broken',
      `${folder} must hold a payer and a vendor with the id "*", for those without a file of their own`,
    );
  return { clearinghouse: house, payers, vendors, patients: patientManners, fates: [] };
}

/** A list of fates, as a scenario tells them. @throws DomainError `manners.broken` */
export function parseFates(text: string, path: string): readonly ToldFate[] {
  return checked(z.array(toldFate), parseYaml(text, path), path);
}

function checked<T>(schema: z.ZodType<T>, document: unknown, path: string): T {
  const parsed = schema.safeParse(document);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `  ${issue.path.map(String).join('.') || 'the whole file'}: ${issue.message}`);
  throw new DomainError('manners.broken', `${path} is not a manners file:\n${faults.join('\n')}`);
}
