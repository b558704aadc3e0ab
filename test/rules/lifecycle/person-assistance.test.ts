import { describe, expect, test } from '@jest/globals';
import type { AssistanceForm } from '../../../rules/domain/assistance.ts';
import { addDays, civilDate } from '../../../rules/domain/civil-date.ts';
import type { Arrival } from '../../../rules/domain/event.ts';
import { bucketBalance } from '../../../rules/lifecycle/balances.ts';
import { type Heard, Person, place, type Said } from '../../support/person-accounts.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';

/** An application is of the person: what its other accounts make of it, whenever and however often they hear of it. */

const seed = Number(process.env['SEED'] ?? 20_261_126);
const runs = Number(process.env['LIVES'] ?? 25);

const household = (annualIncomeCents: number): AssistanceForm => ({ household: { size: 1, annualIncomeCents } });
/** Of one person in 2026: 200 % is 31,920.00 and forgives all, 250 % three quarters, 300 % half; above 400 % nothing. */
const half: Said = { outcome: 'decided', assistance: household(47_880_00) };
const none: Said = { outcome: 'decided', assistance: household(90_000_00) };

/** A: the application comes here. B owes, C was paid and is inside its period, D was paid and is long over, E is old and still owes. */
function fiveAccounts(heard?: () => Heard): Person {
  const person = new Person(heard);
  person.today = civilDate('2025-01-06');
  person.owes('D', 20_000);
  person.pays('D', 20_000);
  person.owes('E', 50_000);
  person.today = civilDate('2026-03-02');
  person.owes('A', 100_000);
  person.owes('C', 30_000);
  person.pays('C', 30_000);
  person.today = civilDate('2026-06-01');
  person.owes('B', 40_000);
  person.pays('B', 30_000);
  return person;
}

describe('an application', () => {
  test('covers what is inside its period, paid or not, and what is still owed; what is over and paid is not opened again', () => {
    const person = fiveAccounts();
    person.applies('A');
    expect(['A', 'B', 'C', 'D', 'E'].map((id) => [id, person.status(id), person.held(id)])).toEqual([
      ['A', 'received', ['assistanceApplication']],
      ['B', 'received', ['assistanceApplication']],
      ['C', 'received', []],
      ['D', 'none', []],
      ['E', 'received', ['assistanceApplication']],
    ]);
  });

  test('that names an account past its period is in time where another of the person is', () => {
    const person = fiveAccounts();
    person.applies('E');
    expect(['E', 'A'].map((id) => person.status(id))).toEqual(['received', 'received']);
    const alone = new Person();
    alone.today = civilDate('2025-01-06');
    alone.owes('E', 50_000);
    alone.today = civilDate('2026-06-01');
    alone.applies('E');
    expect([alone.status('E'), alone.held('E')]).toEqual(['late', []]);
  });

  test('that comes twice, by whichever account it names, is one', () => {
    const person = fiveAccounts();
    person.applies('A');
    const once = person.shown();
    person.applies('B');
    person.applies('A');
    person.applies('C', 'F2');
    person.settle();
    expect(person.shown()).toEqual(once);
  });

  test.each([
    ['withdrawn', 'applicationWithdrawn'],
    ['denied', 'complete'],
  ] as const)('that is %s lets collection go on everywhere', (status, outcome) => {
    const person = fiveAccounts();
    person.applies('A');
    person.does('A', 'checkApplication', { outcome });
    if (outcome === 'complete') person.does('A', 'decideAssistance', none);
    expect(['A', 'B', 'E'].map((id) => [person.status(id), person.held(id)])).toEqual([
      [status, []],
      [status, []],
      [status, []],
    ]);
  });

  test('that lapsed suspends all again when its papers come', () => {
    const person = fiveAccounts();
    person.applies('A');
    person.does('A', 'checkApplication', { outcome: 'incomplete', assistance: { missing: ['taxReturn'] } });
    person.today = addDays(person.today, 31);
    person.settle();
    expect([person.status('B'), person.held('B')]).toEqual(['lapsed', []]);
    person.applies('B');
    expect([person.status('A'), person.status('B'), person.held('B')]).toEqual(['received', 'received', ['assistanceApplication']]);
  });
});

