import { describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '../../client/knowledge.ts';
import { play } from '../../client/scenario/play.ts';
import { PureWorld } from '../../client/scenario/pure-world.ts';
import { readScenario } from '../../client/scenario/read.ts';
import type { Decide, DecisionPoint, Facts } from '../../rules/domain/decision.ts';
import { catalogue, declarationOf, factIds } from '../../rules/engine/catalogue.ts';

const folder = join(import.meta.dirname, '../scenarios');

/** Every question asked while the dated stories are played, with its facts. */
async function askedInStories(): Promise<readonly Facts[]> {
  const asked: Facts[] = [];
  const knowledge = loadKnowledge();
  const decide: Decide = (facts, asOf) => {
    asked.push(facts);
    return knowledge.decide(facts, asOf);
  };
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.yaml'))) {
    const { scenario, readNear } = readScenario(join(folder, name));
    await play(scenario, new PureWorld({ knowledge: { ...knowledge, decide }, zone: scenario.zone, readFile: readNear }));
  }
  return asked;
}

/** Given by rules/lifecycle, but in no story yet: each is null there because the account never came that far. */
const inNoStory: readonly string[] = [
  'denial.allowedCents',
  'denial.previousCarc',
  'denial.changeCents',
  'left.extraordinaryActionDays',
  'left.applicationDays',
  'patient.lastPlacement',
  'patient.lastTier',
  'patient.planInstalmentCents',
  'patient.planAgeDays',
  'placement.vendor',
  'placement.days',
  'placement.status',
  'placement.paidCents',
  'placement.tier',
  'placement.balanceCents',
  'placement.daysSinceLastPayment',
  'credit.holderClass',
];

describe('the facts of the catalogue', () => {
  test('are given by the lifecycle, or say until when they are null', async () => {
    const asked = await askedInStories();
    const given = new Set(asked.flatMap((facts) => Object.keys(facts).filter((id) => facts[id] !== null)));
    const promised = factIds.filter((id) => declarationOf(id)?.nullUntil === null);
    expect(promised.filter((id) => !given.has(id))).toEqual(inNoStory);
    expect([...given].filter((id) => declarationOf(id)?.nullUntil !== null)).toEqual([]);
  });

  test('are given only at the points where the catalogue says they can be known', async () => {
    const elsewhere = new Set<string>();
    for (const facts of await askedInStories())
      for (const [id, value] of Object.entries(facts)) {
        const points: readonly DecisionPoint[] = declarationOf(id)?.points ?? [];
        if (value !== null && !points.some((point) => point === facts['point'])) elsewhere.add(`${id} at ${String(facts['point'])}`);
      }
    expect([...elsewhere]).toEqual([]);
  });

  test('have only the values they are declared with', async () => {
    const strange = new Set<string>();
    for (const facts of await askedInStories())
      for (const [id, value] of Object.entries(facts)) {
        const values = declarationOf(id)?.values ?? null;
        for (const member of Array.isArray(value) ? (value as readonly unknown[]) : [value])
          if (typeof member === 'string' && values !== null && !values.includes(member)) strange.add(`${id} = ${member}`);
      }
    expect([...strange]).toEqual([]);
  });

  test('are each documented in a sentence', () => {
    for (const [id, { doc }] of Object.entries(catalogue)) expect([id, /^[A-Z0-9].{8,}\.$/.test(doc)]).toEqual([id, true]);
  });
});
