import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { loadKnowledge } from '../../../client/knowledge.ts';
import type { Account } from '../../../rules/domain/account.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import type { AccountEvent, PostedAdjustment, PostedRemittance } from '../../../rules/domain/event.ts';
import { accountBalance, bucketBalance, buckets } from '../../../rules/lifecycle/balances.ts';
import { evolve } from '../../../rules/lifecycle/evolve.ts';
import { recoveredCents, recordStatus } from '../../../rules/lifecycle/denials.ts';
import { PureAccount } from '../../support/pure-account.ts';

const knowledge = loadKnowledge();
const charge = 100_000;
const codes = ['CO-45', 'PR-45', 'CO-197', 'CO-97', 'CO-16', 'PR-1', 'PR-2', 'OA-18', 'PI-45', 'CO-253'] as const;

/** One decision of the payer: shares of the charge for each code; what is left is paid. */
const decision = fc
  .array(fc.tuple(fc.constantFrom(...codes), fc.integer({ min: 1, max: 25_000 })), { maxLength: 4 })
  .map((parts) => parts.map(([code, cents], n) => ({ code, cents, lineNumber: n % 2 === 0 ? 1 : 2 })));

function remittance(
  id: string,
  parts: readonly { readonly code: string; readonly cents: number; readonly lineNumber: number }[],
  on: string,
): PostedRemittance {
  const adjustments = parts.map(({ code, cents, lineNumber }, offset): PostedAdjustment => {
    const group = code.startsWith('CO') ? 'CO' : code.startsWith('PR') ? 'PR' : code.startsWith('OA') ? 'OA' : 'PI';
    return { lineNumber, group, carc: code.slice(3), rarcs: [], cents, offset };
  });
  const adjusted = (line: number) => adjustments.filter((a) => a.lineNumber === line).reduce((total, a) => total + a.cents, 0);
  const line = (number: number) => ({
    number,
    procedureCode: '99213',
    revenueCode: null,
    modifiers: [],
    units: 1,
    chargeCents: charge / 2,
    paidCents: charge / 2 - adjusted(number),
  });
  const lines = [line(1), line(2)];
  const paidCents = charge - adjusted(1) - adjusted(2);
  const place = { remittanceClaimId: id, fileId: 'f2', offset: 0, remittanceOn: civilDate(on), crossover: false };
  return {
    ...place,
    submissionKey: 'A1',
    sequence: 1,
    status: '1',
    payerClaimNumber: 'P1',
    chargeCents: charge,
    paidCents,
    adjustments,
    lines,
  };
}

function reversalOf(r: PostedRemittance, id: string, on: string): PostedRemittance {
  const adjustments = r.adjustments.map((a) => ({ ...a, cents: -a.cents }));
  const back = { paidCents: -r.paidCents, chargeCents: -r.chargeCents, adjustments };
  return { ...r, ...back, remittanceClaimId: id, status: '22', remittanceOn: civilDate(on) };
}

function opened(): PureAccount {
  const pure = new PureAccount(knowledge);
  pure.open('2026-03-02', { payerId: 'BCBS01' });
  return pure;
}

function post(pure: PureAccount, on: string, r: PostedRemittance): void {
  pure.turn(on, [{ kind: 'remittancePosted', ...r }]);
}

/** Balances and what is refused; how it came there is left out. */
function standing(account: Account) {
  const cases = account.claims.flatMap((c) => c.cases).filter((c) => c.status !== 'undone');
  return {
    buckets: buckets.map((bucket) => bucketBalance(account, bucket)),
    byKind: ['payerPayment', 'contractual', 'transfer'].map((kind) =>
      account.lines.filter((l) => l.kind === kind).reduce((a, l) => a + l.cents, 0),
    ),
    refused: cases
      .flatMap((c) =>
        c.denials.map(
          (d, n) => `${c.category} ${d.lineNumber} ${d.group}-${d.carc} ${d.cents} ${recordStatus(c, n)} ${recoveredCents(c)[n]}`,
        ),
      )
      .sort(),
  };
}

