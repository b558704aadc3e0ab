import { describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PayerClass } from '../../../rules/domain/deadline.ts';
import { readApprovalLimits } from '../../../rules/lifecycle/approvals.ts';
import { readWays } from '../../../rules/lifecycle/read-ways.ts';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { DeniedAccount, personDecides } from '../../support/denied-account.ts';

const file = readFileSync(join(import.meta.dirname, '../../../rules/reference/ways-of-appeal.json'), 'utf8');

interface About {
  readonly payer: readonly [id: string, payerClass: PayerClass, state?: string];
  readonly contracted?: boolean;
  readonly selfFunded?: boolean;
  readonly remarks?: readonly string[];
}

function stepsOf({ payer: [payerId, payerClass, state = 'OH'], contracted, selfFunded, remarks = [] }: About): string {
  const about = { payerId, payerClass, state, contracted: contracted ?? null, selfFunded: selfFunded ?? null, remarks };
  const ways = loadedWays({ ...about, deniedOn: civilDate('2026-03-20') });
  return ways
    .map((way) => `${way.id}: ${way.steps.map(({ name, level, path }) => (path === 'appeal' ? `${name} ${level}` : name)).join(', ')}`)
    .join('; ');
}

const { ways: loadedWays } = loadKnowledge();

test.each<readonly [About, string]>([
  [
    { payer: ['MCARE', 'medicare'] },
    'medicare-ffs: redetermination 1, reconsiderationByQic 2, hearing 3, appealsCouncil 4, court 5, reopening',
  ],
  [{ payer: ['ADV', 'medicareAdvantage'] }, 'medicare-advantage-contracted: reconsideration'],
  [{ payer: ['UHC01', 'medicareAdvantage'], contracted: true }, 'medicare-advantage-contracted: reconsideration'],
  [
    { payer: ['ADV', 'medicareAdvantage'], contracted: false },
    'medicare-advantage-not-contracted: reconsideration, planReconsideration 1, independentReview 2',
  ],
  [{ payer: ['PLAN', 'medicaid'] }, 'medicaid-managed-care: planAppeal 1, fairHearing 2'],
  [{ payer: ['TXMCD', 'medicaid', 'TX'] }, 'medicaid-tx: appeal1 1, appeal2 2'],
  [{ payer: ['UHC01', 'commercial'] }, 'unitedhealthcare: reconsideration, appeal1 1, externalReview 2'],
  [{ payer: ['AETNA1', 'commercial'] }, 'aetna: reconsideration, appeal1 1, externalReview 2'],
  [{ payer: ['CIGNA1', 'commercial'] }, 'cigna: appeal1 1, arbitration 2'],
  [{ payer: ['ANTHEM1', 'blue'] }, 'anthem: reconsideration, appeal1 1, externalReview 2'],
  [{ payer: ['HUMANA1', 'commercial'] }, 'humana: reconsideration, recordReview 2, externalReview 3'],
  [{ payer: ['NEWCO', 'commercial'] }, 'commercial: reconsideration, appeal1 1, appeal2 2, externalReview 3'],
  [{ payer: ['NEWCO', 'commercial'], selfFunded: true }, 'erisa: reconsideration, appeal1 1, appeal2 2, externalReview 3'],
  [{ payer: ['TRIC', 'tricare'] }, 'tricare: reconsideration, appeal1 1, appeal2 2'],
  [{ payer: ['WC', 'workersCompensation'] }, 'default: reconsideration, appeal1 1, appeal2 2, appeal3 3'],
  [
    { payer: ['NEWCO', 'commercial'], remarks: ['N877'] },
    'commercial: reconsideration, appeal1 1, appeal2 2, externalReview 3; no-surprises-act: openNegotiation, disputeResolution',
  ],
  [
    { payer: ['MCARE', 'medicare'], remarks: ['N877'] },
    'medicare-ffs: redetermination 1, reconsiderationByQic 2, hearing 3, appealsCouncil 4, court 5, reopening',
  ],
  [{ payer: ['TRIC', 'tricare'], remarks: ['N877'] }, 'tricare: reconsideration, appeal1 1, appeal2 2'],
])('the way of %j', (about, expected) => {
  expect(stepsOf(about)).toBe(expected);
});

