import type { SubmittedTask, SubmittedTelling, TaskAnswer } from '../../client/accounts.ts';
import { main } from '../../client/cli/main.ts';
import type { DeadlineProofs } from '../../client/deadline-proof.ts';
import type { Engine } from '../../client/engine.ts';
import type { FoundAccount } from '../../client/reads.ts';
import type { RuleOffice } from '../../client/rule-office.ts';
import type { AccountView } from '../../client/views/account-shapes.ts';
import type { SettleAnswer, SubmittedSettlement } from '../../client/settling.ts';
import type { DoctorCheck, TakenFile, UnmatchedView } from '../../client/views/work-shapes.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';

/** An engine that knows one account, for what stands before it: the command line and the API. */

const on = civilDate;

export const oneAccount: AccountView = {
  id: '019aa000-0000-7000-8000-000000000001',
  accountNumber: '10023',
  phase: 'disputing',
  payerId: '60054',
  owner: { kind: 'queue', name: 'appeals' },
  queue: 'appeals',
  balanceCents: 240_000,
  nextStep: { on: on('2026-10-09'), at: '2026-10-09T12:00:00.000Z', reason: 'appeal1' },
  terminal: false,
  state: 'OH',
  claimType: 'institutional',
  servicedFrom: on('2026-03-20'),
  servicedThrough: on('2026-03-20'),
  chargeCents: 240_000,
  buckets: [{ bucket: 'payer1', balanceCents: 240_000 }],
  claims: [
    {
      sequence: 1,
      payerId: '60054',
      payerClass: 'commercial',
      status: 'disputing',
      payerClaimNumber: 'EX1234',
      submissions: [
        { key: '10023', frequency: '1', sentOn: on('2026-03-20'), status: 'accepted', acceptedOn: on('2026-03-23'), rejection: null },
      ],
      lines: [{ lineNumber: null, payerClaimNumber: 'EX1234', status: 'denied', paidCents: 0, deniedCents: 240_000 }],
      cases: [
        {
          id: 'c1',
          category: 'AUT',
          status: 'working',
          deniedOn: on('2026-04-10'),
          amountCents: 240_000,
          denials: [
            {
              lineNumber: null,
              group: 'CO',
              carc: '197',
              rarcs: ['N290'],
              cents: 240_000,
              offset: 412,
              lineStatus: 'denied',
              recoveredCents: 0,
            },
          ],
          words: [],
          paths: [{ kind: 'appeal', level: 1, takenOn: on('2026-07-24'), filedOn: null, answeredOn: null, answer: null }],
          deadlines: [
            {
              id: 'd4',
              kind: 'appeal1',
              subject: 'case c1',
              status: 'open',
              policyId: 'aetna.appeal1',
              anchor: 'answeredOn',
              anchorOn: on('2026-07-24'),
              nominalOn: on('2026-09-22'),
              legalOn: on('2026-09-22'),
              safeByOn: on('2026-09-15'),
              derivation: ['60 calendar days after 2026-07-24: 2026-09-22'],
              conflict: null,
            },
          ],
        },
      ],
      deadlines: [],
    },
  ],
  patient: {
    status: 'notDue',
    statements: [],
    plan: { status: 'none', instalmentCents: 0, since: null },
    paidCents: 0,
    placements: [],
    deadlines: [],
  },
  tasks: [
    {
      id: 't3',
      kind: 'prepareAppeal',
      queue: 'appeals',
      title: 'Write the appeal',
      reason: 'The reconsideration was upheld.',
      ruleId: 'aetna-upheld',
      status: 'open',
      openedOn: on('2026-07-24'),
      safeByOn: on('2026-09-15'),
      legalOn: on('2026-09-22'),
      amountCents: 240_000,
      outcomes: ['ready', 'notDisputable'],
      outcome: null,
      closedOn: null,
      closedBy: null,
      assignee: null,
      proposedBy: null,
    },
  ],
  holds: [],
};

export const unmatchedTask: UnmatchedView = {
  id: '019aa000-0000-7000-8000-00001a2b3c4d',
  name: 'unmatched/1a2b3c4d',
  kind: 'matchRemittance',
  title: 'Find the account of a remittance claim',
  reason: 'Neither CLP01 nor CLP07 is known here.',
  payerId: '60054',
  amountCents: 12_000,
  openedOn: on('2026-09-09'),
  safeByOn: on('2026-09-12'),
  status: 'open',
  outcomes: ['matched', 'notOurs', 'sentBack'],
  outcome: null,
  closedOn: null,
  closedBy: null,
  file: { id: '019aa000-0000-7000-8000-0000000000f1', name: 'a.835', offset: 512 },
  candidates: [{ accountId: oneAccount.id, accountNumber: '10023', why: 'charge equal, service date 1 day off' }],
};

function never(): never {
  throw new Error('this fake does not know that');
}

const noRuns: Engine['runs'] = { send: never, isWaiting: never, list: async () => [], resolve: never, schedule: never };