describe('an award', () => {
  test('is one decision with the amounts of each account, one letter, and what was paid above is the credit of each', () => {
    const person = fiveAccounts();
    person.applies('A');
    person.does('A', 'checkApplication', { outcome: 'complete' });
    expect(person.does('A', 'decideAssistance', half)).toBeNull();
    // Owed were 1,000.00, 400.00 (300.00 paid), 300.00 (all paid) and 500.00.
    expect(person.shown().map(({ id, forgivenCents, patientCents }) => [id, forgivenCents, patientCents])).toEqual([
      ['D', 0, 0],
      ['E', -25_000, 25_000],
      ['A', -50_000, 50_000],
      ['C', -15_000, -15_000],
      ['B', -20_000, -10_000],
    ]);
    expect(person.shown().flatMap(({ letters }) => letters)).toEqual([
      {
        letterKind: 'assistanceAward',
        accounts: 'A,E,C,B',
        discountPercent: 50,
        incomePercent: 300,
        owesCents: 110_000,
        awardCents: 110_000,
        balanceCents: 75_000,
        refundCents: 25_000,
        forgives: '50000,25000,15000,20000',
        lefts: '50000,25000,0,0',
        refunds: '0,0,15000,10000',
      },
    ]);
  });

  test.each([
    ['while it holds', '2026-11-30', '2026-12-01', -25_000],
    ['after it ended', '2026-12-02', '2026-12-10', 0],
  ] as const)('counts for later care %s', (_, serviced, billed, forgiven) => {
    const person = fiveAccounts();
    person.applies('A');
    person.does('A', 'checkApplication', { outcome: 'complete' });
    person.does('A', 'decideAssistance', half);
    expect(person.get('A').assistance?.applications[0]?.decision?.validThrough).toBe('2026-12-01');
    person.today = civilDate(billed);
    person.owes('N', 50_000, civilDate(serviced));
    expect(person.shown().find(({ id }) => id === 'N')?.forgivenCents).toBe(forgiven);
  });

  test('follows the patient’s part when it changes, and never forgives what is not owed', () => {
    const person = fiveAccounts();
    person.applies('A');
    person.does('A', 'checkApplication', { outcome: 'complete' });
    person.does('A', 'decideAssistance', half);
    const said = { submissionKey: 'E', sequence: 1, payerClaimNumber: 'E', remittanceOn: person.today, crossover: false } as const;
    const part = (group: 'PR' | 'CO', cents: number) => ({
      lineNumber: null,
      group,
      carc: group === 'PR' ? '1' : '45',
      rarcs: [],
      cents,
      offset: 0,
    });
    const adjudicated = (
      remittanceClaimId: string,
      status: string,
      adjustments: readonly ReturnType<typeof part>[],
      paidCents: number,
    ): Arrival => ({
      kind: 'remittancePosted',
      remittanceClaimId,
      status,
      adjustments,
      ...said,
      chargeCents: status === '22' ? -100_000 : 100_000,
      paidCents,
      ...place,
    });
    person.turn('E', [adjudicated('r2', '22', [part('PR', -50_000)], -50_000)]);
    expect([person.shown().find(({ id }) => id === 'E')?.forgivenCents, bucketBalance(person.get('E'), 'patient')]).toEqual([0, 0]);
    person.turn('E', [adjudicated('r3', '1', [part('PR', 80_000)], 20_000)]);
    expect([person.shown().find(({ id }) => id === 'E')?.forgivenCents, bucketBalance(person.get('E'), 'patient')]).toEqual([
      -40_000, 40_000,
    ]);
  });
});

