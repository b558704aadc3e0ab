import { expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { addDays, civilDate } from '../../../rules/domain/civil-date.ts';
import type { Action, Decision } from '../../../rules/domain/decision.ts';
import { taskOutcomes } from '../../../rules/domain/task.ts';
import type { Advanced, Knowledge } from '../../../rules/lifecycle/contract.ts';
import { ownerOf } from '../../../rules/lifecycle/phase.ts';
import { oneWorkingOwner } from '../../support/one-working-owner.ts';
import { PureAccount } from '../../support/pure-account.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';
import { randomVendorWord } from '../../support/random-vendor.ts';
import { remembering } from '../../support/remembering.ts';

const knowledge = remembering(loadKnowledge());
const seed = Number(process.env['SEED'] ?? 20_261_126);
const ofPatient: readonly Action[] = ['placeWithVendor', 'placeWithVendor', 'placeWithVendor', 'sendStatement', 'offerPaymentPlan', 'wait'];

/** Rules that place with anyone, again and again, and recall whenever they are asked. */
function anyRules(numbers: RandomNumbers): Knowledge {
  return {
    ...knowledge,
    decide: (facts, asOf): Decision => {
      const point = facts['point'] === 'placed' ? 'placed' : 'patientBalance';
      const action =
        point === 'placed'
          ? numbers.pick<Action>(['recallFromVendor', 'wait', 'wait'])
          : facts['patient.statements'] === 0
            ? 'sendStatement'
            : numbers.pick(ofPatient);
      const [vendor, tier] = numbers.pick([
        ['VENDOR1', 'badDebt1'],
        ['VENDOR1', 'earlyOut'],
        ['VENDOR2', 'badDebt2'],
        ['EARLYOUT1', 'earlyOut'],
      ] as const);
      const params = { vendor, tier };
      const answer = {
        ruleId: 'any',
        action,
        queue: 'vendors',
        timer: { id: 'look', duration: '1 week' },
        why: 'any',
        citation: '',
        params,
      } as const;
      const winner = { ruleId: 'any', priority: 1, leaves: [] };
      return { answer, receipt: { ruleSetHash: '', evaluator: 'any', point, asOf, facts, winner, alsoMatched: [], nearMisses: [] } };
    },
  };
}

class Life {
  readonly numbers: RandomNumbers;
  readonly known: PureAccount;
  today = civilDate('2026-03-16');
  #count = 0;

  constructor(n: number) {
    this.numbers = new RandomNumbers(seed + n);
    this.known = new PureAccount(anyRules(this.numbers));
    this.known.open('2026-03-02', { payerId: 'UHC01' });
    this.known.deny('2026-03-16', [{ group: 'PR', carc: '1', cents: 40_000 }]);
    this.known.carryOut('2026-03-16', 'sendStatement:1');
  }

  step(): Advanced {
    const { numbers, known } = this;
    this.today = addDays(this.today, numbers.pick([0, 1, 3, 8]));
    const issued = known.account.commands.filter((c) => c.status === 'issued');
    const draw = numbers.next(10);
    if (issued.length > 0 && draw < 5) return this.#carryOut(numbers.pick(issued).command.key);
    this.#count += 1;
    const said = draw < 8 ? randomVendorWord(known.account, numbers, { today: this.today, number: this.#count }) : null;
    if (said !== null) return known.turn(this.today, said);
    if (draw === 8) return known.turn(this.today, [this.#payment()]);
    const task = known.account.tasks.find((t) => t.status === 'open');
    if (task === undefined) return known.turn(this.today, []);
    const form = {
      outcome: numbers.pick(taskOutcomes[task.kind]),
      by: 'sam',
      role: 'supervisor',
      instalmentCents: 5_000,
      payerId: 'BCBS01',
      memberId: 'M1',
    } as const;
    return known.turn(this.today, [], [{ formId: `f${this.#count}`, taskId: task.id, form }]);
  }

  #payment() {
    const paid = { paymentId: `p${this.#count}`, cents: this.numbers.pick([500, 2_500]), on: this.today, fileId: 'f', offset: 0 };
    return { kind: 'patientPaid', via: 'direct', ...paid } as const;
  }

  #carryOut(key: string): Advanced {
    const result = this.numbers.pick(['sent', 'sent', 'sent', 'sent', 'refused', 'unknown'] as const);
    return this.known.turn(this.today, [
      { kind: 'commandCarriedOut', key, result, receipt: null, reason: null, on: this.today, submissionKey: null },
    ]);
  }
}

test(`whatever vendors say, whenever they say it, one works the balance and knows what it is (SEED=${seed})`, () => {
  let placements = 0;
  let recalled = 0;
  for (let n = 0; n < 150; n += 1) {
    const life = new Life(n);
    for (let step = 0; step < 40; step += 1) {
      const before = life.known.account;
      const turn = life.step();
      const faults = oneWorkingOwner(before, turn);
      if (faults.length > 0) throw new Error(`life ${n} of SEED=${seed}: ${faults.join('; ')}\n${life.known.story.join('\n')}`);
      expect(['queue', 'payer', 'patient', 'vendor', 'closed']).toContain(ownerOf(turn.account, life.today).kind);
    }
    placements += life.known.account.patient.placements.length;
    recalled += life.known.account.patient.placements.filter((p) => p.status === 'returned').length;
  }
  // Lives without second placements would prove nothing.
  expect(placements).toBeGreaterThan(150);
  expect(recalled).toBeGreaterThan(60);
}, 60_000);