/** An office of which a test says what it does. */
export const noOffice: RuleOffice = {
  act: never,
  live: never,
  publications: never,
  audit: never,
  drafts: never,
  draft: never,
  draftFiles: never,
  files: never,
  create: never,
  save: never,
  check: never,
  weigh: never,
  publish: never,
  rollBack: never,
  resume: never,
  goOn: never,
};

const noProofs: DeadlineProofs = { prove: never, last: async () => null, statements: async () => [], verify: never, schedule: never };

export interface FakeOptions {
  readonly answer?: TaskAnswer;
  readonly settled?: SettleAnswer;
  readonly checks?: readonly DoctorCheck[];
  readonly taken?: TakenFile;
  readonly rules?: Partial<RuleOffice>;
  readonly deadlines?: Partial<DeadlineProofs>;
}

export interface FakeEngine extends Engine {
  readonly submitted: SubmittedTask[];
  readonly told: SubmittedTelling[];
  readonly settlements: SubmittedSettlement[];
  readonly isClosed: () => boolean;
}

export const placementFile = {
  vendor: 'VENDOR1',
  name: 'placement-000000042.csv',
  sentOn: on('2026-07-14'),
  count: 3,
  totalCents: 102_500,
  status: 'disputed',
  saidOn: on('2026-07-15'),
  saidCount: 2,
  saidTotalCents: 75_000,
  rejected: 0,
};

export function fakeEngine({ answer, settled, checks = [], taken, rules = {}, deadlines = {} }: FakeOptions = {}): FakeEngine {
  const submitted: SubmittedTask[] = [];
  const told: SubmittedTelling[] = [];
  const settlements: SubmittedSettlement[] = [];
  let closed = false;
  const found: FoundAccount = {
    id: oneAccount.id,
    view: oneAccount,
    timeline: [
      { id: 'e1', position: 1, at: '2026-03-20T13:00:00.000Z', on: on('2026-03-20'), kind: 'accountOpened', sentence: 'Account opened' },
    ],
    ledger: [],
    today: on('2026-09-10'),
    zone: 'America/New_York',
  };
  return {
    submitted,
    told,
    settlements,
    isClosed: () => closed,
    reads: {
      ping: async () => {},
      account: async (name) => (name === oneAccount.accountNumber || name === oneAccount.id ? found : null),
      accounts: async () => [oneAccount],
      decision: async () => null,
      queues: async () => [{ queue: 'appeals', open: 1, late: 0, amountCents: 240_000, firstSafeByOn: on('2026-09-15') }],
      tasks: async () => ({ tasks: [], next: null }),
      files: async () => [],
      placementFiles: async (vendor) => (vendor === null || vendor === placementFile.vendor ? [placementFile] : []),
      sentFiles: async () => [],
      file: async () => null,
      unmatchedOfFile: async () => ({ claims: [], next: null }),
      form: async () => null,
      proposals: async () => [],
      overruled: async () => [],
      sentFile: async () => [],
      outboundOf: async () => [],
      outboundContent: async () => null,
      unmatched: async (name) => (name === unmatchedTask.name ? unmatchedTask : null),
    },
    accounts: {
      completeTask: async (_accountId, task) => {
        submitted.push(task);
        return (
          answer ?? { kind: 'done', account: { phase: 'disputing', balanceCents: 240_000, openTasks: [], nextActionAt: null, seq: 9 } }
        );
      },
      tell: async (_accountId, telling) => {
        told.push(telling);
        return (
          answer ?? { kind: 'done', account: { phase: 'disputing', balanceCents: 240_000, openTasks: [], nextActionAt: null, seq: 9 } }
        );
      },
      advanceDays: never,
      state: never,
    },
    settle: async (settlement) => {
      settlements.push(settlement);
      return settled ?? { kind: 'done', accountId: settlement.settlement.accountId ?? null };
    },
    takeIn: async () => taken ?? never(),
    examine: async () => [...checks],
    bulk: { preview: never, bulk: async () => null, run: never },
    trials: {
      whatIf: never,
      whatIfById: async () => null,
      whatIfs: async () => [],
      lintEvidence: never,
      coverage: never,
      receipt: async () => null,
    },
    rules: { ...noOffice, ...rules },
    deadlines: { ...noProofs, ...deadlines },
    attachments: { add: never, list: async () => [], remove: async () => false },
    letters: { preview: never },
    runs: noRuns,
    doors: {
      runs: noRuns,
      accounts: { deliver: never, completeTask: never, tell: never, state: never, setClock: never, advanceDays: never, whenSettled: never },
      ingest: never,
      enclose: never,
      find: never,
      standing: never,
    },
    close: async () => {
      closed = true;
    },
  };
}

/** What one call of `recourse` says and answers. */
export async function recourse(parameters: readonly string[], engine: Engine | Error = fakeEngine(), stdin = '') {
  let out = '';
  let err = '';
  const terminal = { env: {}, in: () => stdin, out: (text: string) => void (out += text), err: (text: string) => void (err += text) };
  const exit = await main(parameters, terminal, async () => {
    if (engine instanceof Error) throw engine;
    return engine;
  });
  return { exit, out, err };
}
