import type { SubmittedTask, SubmittedTelling, TaskAnswer } from '../../client/accounts.ts';
import { main } from '../../client/cli/main.ts';
import type { ContactOffice } from '../../client/contacts.ts';
import type { DeadlineProofs } from '../../client/deadline-proof.ts';
import type { Engine } from '../../client/engine.ts';
import type { FoundAccount } from '../../client/reads.ts';
import type { RuleOffice } from '../../client/rule-office.ts';
import type { SettleAnswer, SubmittedSettlement } from '../../client/settling.ts';
import type { VendorLedger } from '../../client/vendor-ledger.ts';
import type { DoctorCheck, TakenFile } from '../../client/views/work-shapes.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { noContacts } from './fake-contacts.ts';
import { oneAccount, placementFile, unmatchedTask } from './one-account.ts';

/** An engine that knows one account, for what stands before it: the command line and the API. */

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

const noVendors: VendorLedger = {
  list: async () => [],
  show: async () => null,
  differences: async () => [],
  accept: async () => false,
  scorecard: async () => null,
  neverWorked: async () => null,
  books: never,
};

export interface FakeOptions {
  readonly vendors?: Partial<VendorLedger>;
  readonly answer?: TaskAnswer;
  readonly settled?: SettleAnswer;
  readonly checks?: readonly DoctorCheck[];
  readonly taken?: TakenFile;
  readonly rules?: Partial<RuleOffice>;
  readonly deadlines?: Partial<DeadlineProofs>;
  readonly contacts?: Partial<ContactOffice>;
}

export interface FakeEngine extends Engine {
  readonly submitted: SubmittedTask[];
  readonly told: SubmittedTelling[];
  readonly settlements: SubmittedSettlement[];
  readonly isClosed: () => boolean;
}

export function fakeEngine({
  answer,
  settled,
  checks = [],
  taken,
  rules = {},
  deadlines = {},
  contacts = {},
  vendors = {},
}: FakeOptions = {}): FakeEngine {
  const submitted: SubmittedTask[] = [];
  const told: SubmittedTelling[] = [];
  const settlements: SubmittedSettlement[] = [];
  let closed = false;
  const found: FoundAccount = {
    id: oneAccount.id,
    view: oneAccount,
    timeline: [
      {
        id: 'e1',
        position: 1,
        at: '2026-03-20T13:00:00.000Z',
        on: civilDate('2026-03-20'),
        kind: 'accountOpened',
        sentence: 'Account opened',
      },
    ],
    ledger: [],
    today: civilDate('2026-09-10'),
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
      queues: async () => [{ queue: 'appeals', open: 1, late: 0, amountCents: 240_000, firstSafeByOn: civilDate('2026-09-15') }],
      tasks: async () => ({ tasks: [], next: null }),
      files: async () => [],
      placementFiles: async (vendor) => (vendor === null || vendor === placementFile.vendor ? [placementFile] : []),
      sentFiles: async () => [],
      file: async () => null,
      unmatchedOfFile: async () => ({ claims: [], next: null }),
      form: async () => null,
      holds: async () => [],
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
    plans: {
      take: never,
      plan: never,
      payment: async () => null,
      show: async () => null,
      quote: async () => null,
      promises: never,
      today: async () => civilDate('2026-09-30'),
    },
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
    vendors: { ...noVendors, ...vendors },
    attachments: { add: never, list: async () => [], remove: async () => false },
    letters: { preview: never, statement: never },
    contacts: { ...noContacts, ...contacts },
    guarantors: { show: async () => null, change: async () => null, statement: async () => null, statementPdf: async () => null },
    assistance: { apply: never, account: never, badDebtLog: never, facility: never, describeFacility: never },
    runs: noRuns,
    doors: {
      runs: noRuns,
      accounts: { deliver: never, completeTask: never, tell: never, state: never, setClock: never, advanceDays: never, whenSettled: never },
      ingest: never,
      describeFacility: never,
      enclose: never,
      find: never,
      standing: never,
      ledger: { look: never, standing: never, accept: never, lastListedOn: never },
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
