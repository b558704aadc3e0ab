import type { AccountView } from '../../client/views/account-shapes.ts';
import type { UnmatchedView } from '../../client/views/work-shapes.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';

/** What the fake engine knows: one account, one remittance that nobody could match to it, one file of placements. */

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
    plan: { status: 'none', instalmentCents: 0, since: null, planId: null, left: [], accounts: 1 },
    promises: [],
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
