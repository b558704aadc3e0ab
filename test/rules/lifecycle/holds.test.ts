import { beforeEach, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { loadKnowledge } from '../../../client/knowledge.ts';
import type { IssuedCommand } from '../../../rules/domain/account.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { holdComing, holdGoing, type HoldStop, holdStops } from '../../../rules/domain/hold.ts';
import type { Task, TaskKind } from '../../../rules/domain/task.ts';
import { reportArrivals } from '../../../rules/vendors/vendor-statuses.ts';
import type { VendorStatus } from '../../../rules/domain/vendor-report.ts';
import { readHolds } from '../../../rules/lifecycle/read-holds.ts';
import { VendorAccount } from '../../support/vendor-account.ts';

const knowledge = loadKnowledge();
let account: VendorAccount;

/** The first statement is to be sent on 2026-04-01. */
beforeEach(() => {
  account = new VendorAccount(knowledge);
});

function open(kind: TaskKind): Task | undefined {
  return account.account.tasks.find((task) => task.kind === kind && task.status === 'open');
}

function commands(): readonly string[] {
  return account.account.commands.map(({ command, status }: IssuedCommand) => `${command.key} ${status}`);
}

function hold(on: string, name: string): string | null {
  return account.tell(on, { do: 'hold', by: 'pat', hold: name, reference: 'CASE-1' });
}

describe('the list', () => {
  const all: readonly HoldStop[] = holdStops.filter((stop) => stop !== 'writeOff');
  test.each([
    ['bankruptcy', 'person', all, 'recall'],
    ['deceased', 'person', all, 'recall'],
    ['attorney', 'person', all, 'recall'],
    ['ceaseContact', 'person', all, 'suspend'],
    ['scra', 'person', ['extraordinaryAction', 'creditReporting'], 'none'],
    ['minor', 'account', ['contact', 'extraordinaryAction', 'creditReporting'], 'none'],
    ['returnedMail', 'person', ['statement', 'letter', 'planOffer', 'placement', 'extraordinaryAction', 'creditReporting'], 'none'],
    ['identityTheft', 'person', holdStops, 'recall'],
    ['estimateDispute', 'account', all.filter((stop) => stop !== 'letter'), 'recall'],
    ['assistanceApplication', 'account', all.filter((stop) => stop !== 'letter'), 'suspend'],
    ['dispute', 'account', all, 'suspend'],
    ['veteran', 'account', all, 'recall'],
    ['qmbMedicaid', 'account', all, 'recall'],
  ])('%s is of the %s', (name, of, stops, vendor) => {
    expect(knowledge.holds.get(name)).toMatchObject({ of, stops, vendor });
  });

  test('every hold that keeps a bill back keeps plans and placements back too', () => {
    const some = [...knowledge.holds.values()].filter(({ stops }) => stops.includes('statement'));
    expect(some.length).toBeGreaterThan(10);
    expect(some.filter(({ stops }) => !stops.includes('planOffer') || !stops.includes('placement'))).toEqual([]);
  });

  test('a broken list is refused with its place', () => {
    const text = readFileSync('rules/reference/holds.json', 'utf8');
    expect(() => readHolds(text.replace('"recall"', '"hide"'))).toThrow(/holds\.0\.vendor/);
    expect(() => readHolds(text.replace('"deceased"', '"bankruptcy"'))).toThrow(/one hold is listed once/);
  });
});

describe('placed by a person', () => {
  test('a name that is not on the list is refused with the list', () => {
    expect(hold('2026-04-02', 'bankrupcy')).toContain('is no hold; holds are bankruptcy, deceased');
  });

  test('it has source, reference, owner, and the review day of the list', () => {
    expect(hold('2026-04-02', 'dispute')).toBeNull();
    const placed = { reason: 'dispute', since: '2026-04-02', reviewOn: '2026-05-02', releasedOn: null };
    expect(account.account.holds).toEqual([{ ...placed, source: 'person', reference: 'CASE-1', owner: 'pat' }]);
    expect(account.account.timers.filter((t) => t.status === 'armed' && t.subject.kind === 'hold')).toMatchObject([{ on: '2026-05-02' }]);
  });

  test('twice is refused', () => {
    hold('2026-04-02', 'dispute');
    expect(hold('2026-04-03', 'dispute')).toBe('the hold "dispute" is in force already');
  });
});

describe('its review', () => {
  beforeEach(() => {
    hold('2026-04-02', 'bankruptcy');
    account.goTo('2026-07-01');
  });

  test('is a task in the queue of the hold on its day, and not before', () => {
    expect(open('reviewHold')).toMatchObject({
      queue: 'supervisor',
      openedOn: '2026-07-01',
      subject: { kind: 'hold', hold: 'bankruptcy' },
    });
  });

  test('keep looks again after as many days', () => {
    account.complete('2026-07-02', open('reviewHold')?.id ?? 'none', 'keep');
    expect(account.account.holds[0]).toMatchObject({ reviewOn: '2026-09-30', releasedOn: null });
    account.goTo('2026-09-29');
    expect(open('reviewHold')).toBeUndefined();
    account.goTo('2026-09-30');
    expect(open('reviewHold')).toBeDefined();
  });

  test('release ends it, and the statement is asked for again at once', () => {
    account.complete('2026-07-02', open('reviewHold')?.id ?? 'none', 'release');
    expect(account.account.holds[0]?.releasedOn).toBe('2026-07-02');
    expect(account.account.timers.filter((t) => t.status === 'armed' && t.subject.kind === 'hold')).toEqual([]);
  });

  test('discharged proposes the write-off and stays held', () => {
    account.complete('2026-07-02', open('reviewHold')?.id ?? 'none', 'discharged');
    expect(open('approveWriteOff')).toMatchObject({ amountCents: 25_000, reason: expect.stringContaining('discharged') });
    expect(account.account.holds[0]).toMatchObject({ releasedOn: null, found: 'discharged' });
  });

  test('only a bankruptcy is discharged', () => {
    hold('2026-07-01', 'dispute');
    account.goTo('2026-08-01');
    const task = account.account.tasks.find((t) => t.status === 'open' && t.subject.kind === 'hold' && t.subject.hold === 'dispute');
    const { refusals } = account.complete('2026-08-01', task?.id ?? 'none', 'discharged');
    expect(refusals[0]?.reason).toContain('choose keep or release');
  });

  test('a release in between withdraws it', () => {
    account.tell('2026-07-02', { do: 'release', by: 'pat', hold: 'bankruptcy' });
    expect(open('reviewHold')).toBeUndefined();
  });
});

describe('a plan that is offered', () => {
  const offers = (on: string) => {
    const instalments = [
      { dueOn: civilDate('2026-05-10'), cents: 12_500 },
      { dueOn: civilDate('2026-06-10'), cents: 12_500 },
    ];
    const about = { planId: 'PL1', instalments, instalmentCents: 12_500, totalCents: 25_000, accounts: 1, leads: true, by: 'pat' } as const;
    account.turn(on, [{ kind: 'planOffered', ...about, answerBy: civilDate('2026-05-01'), on: civilDate(on), fileId: 'f9', offset: 0 }]);
    const letters = account.account.commands.filter(({ command }) => command.kind === 'offerPaymentPlan');
    return [letters.length, open('recordPatientAnswer')?.reason];
  };

  test('goes out as a letter, and somebody takes the answer down', () => {
    expect(offers('2026-04-10')).toEqual([
      1,
      'pat offered it on 2026-04-10. The answer counts for all accounts of the plan: recourse plan accept PL1, or decline.',
    ]);
  });

  test('under a hold is told by no letter, and the task says why', () => {
    hold('2026-04-09', 'bankruptcy');
    expect(offers('2026-04-10')).toEqual([0, expect.stringContaining('no letter went out: the hold "bankruptcy"')]);
  });
});

describe('what is with a vendor', () => {
  test.each(['bankruptcy', 'deceased', 'attorney', 'identityTheft', 'estimateDispute', 'insurancePending', 'veteran'])(
    '%s takes it back on the same day',
    (name) => {
      account.placed();
      account.turn('2026-08-20', [
        { kind: 'holdReported', hold: name, says: 'placed', on: civilDate('2026-08-19'), fileId: 'f7', offset: 60, reference: 'BK-1' },
      ]);
      expect(commands().at(-1)).toBe('recallFromVendor:1 issued');
      expect(account.account.commands.at(-1)?.command.params).toMatchObject({ placementId: 'p1', reason: name });
      expect(account.account.holds[0]).toMatchObject({ since: '2026-08-19', source: 'file', reference: 'BK-1' });
    },
  );

  const vendorSays = (status: VendorStatus, on: string) =>
    account.turn(on, reportArrivals({ placementId: 'p1', status, on: civilDate(on), fileId: 'f8', offset: 0 }));

  test('and the vendor itself reports is a hold as from a file, of the person where it is one, and the vendor is not told of it', () => {
    account.placed();
    vendorSays('cease', '2026-08-20');
    expect(account.account.holds).toMatchObject([{ reason: 'ceaseContact', source: 'file', since: '2026-08-20', reviewOn: '2026-11-18' }]);
    expect(commands().at(-1)).toBe('placeWithVendor:1 sent');
  });

  test('asks for assistance, said twice, is one application', () => {
    account.placed();
    vendorSays('assistanceRequested', '2026-08-20');
    vendorSays('assistanceRequested', '2026-08-21');
    expect(account.account.assistance?.applications).toMatchObject([{ id: 'vendor:p1', receivedOn: '2026-08-20', status: 'received' }]);
    expect(account.account.holds.map(({ reason }) => reason)).toEqual(['assistanceApplication']);
    expect(account.account.tasks.filter(({ kind }) => kind === 'checkApplication')).toHaveLength(1);
  });

  test('scra leaves it there, and the vendor hears of it', () => {
    account.placed();
    hold('2026-08-20', 'scra');
    expect(commands()).not.toContain('recallFromVendor:1 issued');
    expect(account.account.commands.at(-1)?.command).toMatchObject({ kind: 'updateVendor', params: { what: 'hold', reference: 'scra' } });
  });

  test('what was offered and is not acknowledged yet is taken back too, once', () => {
    account.offered();
    hold('2026-08-03', 'bankruptcy');
    hold('2026-08-03', 'attorney');
    expect(commands().filter((text) => text.startsWith('recall'))).toEqual(['recallFromVendor:1 issued']);
  });
});

describe('what a hold stopped on its way out', () => {
  function stopped(on: string, key: string): void {
    const end = { result: 'refused', receipt: null, reason: 'hold.stops: the hold "bankruptcy" stops it', submissionKey: null } as const;
    account.turn(on, [{ kind: 'commandCarriedOut', key, on: civilDate(on), ...end }]);
  }

  test('is no task; it waits until the hold goes, and is asked for again then', () => {
    hold('2026-04-01', 'bankruptcy');
    stopped('2026-04-01', 'sendStatement:1');
    expect(open('resolveDelivery')).toBeUndefined();
    expect(account.account.patient.statements).toEqual([]);
    account.goTo('2026-06-01');
    expect(commands()).toEqual(['sendStatement:1 refused']);
    account.tell('2026-06-02', { do: 'release', by: 'pat', hold: 'bankruptcy' });
    expect(commands()).toEqual(['sendStatement:1 refused', 'sendStatement:2 issued']);
    expect(account.account.commands.at(-1)?.command.params.number).toBe(1);
  });

  test('looks again tomorrow while the account has not heard of the hold', () => {
    stopped('2026-04-01', 'sendStatement:1');
    expect(account.account.timers.filter((t) => t.status === 'armed')).toMatchObject([{ id: 'heldBack:patient', on: '2026-04-02' }]);
    account.turn('2026-04-01', [
      { kind: 'holdReported', hold: 'bankruptcy', says: 'placed', on: civilDate('2026-04-01'), fileId: 'f7', offset: 0 },
    ]);
    account.goTo('2026-04-10');
    expect(commands()).toEqual(['sendStatement:1 refused']);
  });
});

describe('death', () => {
  beforeEach(() => {
    hold('2026-04-02', 'deceased');
  });

  test('is claimed from the estate', () => {
    expect(open('fileEstateClaim')).toMatchObject({ queue: 'supervisor', amountCents: 25_000, safeByOn: '2026-05-02' });
  });

  test('without an estate the balance is proposed for write-off', () => {
    account.complete('2026-04-10', open('fileEstateClaim')?.id ?? 'none', 'noEstate');
    expect(open('approveWriteOff')).toMatchObject({ amountCents: 25_000 });
  });

  test('that was a mistake needs no claim', () => {
    account.tell('2026-04-03', { do: 'release', by: 'pat', hold: 'deceased' });
    expect(open('fileEstateClaim')).toBeUndefined();
  });
});

test('a file says whose a hold is; else it is that of the queue of its kind', () => {
  const said = { kind: 'holdReported', says: 'placed', on: civilDate('2026-05-01'), fileId: 'f7' } as const;
  account.turn('2026-05-01', [{ ...said, hold: 'bankruptcy', owner: 'lee.legal', offset: 0 }]);
  account.turn('2026-05-01', [{ ...said, hold: 'dispute', offset: 90 }]);
  expect(account.account.holds.map(({ reason, owner }) => [reason, owner])).toEqual([
    ['bankruptcy', 'lee.legal'],
    ['dispute', 'patientBalances'],
  ]);
});

test('a discharge by file proposes the write-off once, however often it is said', () => {
  const said = { kind: 'holdReported', hold: 'bankruptcy', says: 'discharged', on: civilDate('2026-05-01'), fileId: 'f7' } as const;
  account.turn('2026-05-01', [{ ...said, offset: 0 }]);
  account.turn('2026-05-02', [{ ...said, offset: 90 }]);
  expect(account.account.tasks.filter((t) => t.kind === 'approveWriteOff')).toHaveLength(1);
});

test.each([
  [{ kind: 'holdReported', says: 'placed', hold: 'dispute' }, 'dispute', null],
  [{ kind: 'holdReported', says: 'discharged', hold: 'bankruptcy' }, 'bankruptcy', null],
  [{ kind: 'holdReported', says: 'released', hold: 'dispute' }, null, 'dispute'],
  [{ kind: 'personHoldChanged', says: 'placed', hold: 'attorney' }, 'attorney', null],
  [{ kind: 'personHoldChanged', says: 'released', hold: 'attorney' }, null, 'attorney'],
  [{ kind: 'holdPlaced', hold: 'minor' }, 'minor', null],
  [{ kind: 'holdReleased', hold: 'minor' }, null, 'minor'],
  [{ kind: 'patientPaid' }, null, null],
  [{ do: 'hold', hold: 'complaint' }, 'complaint', null],
  [{ do: 'release', hold: 'complaint' }, null, 'complaint'],
  [null, null, null],
])('what is stored and not taken yet, %j, would place %s and release %s', (told, placed, released) => {
  expect([holdComing(told), holdGoing(told)]).toEqual([placed, released]);
});