const seeded = { seed: 20_261_126, numRuns: 40 };

describe('remittances in any order', () => {
  test('a reversal undoes exactly: balances, postings and denial records are as they were', () => {
    fc.assert(
      fc.property(decision, decision, (first, second) => {
        const pure = opened();
        post(pure, '2026-04-01', remittance('r1', first, '2026-04-01'));
        const before = { ...standing(pure.account), cases: pure.account.claims[0]?.cases.map((c) => [c.denials, c.recoveries ?? null]) };
        const r2 = { ...remittance('r2', second, '2026-04-10'), payerClaimNumber: 'P2' };
        post(pure, '2026-04-10', r2);
        post(pure, '2026-04-20', reversalOf(r2, 'r3', '2026-04-20'));
        const kept = pure.account.claims[0]?.cases.filter((c) => c.remittanceClaimId === 'r1');
        expect({ ...standing(pure.account), cases: kept?.map((c) => [c.denials, c.recoveries ?? null]) }).toEqual(before);
      }),
      seeded,
    );
  }, 30_000);

  test('reversal before correction, after it, or before the original itself: the same end to the cent', () => {
    fc.assert(
      fc.property(decision, decision, (first, second) => {
        const r1 = remittance('r1', first, '2026-04-01');
        const back = reversalOf(r1, 'r2', '2026-04-10');
        const r3 = remittance('r3', second, '2026-04-10');
        const orders = [
          [r1, back, r3],
          [r1, r3, back],
          [back, r3, r1],
          [back, r1, r3],
          [r3, back, r1],
        ];
        const ends = orders.map((order) => {
          const pure = opened();
          order.forEach((r, n) => {
            post(pure, `2026-04-1${n}`, r);
          });
          const { buckets: balances, byKind } = standing(pure.account);
          return { balances, byKind };
        });
        // Two remittances of the same amounts cannot be told apart.
        fc.pre(r1.paidCents !== r3.paidCents);
        for (const end of ends) expect(end).toEqual(ends[0]);
      }),
      seeded,
    );
  }, 60_000);

  test('whatever comes, the lines are the balance, a refused amount never becomes the patient’s, and the fold never throws', () => {
    const step = fc.record({ parts: decision, undo: fc.nat(9), kind: fc.constantFrom('post', 'post', 'reverse', 'reverse', 'strange') });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 7 }), (steps) => {
        const pure = opened();
        const posted: PostedRemittance[] = [];
        const events: AccountEvent[] = [];
        steps.forEach(({ parts, undo, kind }, n) => {
          const on = `2026-05-${10 + n}`;
          const target = posted[undo % Math.max(1, posted.length)];
          const next = kind === 'post' || target === undefined ? remittance(`r${n}`, parts, on) : reversalOf(target, `r${n}`, on);
          const said = kind === 'strange' ? { ...next, paidCents: next.paidCents - 1 } : next;
          if (said.status !== '22') posted.push(said);
          events.push(...pure.turn(on, [{ kind: 'remittancePosted', ...said }]).events);
        });
        const { account } = pure;
        expect(account.lines.reduce((total, line) => total + line.cents, 0)).toBe(accountBalance(account));
        expect(buckets.reduce((total, bucket) => total + bucketBalance(account, bucket), 0)).toBe(accountBalance(account));
        expect(new Set(account.lines.map(({ id }) => id)).size).toBe(account.lines.length);
        expect(account.lines.filter((line) => line.bucket === 'patient' && line.carc !== '1' && line.carc !== '2')).toEqual([]);
        // Any event on any account: an event that does not fit changes nothing but the count.
        for (const event of events) expect(evolve(opened().account, event).eventCount).toBeGreaterThan(0);
      }),
      seeded,
    );
  }, 60_000);
});