describe('an award above the limit of whoever decides', () => {
  /** All accounts together: 2,200.00 at 50 % of 4,400.00, while none of them alone is above 2,000.00. */
  function proposed(): Person {
    const person = new Person();
    person.owes('A', 300_000);
    person.owes('B', 140_000);
    person.applies('A');
    person.does('A', 'checkApplication', { outcome: 'complete' });
    person.does('A', 'decideAssistance', half);
    return person;
  }

  test('is a proposal: nothing is forgiven, nobody is told, and all stay suspended', () => {
    const person = proposed();
    expect(person.get('A').tasks.filter(({ status }) => status === 'open')).toMatchObject([
      { kind: 'approveAward', queue: 'supervisor', amountCents: 220_000, proposedBy: 'pat' },
    ]);
    expect([person.status('A'), person.status('B'), person.held('A'), person.held('B')]).toEqual([
      'proposed',
      'complete',
      ['assistanceApplication'],
      ['assistanceApplication'],
    ]);
    expect(person.shown().map(({ forgivenCents, letters }) => [forgivenCents, letters])).toEqual([
      [0, []],
      [0, []],
    ]);
  });

  test.each([
    [{ by: 'pat', role: 'supervisor' }, 'another person must approve it'],
    [{ by: 'sam', role: 'specialist' }, 'needs the yes of a supervisor'],
    [{ by: 'sam' }, 'stated was no role'],
  ] as const)('is not approved by %j', (who, says) => {
    const person = proposed();
    expect(person.does('A', 'approveAward', { outcome: 'approved', ...who })).toContain(says);
    expect(person.status('A')).toBe('proposed');
  });

  test('is carried out on all accounts when a second person says yes', () => {
    const person = proposed();
    expect(person.does('A', 'approveAward', { outcome: 'approved', by: 'sam', role: 'supervisor' })).toBeNull();
    expect(person.shown().map(({ forgivenCents, letters }) => [forgivenCents, letters.length])).toEqual([
      [-150_000, 1],
      [-70_000, 0],
    ]);
    expect(person.get('A').assistance?.applications[0]?.decision).toMatchObject({ by: 'pat', approvedBy: 'sam' });
  });

  test('is decided anew when it is declined', () => {
    const person = proposed();
    person.does('A', 'approveAward', { outcome: 'declined', by: 'sam', role: 'supervisor' });
    expect([person.status('A'), person.held('B')]).toEqual(['complete', ['assistanceApplication']]);
    person.does('A', 'decideAssistance', none);
    expect(person.shown().map(({ forgivenCents, held }) => [forgivenCents, held])).toEqual([
      [0, []],
      [0, []],
    ]);
  });

  test('needs a director when it is very large', () => {
    const person = new Person();
    person.owes('A', 2_100_000);
    person.applies('A');
    person.does('A', 'checkApplication', { outcome: 'complete' });
    person.does('A', 'decideAssistance', half);
    expect(person.does('A', 'approveAward', { outcome: 'approved', by: 'sam', role: 'supervisor' })).toContain(
      'needs the yes of a director',
    );
  });
});

test(`however the other accounts hear of it, once, twice, late or never, all ends the same (seed ${seed})`, () => {
  const play = (heard: () => Heard): unknown => {
    const person = fiveAccounts(heard);
    person.applies('A');
    person.does('A', 'checkApplication', { outcome: 'incomplete', assistance: { missing: ['taxReturn'] } });
    person.today = addDays(person.today, 7);
    person.applies('B');
    person.does('A', 'checkApplication', { outcome: 'complete' });
    person.owes('N', 20_000);
    person.does('A', 'decideAssistance', half);
    person.settle();
    const shown = person.shown();
    person.settle();
    expect(person.shown()).toEqual(shown);
    return shown;
  };
  const expected = play(() => 'atOnce');
  for (let run = 0; run < runs; run += 1) {
    const numbers = new RandomNumbers(seed + run);
    expect(play(() => numbers.pick(['atOnce', 'never', 'twice', 'late']))).toEqual(expected);
  }
});