/** Files the next step and has it answered. @returns why it could not be filed, or null */
function through(
  account: DeniedAccount,
  on: string,
  action: 'reconsideration' | 'appeal',
  evidence: Parameters<DeniedAccount['knows']>[0] = {},
): string | null {
  const refusal = account.refused(on, action);
  if (refusal !== null) return refusal;
  account.done(on, 'chooseNextStep', action);
  const notReady = account.done(on, action === 'appeal' ? 'prepareAppeal' : 'prepareReconsideration', 'ready', { evidence });
  if (notReady !== null) return notReady;
  account.out(on);
  account.done(on, 'recordPayerAnswer', 'upheld');
  return null;
}

const denied = (payer: string, payerClass: PayerClass, adjustments = ['1 CO-50 1000']) =>
  new DeniedAccount(personDecides).sent('2026-03-02', payer, payerClass).remitted('2026-03-20', adjustments);

describe('a denial goes through its way', () => {
  test('UnitedHealthcare: an appeal needs the reconsideration first, a second reconsideration is refused, both within twelve months', () => {
    const account = denied('UHC01', 'commercial');
    expect(through(account, '2026-04-01', 'appeal')).toContain('comes after "Reconsideration"');
    expect(through(account, '2026-04-01', 'reconsideration')).toBeNull();
    expect(through(account, '2026-05-01', 'reconsideration')).toContain('may not be filed again');
    expect(account.refused('2027-03-21', 'appeal')).toContain('it had to be done by 2027-03-20');
    expect(through(account, '2026-05-01', 'appeal')).toBeNull();
    expect(account.lastPath).toBe('appeal appeal1');
  });

  test('Cigna: no reconsideration, one appeal', () => {
    const account = denied('CIGNA1', 'commercial', ['1 CO-16 N290 1000']);
    expect(through(account, '2026-04-01', 'reconsideration')).toContain('there is no such step');
    expect(through(account, '2026-04-01', 'appeal')).toBeNull();
  });

  test('Medicare: five levels, with the amount in controversy of the year of filing at levels 3 and 5', () => {
    const account = denied('MCARE', 'medicare');
    expect(through(account, '2026-04-01', 'reconsideration')).toContain('there is no such step');
    for (const level of [1, 2, 3, 4]) expect([level, through(account, `2026-0${3 + level}-01`, 'appeal')]).toEqual([level, null]);
    expect(through(account, '2026-08-01', 'appeal')).toContain('the amount in controversy is below');
    expect(account.account.claims[0]?.cases[0]?.paths.map((p) => `${p.step} ${p.level}`)).toEqual([
      'redetermination 1',
      'reconsiderationByQic 2',
      'hearing 3',
      'appealsCouncil 4',
    ]);
  });

  test('a year that the table lacks is asked of the person who files, and not guessed', () => {
    const account = denied('MCARE', 'medicare');
    through(account, '2026-07-01', 'appeal');
    through(account, '2026-12-01', 'appeal');
    account.done('2027-01-05', 'chooseNextStep', 'appeal');
    expect(account.account.tasks.at(-1)?.reason).toContain('the least amount in controversy of the year of filing');
    expect(account.done('2027-01-05', 'prepareAppeal', 'ready')).toContain('needs the least amount in controversy');
    expect(account.done('2027-01-05', 'prepareAppeal', 'ready', { evidence: { minimumInControversyCents: 110_000 } })).toContain(
      'below the least',
    );
    expect(account.done('2027-01-05', 'prepareAppeal', 'ready', { evidence: { minimumInControversyCents: 20_000 } })).toBeNull();
  });

  test('Medicare Advantage: with a contract only its dispute, without one the plan with a waiver, then the independent reviewer', () => {
    const contracted = denied('ADV', 'medicareAdvantage').knows({ contracted: true });
    expect(contracted.refused('2026-04-01', 'appeal')).toContain('there is no such step');
    expect(through(contracted, '2026-04-01', 'reconsideration')).toBeNull();
    const without = denied('ADV', 'medicareAdvantage').knows({ contracted: false });
    expect(without.refused('2026-05-25', 'appeal')).toContain('it had to be done by 2026-05-24');
    expect(through(without, '2026-04-01', 'appeal')).toContain('the signed waiver of liability');
    expect(without.done('2026-04-02', 'prepareAppeal', 'ready', { evidence: { waiverOfLiability: true } })).toBeNull();
    without.out('2026-04-02').done('2026-05-02', 'recordPayerAnswer', 'upheld');
    expect(through(without, '2026-05-03', 'appeal')).toBeNull();
    expect(without.lastPath).toBe('appeal independentReview');
  });

  test('Medicare Advantage, contract unknown: it is asked with the task, and a "no" ends the contract’s dispute', () => {
    const account = denied('ADV', 'medicareAdvantage');
    expect(through(account, '2026-04-01', 'reconsideration')).toContain('whether we have a contract');
    expect(account.done('2026-04-01', 'prepareReconsideration', 'ready', { evidence: { contracted: false } })).not.toBeNull();
    expect(account.done('2026-04-01', 'prepareReconsideration', 'notDisputable', { evidence: { contracted: false } })).toBeNull();
    expect(account.refused('2026-04-01', 'appeal')).toBeNull();
  });

  test('Medicaid managed care: consent, then the fair hearing, also when the plan is late', () => {
    const account = denied('PLAN', 'medicaid');
    expect(through(account, '2026-04-01', 'appeal')).toContain('the member’s written consent');
    expect(account.done('2026-04-02', 'prepareAppeal', 'ready', { evidence: { memberConsent: true } })).toBeNull();
    account.out('2026-04-02');
    expect(account.refused('2026-04-20', 'appeal')).toContain('comes after "Appeal to the plan"');
    account.goTo('2026-06-01');
    expect(account.refused('2026-06-01', 'appeal')).toBeNull();
    account.done('2026-06-01', 'chooseNextStep', 'appeal');
    expect(account.lastPath).toBe('appeal fairHearing');
    expect(account.openTasks.some((task) => task.startsWith('recordPayerAnswer'))).toBe(false);
  });

  test('external review only where medical judgement is at issue', () => {
    const consent = { memberConsent: true };
    const medical = denied('NEWCO', 'commercial');
    for (const on of ['2026-04-01', '2026-04-10']) expect(through(medical, on, 'appeal')).toBeNull();
    expect(through(medical, '2026-05-01', 'appeal', consent)).toBeNull();
    expect(medical.lastPath).toBe('appeal externalReview');
    const coding = denied('NEWCO', 'commercial', ['1 CO-16 N290 1000']);
    for (const on of ['2026-04-01', '2026-04-10']) expect(through(coding, on, 'appeal')).toBeNull();
    expect(through(coding, '2026-05-01', 'appeal', consent)).toContain('does not rest on a medical judgement');
  });

  test('No Surprises Act: open negotiation, then the independent dispute, only without a contract', () => {
    const account = denied('NEWCO', 'commercial', ['1 CO-242 N877 1000']);
    expect(account.refused('2026-04-01', 'disputeResolution')).toContain('comes after "Open negotiation"');
    account.done('2026-04-01', 'chooseNextStep', 'openNegotiation');
    expect(account.done('2026-04-01', 'prepareReconsideration', 'ready', { evidence: { contracted: true } })).toContain(
      'without a contract',
    );
    expect(account.done('2026-04-01', 'prepareReconsideration', 'ready', { evidence: { contracted: false } })).toBeNull();
    account.out('2026-04-01').done('2026-05-18', 'recordPayerAnswer', 'upheld');
    expect(account.refused('2026-05-18', 'disputeResolution')).toBeNull();
    account.done('2026-05-18', 'chooseNextStep', 'disputeResolution');
    expect(account.running).toHaveProperty('idrInitiation:c1', '2026-05-18');
  });

  test('the same refusal said again by another remittance goes on at the next level, not at the first', () => {
    const account = denied('MCARE', 'medicare');
    through(account, '2026-04-01', 'appeal');
    account.remitted('2026-06-01', ['1 CO-50 1000']);
    account.done('2026-06-01', 'chooseNextStep', 'appeal');
    expect(account.lastPath).toBe('appeal reconsiderationByQic');
  });
});

