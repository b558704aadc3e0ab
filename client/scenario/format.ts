import { z } from 'zod';
import { actions, queues } from '../../rules/domain/decision.ts';
import { roles } from '../../rules/domain/role.ts';
import { parseAmount } from '../../rules/domain/money.ts';
import { commandParams } from './format-params.ts';
import { assistanceArrivals, assistanceDeed, assistanceExpectation } from './format-assistance.ts';
import { holdArrival, refundArrival } from './format-holds.ts';
import { planArrivals, planExpectation } from './format-plan.ts';
import { acceptance, expectedDifference, ledgerArrivals, unwantedDifferences } from './format-vendor-ledger.ts';
import { vendorArrival } from './format-vendors.ts';
import { date, money } from './values.ts';

/** The scenario file (test/scenarios/README.md): what arrives on which day, what people do, and what must be true after it. */

/** `CO-197 2400.00 N290 MA130`: group, CARC, dollars, remark codes. */
const adjustment = z.string().transform((text, context) => {
  const match = /^(CO|PR|OA|PI|CR)-(\w{1,4}) (-?\d+(?:\.\d{1,2})?)((?: \w{2,5})*)$/.exec(text.trim());
  const cents = match?.[3] === undefined ? null : parseAmount(match[3]);
  if (match === null || cents === null) {
    context.addIssue({ code: 'custom', message: 'expected an adjustment such as "CO-197 2400.00 N290"' });
    return z.NEVER;
  }
  const rarcs = (match[4] ?? '').split(' ').filter((rarc) => rarc !== '');
  return { group: z.enum(['CO', 'PR', 'OA', 'PI', 'CR']).parse(match[1]), carc: match[2] ?? '', cents, rarcs };
});

const coverage = z.strictObject({
  payer: z.string(),
  name: z.string().optional(),
  filing: z.string().default('CI'),
  member: z.string().optional(),
});

const line = z.strictObject({
  code: z.string().default('99999'),
  modifiers: z.array(z.string()).optional(),
  revenue: z.string().optional(),
  charge: money,
  units: z.number().default(1),
});

const claim = z.strictObject({
  account: z.string().max(17),
  type: z.enum(['professional', 'institutional']).default('professional'),
  serviced: date,
  through: date.optional(),
  charge: money,
  lines: z.array(line).optional(),
  payers: z.array(coverage).min(1),
  authorization: z.string().optional(),
  state: z.string().length(2).default('OH'),
  patient: z.string().optional(),
});

const acknowledgement = z.strictObject({
  claim: z.string(),
  kind: z.enum(['999', '277CA']).default('277CA'),
  code: z.string(),
  status: z.string().default('20'),
  by: z.enum(['payer', 'clearinghouse']).default('payer'),
  payerClaim: z.string().optional(),
});

const remittanceLine = z.strictObject({
  charge: money,
  paid: money,
  adjust: z.array(adjustment).default([]),
  code: z.string().default('99999'),
  modifiers: z.array(z.string()).default([]),
  units: z.number().default(1),
});

const remittance = z.strictObject({
  payer: z.string(),
  trace: z.string().optional(),
  /** Of the payment, when the file came on another day. */
  dated: date.optional(),
  claims: z
    .array(
      z.strictObject({
        claim: z.string(),
        status: z.string().default('1'),
        charge: money,
        paid: money,
        adjust: z.array(adjustment).default([]),
        lines: z.array(remittanceLine).default([]),
        payerClaim: z.string(),
        crossover: z.string().optional(),
        received: date.optional(),
        interest: money.optional(),
        original: z.string().optional(),
        patient: z.string().optional(),
      }),
    )
    .min(1),
  provider: z.array(z.strictObject({ code: z.string(), reference: z.string().default(''), amount: money })).default([]),
});

const request = z.strictObject({
  claim: z.string(),
  number: z.string(),
  due: date.optional(),
  codes: z.array(z.string()).min(1),
  payerClaim: z.string().optional(),
});

const payment = z.strictObject({ account: z.string(), id: z.string(), amount: money, via: z.enum(['direct', 'vendor']).default('direct') });

const vendor = z.strictObject({
  account: z.string(),
  placement: z.string().default('p1'),
  event: z.enum(['ack-accepted', 'ack-rejected', 'returned']),
  reason: z.string().default(''),
});

const arrival = z.union([
  z.strictObject({ claim }),
  z.strictObject({ acknowledgement }),
  z.strictObject({ remittance }),
  z.strictObject({ request }),
  z.strictObject({ payment }),
  z.strictObject({ vendor }),
  ...assistanceArrivals,
  z.strictObject({ hold: holdArrival }),
  z.strictObject({ refund: refundArrival }),
  ...planArrivals,
  vendorArrival,
  ...ledgerArrivals,
  z.strictObject({ x12: z.string() }),
  z.strictObject({ file: z.string() }),
]);

const evidence = z
  .strictObject({
    contracted: z.boolean().exactOptional(),
    selfFunded: z.boolean().exactOptional(),
    memberConsent: z.boolean().exactOptional(),
    waiverOfLiability: z.boolean().exactOptional(),
    medicalJudgement: z.boolean().exactOptional(),
    ourDataWrong: z.boolean().exactOptional(),
    minimumInControversy: money.exactOptional(),
  })
  .transform(({ minimumInControversy, ...rest }) =>
    minimumInControversy === undefined ? rest : { ...rest, minimumInControversyCents: minimumInControversy },
  );

