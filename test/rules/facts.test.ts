import { describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { loadKnowledge } from '../../client/knowledge.ts';
import { play } from '../../client/scenario/play.ts';
import { PureWorld } from '../../client/scenario/pure-world.ts';
import { readScenario } from '../../client/scenario/read.ts';
import type { Account } from '../../rules/domain/account.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { Decide, DecisionPoint, Facts } from '../../rules/domain/decision.ts';
import { catalogue, declarationOf, factIds } from '../../rules/engine/catalogue.ts';
import { emptyAccount } from '../../rules/lifecycle/evolve.ts';
import { factsFor } from '../../rules/lifecycle/facts.ts';
import { Turn } from '../../rules/lifecycle/turn.ts';

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

let played: Promise<readonly Facts[]> | null = null;

/** The stories are played once for all tests. */
function askedOnce(): Promise<readonly Facts[]> {
  played ??= askedInStories();
  return played;
}

const on = civilDate('2026-05-01');
const denial = {
  lineNumber: 1,
  group: 'CO',
  rarcs: [],
  offset: 0,
  service: { procedureCode: '99213', revenueCode: null, chargeCents: 10_000, allowedCents: 4_000 },
} as const;
const aCase = { remittanceClaimId: 'r1', category: 'COD', deniedOn: on, status: 'upheld', paths: [] } as const;
const proof = { submissionKey: 'B1', acceptedOn: on, fileId: 'f1', offset: 7, limitOn: on, isInTime: true } as const;
const line = { on, source: { cause: 'x' }, remittanceClaimId: null, carc: null, undoes: null } as const;

/** Stories end before a plan, a placement, a payer's credit or a second denial: one account that has them all. */
const built: Account = {
  ...emptyAccount('built'),
  opened: {
    accountNumber: 'B1',
    zone: 'America/Chicago',
    state: 'TX',
    claimType: 'professional',
    servicedFrom: on,
    servicedThrough: on,
    chargeCents: 10_000,
    coverages: [],
    authorizationOnFile: false,
  },
  claims: [
    {
      sequence: 1,
      payerId: 'UHC01',
      payerClass: 'commercial',
      status: 'upheld',
      submissions: [],
      payerClaimNumber: null,
      remittances: [],
      evidence: { contracted: true, selfFunded: true, memberConsent: true, ourDataWrong: false, medicalJudgement: true },
      cases: [
        { ...aCase, id: 'c1', denials: [{ ...denial, carc: '16', cents: 5_000 }] },
        { ...aCase, id: 'c2', denials: [{ ...denial, carc: '50', cents: 6_000 }], timelyFilingProof: proof },
      ],
    },
  ],
  patient: {
    status: 'placed',
    statements: [on],
    plan: { status: 'active', instalmentCents: 1_000, since: on },
    paidCents: 500,
    placements: [
      {
        id: 'p1',
        vendor: 'v',
        tier: 'primary',
        status: 'placed',
        balanceCents: 4_000,
        offeredOn: on,
        placedOn: on,
        recallSentOn: null,
        returnedOn: null,
        paidCents: 500,
        vendorStatus: 'dispute',
        vendorStatusOn: on,
      },
    ],
  },
  lines: [
    { ...line, id: '1', bucket: 'payer1', kind: 'payerPayment', cents: -100 },
    { ...line, id: '2', bucket: 'patient', kind: 'patientPayment', cents: -500 },
  ],
};

function askedOfBuilt(): readonly Facts[] {
  const known = { state: 'OH', language: 'en', isMinor: false, mailReturnedOn: null, lastStatementOn: civilDate('2026-09-01') };
  const guarantor = { guarantorId: 'g1', accounts: 2, owedElsewhereCents: 12_000, ...known };
  const turn = new Turn(built, instant('2026-10-01T12:00:00.000Z'), loadKnowledge(), { guarantor });
  return [
    factsFor(turn, { key: 'a', point: 'upheld', subject: { kind: 'case', sequence: 1, caseId: 'c2' } }),
    factsFor(turn, { key: 'b', point: 'placed', subject: { kind: 'placement', placementId: 'p1' } }),
    factsFor(turn, { key: 'c', point: 'credit', subject: { kind: 'credit', bucket: 'payer1' } }),
  ];
}

describe('the facts of the catalogue', () => {
  test('are given by the lifecycle, or say until when they are null', async () => {
    const all = [...(await askedOnce()), ...askedOfBuilt()];
    const given = new Set(all.flatMap((facts) => Object.keys(facts).filter((id) => facts[id] !== null)));
    const promised = factIds.filter((id) => declarationOf(id)?.nullUntil === null);
    expect(promised.filter((id) => !given.has(id))).toEqual([]);
    expect([...given].filter((id) => declarationOf(id)?.nullUntil !== null)).toEqual([]);
  });

  test('are given only at the points where the catalogue says they can be known', async () => {
    const elsewhere = new Set<string>();
    for (const facts of [...(await askedOnce()), ...askedOfBuilt()])
      for (const [id, value] of Object.entries(facts)) {
        const points: readonly DecisionPoint[] = declarationOf(id)?.points ?? [];
        if (value !== null && !points.some((point) => point === facts['point'])) elsewhere.add(`${id} at ${String(facts['point'])}`);
      }
    expect([...elsewhere]).toEqual([]);
  });

  test('have only the values they are declared with', async () => {
    const strange = new Set<string>();
    for (const facts of [...(await askedOnce()), ...askedOfBuilt()])
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