describe('write-offs', () => {
  const withLimits = {
    ...personDecides,
    approval: (_action: string, cents: number) => {
      const role = cents > 50_000 ? 'director' : 'supervisor';
      return cents > 20_000 ? ({ role, secondPerson: true, queue: role, overCents: 0 } as const) : null;
    },
  } as const;
  test.each([
    ['200.00', 'denials'],
    ['200.01', 'supervisor'],
    ['500.01', 'director'],
  ])('of %s are approved by %s', (amount, queue) => {
    const paid = `1 CO-45 ${(1_000 - Number(amount)).toFixed(2)}`;
    const account = new DeniedAccount(withLimits)
      .sent('2026-03-02', 'AETNA1', 'commercial')
      .remitted('2026-03-20', [paid, `1 CO-50 ${amount}`]);
    account.done('2026-03-20', 'chooseNextStep', 'writeOff');
    expect(account.openTasks).toEqual([`approveWriteOff [${queue}]`]);
  });

  test('are not approved by the one who asked for them', () => {
    const account = denied('AETNA1', 'commercial');
    account.done('2026-03-20', 'chooseNextStep', 'writeOff');
    expect(account.done('2026-03-21', 'approveWriteOff', 'approved')).toContain('another person must approve it');
    expect(account.done('2026-03-21', 'approveWriteOff', 'approved', { by: 'sam', role: 'supervisor' })).toBeNull();
  });

  test('the shipped limits can be read', () => {
    const { approval } = loadKnowledge();
    expect(approval('writeOff', 1, civilDate('2026-03-20'))?.queue).toBe('supervisor');
    expect(approval('writeOff', 500_001, civilDate('2026-03-20'))?.queue).toBe('director');
  });
});

