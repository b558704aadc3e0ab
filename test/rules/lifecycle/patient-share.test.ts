import { describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import type { Arrival } from '../../../rules/domain/event.ts';
import type { Task, TaskKind } from '../../../rules/domain/task.ts';
import { bucketBalance } from '../../../rules/lifecycle/balances.ts';
import { PureAccount } from '../../support/pure-account.ts';

const knowledge = loadKnowledge();

interface Coverage {
  readonly payerClass?: 'commercial' | 'medicare' | 'medicaid';
  readonly filingIndicator?: string;
}

/** A claim of 1,000.00 of which the payer allows `adjust`, such as `PR-204 250.00 N781`. */
function remitted(coverage: Coverage, ...adjust: readonly string[]): PureAccount {
  const account = new PureAccount(knowledge);
  const day = civilDate('2026-03-02');
  const { payerClass = 'commercial', filingIndicator = 'CI' } = coverage;
  const opened = { accountNumber: 'A1', zone: 'America/New_York', state: 'OH', claimType: 'professional', servicedFrom: day } as const;
  const coverages = [{ sequence: 1, payerId: 'UHC01', payerClass, filingIndicator }] as const;
  const file = { fileId: 'f1', offset: 0 };
  const bodies: readonly Arrival[] = [
    { kind: 'accountOpened', ...opened, servicedThrough: day, chargeCents: 100_000, coverages, authorizationOnFile: false, ...file },
    { kind: 'submissionSent', submissionKey: 'A1', sequence: 1, frequency: '1', sentOn: day, fileId: 'f1' },
  ];
  account.turn('2026-03-02', bodies);
  const adjustments = adjust.map((text) => {
    const [code = '', dollars = '0', ...rarcs] = text.split(' ');
    const group = code.startsWith('PR') ? 'PR' : code.startsWith('PI') ? 'PI' : 'CO';
    const carc = code.slice(3);
    return { group, carc, cents: Number(dollars) * 100, rarcs, lineNumber: null, offset: 1 } as const;
  });
  const paidCents = 100_000 - adjustments.reduce((total, a) => total + a.cents, 0);
  const on = civilDate('2026-04-01');
  const remittance = { remittanceClaimId: 'r1', submissionKey: 'A1', sequence: 1, status: '1', payerClaimNumber: 'P1' } as const;
  const money = { chargeCents: 100_000, paidCents, adjustments, crossover: false, remittanceOn: on };
  account.turn('2026-04-01', [{ kind: 'remittancePosted', ...remittance, ...money, fileId: 'f2', offset: 0 }]);
  return account;
}

function open(account: PureAccount, kind: TaskKind): Task | undefined {
  return account.account.tasks.find((task) => task.kind === kind && task.status === 'open');
}

function review(account: PureAccount, outcome: 'patientOwes' | 'dispute' | 'noNotice' | 'veteran'): string | null {
  const task = open(account, 'reviewPatientShare');
  return account.complete('2026-04-02', task?.id ?? 'none', outcome).refusals[0]?.reason ?? null;
}

function owed(account: PureAccount): number {
  return bucketBalance(account.account, 'patient');
}

describe('a denial code under PR', () => {
  test('waits for a review, and nothing of it is billed', () => {
    const account = remitted({}, 'PR-204 250');
    expect(open(account, 'reviewPatientShare')).toMatchObject({ amountCents: 25_000, queue: 'denials' });
    account.goTo('2026-05-20');
    expect([owed(account), account.account.commands]).toEqual([0, []]);
  });

  test('that the patient owes becomes the patient’s, and is billed', () => {
    const account = remitted({}, 'PR-204 250');
    expect(review(account, 'patientOwes')).toBeNull();
    expect(owed(account)).toBe(25_000);
    expect(account.account.commands.map(({ command }) => command.kind)).toEqual(['sendStatement']);
  });

  test.each(['dispute', 'noNotice'] as const)('that is not the patient’s (%s) goes to whoever chooses the next step', (outcome) => {
    const account = remitted({}, 'PR-204 250');
    review(account, outcome);
    expect(owed(account)).toBe(0);
    expect(open(account, 'chooseNextStep')).toBeDefined();
    expect(open(account, 'reviewPatientShare')).toBeUndefined();
  });

  test('that the VA authorised holds the whole account', () => {
    const account = remitted({}, 'PR-204 250');
    review(account, 'veteran');
    expect(account.account.holds).toMatchObject([{ reason: 'veteran', source: 'lifecycle', releasedOn: null }]);
  });

  test.each([
    ['a QMB remark', {}, ['PR-204 250 N782'], 'qmbMedicaid'],
    ['no advance notice', {}, ['PR-50 250 M27'], 'noNotice'],
    ['the No Surprises Act', {}, ['PR-204 250 N865'], 'noSurprises'],
    ['Medicaid', { payerClass: 'medicaid' }, ['PR-204 250'], 'qmbMedicaid'],
    ['the VA', { filingIndicator: 'VA' }, ['PR-204 250'], 'veteran'],
  ] as const)('with %s is refused as the patient’s', (_, coverage, adjust, kind) => {
    const account = remitted(coverage, ...adjust);
    expect(review(account, 'patientOwes')).toContain(`choose ${kind}`);
    expect(owed(account)).toBe(0);
  });
});

describe('what a payer reduced without a contract (PI)', () => {
  test('is disputed first; who wants to bill it asks for the review', () => {
    const account = remitted({}, 'PI-45 250');
    expect(open(account, 'reviewPatientShare')).toBeUndefined();
    account.complete('2026-04-01', open(account, 'chooseNextStep')?.id ?? 'none', 'moveToPatient');
    expect([owed(account), open(account, 'reviewPatientShare')?.amountCents]).toEqual([0, 25_000]);
    expect(review(account, 'patientOwes')).toBeNull();
    expect(owed(account)).toBe(25_000);
  });
});

describe('an ordinary cost share', () => {
  test('of a QMB is held from the turn in which it arises, and proposed for write-off when it is not owed', () => {
    const account = remitted({ payerClass: 'medicare' }, 'CO-45 500', 'PR-2 100 N782');
    expect(account.account.holds).toMatchObject([{ reason: 'qmbMedicaid', source: 'lifecycle' }]);
    expect(account.account.commands).toEqual([]);
    review(account, 'noNotice');
    expect(open(account, 'approveWriteOff')).toMatchObject({ amountCents: 10_000 });
  });

  test('that Medicaid lets be billed goes out once somebody said so', () => {
    const account = remitted({ payerClass: 'medicaid' }, 'CO-45 500', 'PR-3 4');
    expect(account.account.commands).toEqual([]);
    review(account, 'patientOwes');
    expect(account.account.holds[0]?.releasedOn).toBe('2026-04-02');
    expect(account.account.commands.map(({ command }) => command.kind)).toEqual(['sendStatement']);
    account.goTo('2026-04-20');
    expect(account.account.holds).toHaveLength(1);
  });

  test('of anybody else is billed at once', () => {
    const account = remitted({}, 'CO-45 500', 'PR-2 100');
    expect(account.account.commands.map(({ command }) => command.kind)).toEqual(['sendStatement']);
  });
});
