import { expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import { addDays, type CivilDate, civilDate } from '../../../rules/domain/civil-date.ts';
import { accountBalance, bucketBalance, buckets } from '../../../rules/lifecycle/balances.ts';
import { emptyAccount, evolve } from '../../../rules/lifecycle/evolve.ts';
import { isInstalmentTimer, paidOnPlan, planStanding, planStatus } from '../../../rules/lifecycle/plan.ts';
import { PureAccount } from '../../support/pure-account.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';
import { randomPaymentOrPlan } from '../../support/random-plan.ts';
import { remembering } from '../../support/remembering.ts';

const knowledge = remembering(loadKnowledge());
const seed = Number(process.env['SEED'] ?? 20_261_126);
const lives = 40;
const steps = 40;

/** What is wrong with the plan of this account on that day, in words. */
function broken({ account }: PureAccount, today: CivilDate): readonly string[] {
  const { plan, promises = [] } = account.patient;
  const standing = planStanding(account, today);
  const armed = account.timers.filter((t) => t.status === 'armed' && isInstalmentTimer(t.id));
  const lines = account.lines.filter((l) => l.kind === 'patientPayment');
  const open = promises.filter((p) => p.status === 'open');
  return [
    ...(buckets.reduce((sum, b) => sum + bucketBalance(account, b), 0) === accountBalance(account)
      ? []
      : ['the buckets are not the balance']),
    ...(lines.every((l) => 'fileId' in l.source) ? [] : ['a payment or its reversal points to no byte']),
    ...(-lines.reduce((sum, l) => sum + l.cents, 0) === account.patient.paidCents ? [] : ['what was paid is not what its lines say']),
    ...(lines.filter((l) => l.undoes === null).every((l) => reversed(lines, l.id) <= -l.cents) ? [] : ['more came back than was paid']),
    ...(plan.status === 'active' && planStatus(account, today) === 'defaulted' ? ['a plan in default runs'] : []),
    ...(plan.status === 'active' && standing?.isPaid === true ? ['a plan that is paid runs'] : []),
    ...(armed.length > 1 ? ['two looks at instalments are armed'] : []),
    ...(plan.status === 'active' && standing !== null && armed[0]?.on !== standing.changesOn
      ? ['the next look is not on the day it says']
      : []),
    ...(plan.status !== 'active' && armed.length > 0 ? ['a look is armed for a plan that does not run'] : []),
    ...(plan.since !== null && paidOnPlan(account) < 0 ? ['less than nothing was paid on the plan'] : []),
    ...(open.length > 1 ? ['two promises are open'] : []),
    ...(open.some((p) => today > addDays(p.dueOn, 3)) ? ['a promise was not judged'] : []),
  ];
}

function reversed(lines: PureAccount['account']['lines'], id: string): number {
  return lines.filter((l) => l.undoes === id).reduce((sum, l) => sum + l.cents, 0);
}

test('random lives of a balance on a plan keep their laws, and reach every state of a plan and a promise', () => {
  const reached = new Set<string>();
  for (let life = 0; life < lives; life += 1) {
    const numbers = new RandomNumbers(seed + life);
    const account = new PureAccount(knowledge);
    let today = civilDate('2026-01-05');
    account.open(today, { payerId: 'UHC01' });
    account.deny(today, [{ group: 'PR', carc: '1', cents: numbers.pick([30_000, 60_000, 100_000]) }]);
    for (let step = 0; step < steps; step += 1) {
      const issued = account.account.commands.find((c) => c.status === 'issued');
      if (issued !== undefined) account.carryOut(today, issued.command.key);
      else if (numbers.next(3) === 0)
        account.turn(today, [
          randomPaymentOrPlan({ account: account.account, today, policy: knowledge.planPolicy(today), number: step }, numbers),
        ]);
      else if (numbers.next(6) === 0)
        account.tell(today, { do: 'promise', by: 'casey', cents: numbers.pick([500, 5_000]), dueOn: addDays(today, numbers.next(20)) });
      else {
        today = addDays(today, numbers.pick([1, 5, 20, 31]));
        account.goTo(today);
      }
      const faults = broken(account, today);
      if (faults.length > 0)
        throw new Error(`seed ${seed + life}, step ${step}, ${today}: ${faults.join('; ')}\n${account.story.slice(-15).join('\n')}`);
      reached.add(`plan ${account.account.patient.plan.status}`);
      for (const { status } of account.account.patient.promises ?? []) reached.add(`promise ${status}`);
      if ((account.account.patient.plan.cures ?? 0) > 0) reached.add('cured');
      for (const line of account.story.splice(0)) if (line.startsWith('The payment plan runs again')) reached.add('resumed');
    }
    const folded = account.history.map(({ event }) => event).reduce(evolve, emptyAccount(account.account.id));
    expect([life, folded.patient]).toEqual([life, account.account.patient]);
  }
  const all = ['active', 'declined', 'defaulted', 'ended', 'kept', 'none', 'offered'].map((status) => `plan ${status}`);
  expect([...reached].sort()).toEqual(
    [...all, 'promise broken', 'promise kept', 'promise open', 'promise partlyKept', 'cured', 'resumed'].sort(),
  );
});