describe('a broken file is named by its faults', () => {
  const broken = (change: (all: { ways: Record<string, unknown>[] }) => void): string => {
    const all = JSON.parse(file) as { ways: Record<string, unknown>[] };
    change(all);
    try {
      readWays(JSON.stringify(all));
      return 'read';
    } catch (error) {
      return error instanceof Error ? error.message : '';
    }
  };
  const way = (id: string, steps: readonly object[]) => ({
    id,
    title: 't',
    steps,
    citation: 'c',
    source: 's',
    seenOn: '2026-11-26',
    confirmed: 'unconfirmed',
  });
  const step = { name: 'one', title: 't', path: 'appeal', level: 1, deadline: 'appeal1' };

  test.each<readonly [string, (all: { ways: Record<string, unknown>[] }) => void]>([
    ['ways.0.steps.1.name: one is already the name', (all) => all.ways.unshift(way('x', [step, { ...step, level: 2 }]))],
    ['ways.0.steps.0.after: two is no step before', (all) => all.ways.unshift(way('x', [{ ...step, after: ['two'] }]))],
    ['ways.0.steps.1.level: the levels of appeals must rise', (all) => all.ways.unshift(way('x', [step, { ...step, name: 'two' }]))],
    ['ways.0.steps.0.deadline', (all) => all.ways.unshift(way('x', [{ ...step, deadline: 'never' }]))],
    ['ways.1.id: id default is already used at ways[0]', (all) => all.ways.splice(1, 0, way('default', []))],
    ['one way must be for everybody', (all) => all.ways.shift()],
  ])('%s', (message, change) => {
    expect(broken(change)).toContain(message);
  });

  test('limits must begin at nothing and rise', () => {
    const limits = {
      title: 't',
      source: 's',
      seenOn: '2026-11-26',
      confirmed: 'unconfirmed',
      limits: [1, 2].map(() => ({
        action: 'writeOff',
        from: '2026-01-01',
        overCents: 5,
        role: 'director',
        secondPerson: true,
        queue: 'director',
      })),
    };
    expect(() => readApprovalLimits(JSON.stringify(limits))).toThrow('limits: one action, day and amount has one limit');
  });
});
