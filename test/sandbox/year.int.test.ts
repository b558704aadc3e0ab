import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/create.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import type { Year } from '../../client/sandbox/year/play.ts';
import { reconcile } from '../../client/sandbox/year/reconcile.ts';
import { asWithoutFaults, commandOf, comparedWith, playAndReconcile, type Run, worldOf } from '../../client/sandbox/year/run.ts';
import { createPrisma, type Store } from '../../prisma/client.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { freshDatabase } from '../support/database.ts';

const rules = fixedRules(loadKnowledge());
const year: Year = { seed: 7, accounts: 20, months: 12, from: civilDate('2025-01-01'), zone: 'America/New_York', faults: 'none' };

let store: Store;
let calm: Run;
let world: ReturnType<typeof worldOf>;

beforeAll(async () => {
  store = createPrisma(await freshDatabase(), 4);
  world = worldOf(year);
  calm = await play(store, year, world);
}, 400_000);

afterAll(() => store.close());

test('a year reconciles', () => {
  expect({ against: against(calm), repeat: commandOf(year) }).toEqual({ against: [], repeat: commandOf(year) });
  expect(calm.played.counts.turns).toBeGreaterThan(100);
});

test('crashes between any two steps, an absent database, and what comes twice or in another order change no end', async () => {
  const broken: Year = { ...year, faults: 'sameEnds' };
  const run = comparedWith(calm, await playAlone(broken), asWithoutFaults);
  expect({ against: against(run), repeat: commandOf(broken) }).toEqual({ against: [], repeat: commandOf(broken) });
  expect(run.played.counts.crashes).toBeGreaterThan(10);
}, 400_000);

test('the same seed sends the same bytes and comes to the same books', async () => {
  const short: Year = { ...year, accounts: 6, months: 4 };
  const [one, other] = [await playAlone(short), await playAlone(short)];
  expect(other.reconciliation).toEqual(one.reconciliation);
  expect(one.played.sent.length).toBeGreaterThan(6);
}, 300_000);

test.each([
  [
    'a cent on a ledger line',
    `UPDATE "LedgerLine" SET "amountCents" = "amountCents" + 1 WHERE "kind" = 'payerPayment'`,
    /every cent of the payers/,
  ],
  ['a charge that is not the claim’s', `UPDATE "LedgerLine" SET "amountCents" = "amountCents" + 1 WHERE "kind" = 'charge'`, /every charge/],
  ['a balance that is not the lines’', `UPDATE "Account" SET "balanceCents" = "balanceCents" + 1`, /charge = paid/],
  ['a claim that is not recorded', `DELETE FROM "Submission"`, /every claim that left is recorded/],
  [
    'a deadline without anyone who was told',
    `UPDATE "AccountEvent" SET "kind" = 'x' WHERE "kind" IN ('taskOpened', 'decided')`,
    /no deadline passed/,
  ],
  ['an answer that is recorded twice', `UPDATE "RemittanceClaim" SET "paidCents" = "paidCents" * 2`, /the payers hold the same true/],
  ['a mistake of a vendor that nobody found', `DELETE FROM "VendorDifference"`, /every mistake of a vendor is found/],
  [
    'a difference that no vendor made',
    `UPDATE "VendorDifference" SET "kind" = 'listedTwice', "settledOn" = NULL`,
    /no difference stands that the vendor did not make/,
  ],
  [
    'a contact that is called against the rules and was not',
    `INSERT INTO "ContactViolation" ("id", "contactId", "policyId", "party", "basis", "because", "at")
      SELECT gen_random_uuid(), "id", 'reg-f-hours', "party", 'law', 'x', "at" FROM "Contact" WHERE "party" <> 'us'`,
    /no contact is called against the rules/,
  ],
  ['an account without a next step', `UPDATE "Account" SET "terminal" = false, "nextActionAt" = NULL`, /nobody is without an owner/],
])('%s does not go unnoticed', async (_what, damage, check) => {
  const { prisma } = store;
  const found = await prisma
    .$transaction(async (tx) => {
      await tx.$executeRawUnsafe(damage);
      return reconcile(tx, calm.played, world.truth()).then(({ checks }) =>
        Promise.reject(new Damaged(checks.filter(({ holds }) => !holds).map(({ name }) => name))),
      );
    })
    .catch((error: unknown) => (error instanceof Damaged ? error.names : Promise.reject(error)));
  expect(found.join('; ')).toMatch(check);
});

/** Takes the damage back with the transaction. */
class Damaged extends Error {
  readonly names: readonly string[];
  constructor(names: readonly string[]) {
    super('damaged on purpose');
    this.names = names;
  }
}

function against({ reconciliation }: Run): readonly string[] {
  return reconciliation.checks.filter(({ holds }) => !holds).flatMap(({ name, against: found }) => [name, ...found]);
}

async function playAlone(played: Year): Promise<Run> {
  const own = createPrisma(await freshDatabase(), 4);
  try {
    return await play(own, played, worldOf(played));
  } finally {
    await own.close();
  }
}

function play({ prisma }: Store, played: Year, outside: ReturnType<typeof worldOf>): Promise<Run> {
  return playAndReconcile(played, {
    prisma,
    makeActivities: (doors) => createActivities({ prisma, rules, ...doors }),
    ...outside,
    onDay: () => {},
  });
}