const deed = z.strictObject({
  account: z.string().optional(),
  task: z.string().default(''),
  outcome: z.string().default(''),
  by: z.string().optional(),
  role: z.enum(roles).optional(),
  /** In place of an outcome: what the person tells the account (rules/domain/instruction.ts). */
  do: z.enum(['take', 'give', 'drop', 'override', 'undo', 'hold', 'release', 'estimate', 'promise']).optional(),
  to: z.string().optional(),
  queue: z.enum(queues).optional(),
  action: z.enum(actions).optional(),
  reason: z.string().optional(),
  hold: z.string().optional(),
  review: date.optional(),
  /** Of a promise: how much, and by when. */
  amount: money.optional(),
  due: date.optional(),
  on: date.optional(),
  reference: z.string().optional(),
  authorization: z.string().optional(),
  member: z.string().optional(),
  /** Of a payer that was found, and its SBR09. */
  payer: z.string().optional(),
  filing: z.string().optional(),
  renderingNpi: z.string().optional(),
  instalment: money.optional(),
  ...assistanceDeed,
  /** What the person knows of the case (GivenEvidence). */
  evidence: evidence.optional(),
  /** The level of appeal the payer's answer speaks of. */
  level: z.number().optional(),
  /** The outcome must be refused, with these words in the reason. */
  refused: z.string().optional(),
});

const dates = z.strictObject({
  nominal: date.optional(),
  legal: date.optional(),
  safeBy: date.optional(),
  status: z.enum(['open', 'met', 'reached']).optional(),
});

const taskExpectation = z.strictObject({
  kind: z.string(),
  /** Who works it; `nobody` too. */
  assignee: z.string().optional(),
  queue: z.string().optional(),
  safeBy: date.optional(),
  legal: date.optional(),
  rule: z.string().optional(),
  opened: date.optional(),
  amount: money.optional(),
  /** Words that its title or its reason must have. */
  says: z.string().optional(),
});

/** One record: what was refused, what became of it, and where the work on its case stands. */
const denialExpectation = z.strictObject({
  of: z.string(),
  line: z.number().optional(),
  amount: money,
  recovered: money.optional(),
  status: z.enum(['denied', 'partlyRecovered', 'recovered', 'undone']).optional(),
  work: z.string().optional(),
});

const commandExpectation = z.strictObject({
  kind: z.string(),
  frequency: z.string().optional(),
  status: z.string().default('sent'),
  params: commandParams,
});

const expectation = z.strictObject({
  account: z.string().optional(),
  phase: z.string().optional(),
  balance: money.optional(),
  buckets: z.partialRecord(z.enum(['payer1', 'payer2', 'payer3', 'patient']), money).optional(),
  path: z.string().optional(),
  category: z.string().optional(),
  owner: z.string().optional(),
  next: date.optional(),
  deadlines: z.record(z.string(), dates).optional(),
  timers: z.record(z.string(), date).optional(),
  /** The one word for each claim, by payer sequence. */
  claims: z.array(z.string()).optional(),
  /** The payment plan: where it stands, how many it covers, what is missed. */
  plan: planExpectation.optional(),
  /** What became of every promise, in their order. */
  promises: z.array(z.string()).optional(),
  /** All records there ever were, in their order. */
  denials: z.array(denialExpectation).optional(),
  /** What is posted of a kind on the whole account, after what was undone. */
  posted: z.record(z.string(), money).optional(),
  tasks: z.array(taskExpectation).optional(),
  noTasks: z.boolean().optional(),
  /** Everything that needs somebody's yes, as `kind: state`, in the order in which it was composed. */
  proposals: z.array(z.string()).optional(),
  sent: z.array(commandExpectation).optional(),
  proof: date.optional(),
  terminal: z.boolean().optional(),
  /** All that stands open with vendors: of the account where one is named, else of the whole story. */
  differences: z.array(expectedDifference).optional(),
  ...assistanceExpectation(date),
});

/** Things that must not have happened by the end of the story. */
const never = z.strictObject({
  tasks: z.array(z.string()).default([]),
  paths: z.array(z.string()).default([]),
  commands: z.array(z.string()).default([]),
  frequencies: z.array(z.string()).default([]),
  denials: z.boolean().default(false),
  patientBilled: z.boolean().default(false),
  deadlines: z.array(z.string()).default([]),
  /** Kinds that stood open with no vendor at the end of any day of the story. */
  differences: unwantedDifferences,
});

const day = z.strictObject({
  on: date,
  why: z.string().optional(),
  arrives: z.array(arrival).default([]),
  does: z.array(deed).default([]),
  /** Differences with vendors that a person leaves as they are. */
  accepts: z.array(acceptance).optional(),
  expect: z.union([expectation, z.array(expectation)]).optional(),
});

export const scenarioSchema = z.strictObject({
  scenario: z.string(),
  title: z.string(),
  zone: z.string().default('America/New_York'),
  /** Of the hospital, while the story runs; nothing is said of it when absent. */
  facility: z.strictObject({ taxExempt: z.boolean() }).optional(),
  days: z.array(day).min(1),
  never: never.optional(),
});

export type Scenario = z.output<typeof scenarioSchema>;
export type ScenarioDay = Scenario['days'][number];
export type ScenarioArrival = ScenarioDay['arrives'][number];
export type Deed = ScenarioDay['does'][number];
export type Expectation = z.output<typeof expectation>;
export type Never = z.output<typeof never>;
export type ClaimArrival = z.output<typeof claim>;
export type RemittanceArrival = z.output<typeof remittance>;
export type RequestArrival = z.output<typeof request>;
export type AcknowledgementArrival = z.output<typeof acknowledgement>;
