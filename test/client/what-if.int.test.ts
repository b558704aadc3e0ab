import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readHospital } from '../../client/sandbox/hospital.ts';
import { knowledgeOf, lintRules, loadKnowledge, ruleVersionOf, shippedFiles } from '../../client/knowledge.ts';
import { play } from '../../client/scenario/play.ts';
import { readsOf } from '../../client/reads.ts';
import { ruleTrialsOn } from '../../client/rule-trials.ts';
import { runWhatIf, type WhatIfRequest } from '../../client/what-if.ts';
import { readCoverage } from '../../client/coverage.ts';
import { readLintEvidence } from '../../client/lint-evidence.ts';
import { checkReceipt } from '../../client/receipt-check.ts';
import { eventOf, receiptOf } from '../../prisma/convert.ts';
import { readOpenAccounts, readWhatIf } from '../../prisma/reads/what-if.ts';
import { publishShipped } from '../../prisma/writes/rule-versions.ts';
import { saveWhatIf, startWhatIf } from '../../prisma/writes/what-if.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { KnowledgeFiles } from '../../rules/lifecycle/knowledge.ts';
import { waitingDecisions } from '../../rules/lifecycle/open-account.ts';
import { subjectKey } from '../../rules/lifecycle/turn.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';
import { inCompany, withDefault } from '../support/rules-on-trial.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { StoredWorld } from '../support/stored-world.ts';

const today = civilDate('2026-11-25');
const now = instant('2026-11-25T17:00:00Z');
const live = shippedFiles();

/** The default rules with the authorization denials sent to a person in another queue. */
const draft = withDefault(live, (rules) =>
  rules.map((rule) =>
    rule.name === 'denied.authorization'
      ? { ...rule, event: { type: 'nextAction', params: { action: 'routeToPerson', queue: 'clearance' } } }
      : rule,
  ),
);

let world: StoredWorld;

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge: loadKnowledge() });
  await publishShipped(world.store.prisma, ruleVersionOf(live));
  const stories = readHospital(today).filter(({ scenario }) => ['H02', 'H04', 'H05', 'H06', 'H09', 'H11', 'H17', 'H19'].includes(scenario));
  for (const story of stories) await play(inCompany(story), world);
}, 180_000);

afterAll(() => world.close());

function request(files: KnowledgeFiles): WhatIfRequest {
  return { files, now, publishedOn: today, askedOn: null };
}

const small = { decisions: 3, accounts: 2 };

describe('a what-if over stored decisions and open accounts', () => {
  test('the live rules against themselves change nothing', async () => {
    const { report } = await runWhatIf(world.store.prisma, request(live));
    const decisions = await world.store.prisma.decision.count();
    const accounts = await world.store.prisma.account.count({ where: { terminal: false } });
    expect(world.accountNumbers().length).toBeGreaterThan(5);
    expect(decisions).toBeGreaterThan(10);
    expect(report).toMatchObject({
      decisions,
      changed: { count: 0, cents: 0 },
      flows: [],
      examples: [],
      open: { accounts, moved: { accounts: 0 } },
    });
  });

  test('counts exactly the decisions that the changed rule won, with their money', async () => {
    const { id, report } = await runWhatIf(world.store.prisma, request(draft));
    const won = await world.store.prisma.decision.findMany({ where: { ruleId: 'denied.authorization' } });
    const cents = won.reduce((total, { facts }) => total + Number(JSON.parse(facts)['denial.amountCents']), 0);
    expect(won.length).toBeGreaterThan(0);
    expect(report.flows).toMatchObject([
      {
        fromRule: 'denied.authorization',
        fromAction: 'reconsideration',
        toRule: 'denied.authorization',
        toAction: 'routeToPerson',
        count: won.length,
        cents,
      },
    ]);
    expect(report.directions).toEqual([{ from: 'payer', to: 'person', count: won.length, cents }]);
    expect(report.examples[0]).toMatchObject({ point: 'denied', live: { other: 'the same rule, with another answer' } });
    expect((await readWhatIf(world.store.prisma, id))?.report).toEqual(report);
  });

  test('a run that dies between pages goes on and gives the same report', async () => {
    const { report: whole } = await runWhatIf(world.store.prisma, request(draft), () => undefined, small);
    for (const dyingAt of [1, 2, 4]) {
      let pages = 0;
      const dying = runWhatIf(
        world.store.prisma,
        request(draft),
        () => {
          pages += 1;
          if (pages === dyingAt) throw new Error('killed');
        },
        small,
      );
      await expect(dying).rejects.toThrow('killed');
    }
    expect(await world.store.prisma.whatIf.count({ where: { finishedAt: null } })).toBe(1);
    const { report } = await runWhatIf(world.store.prisma, request(draft), () => undefined, small);
    expect(report).toEqual(whole);
    expect(await world.store.prisma.whatIf.count({ where: { finishedAt: null } })).toBe(0);
  });

  test('the decisions that stand are the last ones about what waits, as the events tell it', async () => {
    const accounts = await readOpenAccounts(world.store.prisma, null, 1_000);
    const points = new Set<string>();
    for (const { id, account } of accounts) {
      const rows = await world.store.prisma.accountEvent.findMany({
        where: { accountId: id, kind: 'decided' },
        orderBy: { position: 'asc' },
      });
      const decided = rows.map(eventOf).flatMap((event) => (event.kind === 'decided' ? [event] : []));
      const open = [...account.tasks.filter((t) => t.status === 'open'), ...account.timers.filter((t) => t.status === 'armed')];
      const keys = [...new Set(open.map(({ subject }) => subjectKey(subject)))];
      const last = keys.flatMap((key) => decided.findLast(({ subject }) => subjectKey(subject) === key) ?? []);
      expect(waitingDecisions(account).map(({ decisionId }) => decisionId)).toEqual(last.map(({ decisionId }) => decisionId));
      for (const { point } of last) points.add(point);
    }
    expect([...points].sort()).toEqual(['credit', 'denied', 'nextPayer', 'patientBalance', 'rejected', 'silent', 'upheld']);
  });

  test('two processes on one run: the second is told', async () => {
    const { prisma } = world.store;
    const key = { contentHash: 'two', baseNumber: 1, publishedOn: today, askedOn: null };
    const run = await startWhatIf(prisma, key, now);
    await saveWhatIf(prisma, { ...run, pages: 1 });
    await expect(saveWhatIf(prisma, { ...run, pages: 1 })).rejects.toMatchObject({ code: 'what-if.taken' });
  });

  test('earlier deadlines of the draft are deadlines at risk', async () => {
    const policies = live.policies.replace(
      /"amount": (\d+)/g,
      (_, amount: string) => `"amount": ${Math.max(1, Math.floor(Number(amount) / 4))}`,
    );
    const { report } = await runWhatIf(world.store.prisma, request({ ...live, policies }));
    const open = await world.store.prisma.deadline.count({ where: { status: 'open', account: { terminal: false } } });
    expect(open).toBeGreaterThan(0);
    expect(report.open.atRisk.count).toBeGreaterThan(0);
    expect(report.open.atRiskList.every(({ draftOn, liveOn }) => liveOn === null || draftOn < liveOn)).toBe(true);
    expect(knowledgeOf({ ...live, policies }).ruleSet.hash).toBe(report.liveHash);
  });
});

describe('the coverage map of stored denials', () => {
  test('the shipped rules leave no denial of these stories to the fallback', async () => {
    const map = await readCoverage(world.store.prisma, { since: null });
    const denials = await world.store.prisma.denialRecord.count({ where: { caseStatus: { not: 'undone' } } });
    expect(denials).toBeGreaterThan(0);
    expect(map.gaps.filter(({ fault }) => fault !== 'equalRules')).toEqual([]);
    expect(map.covered.cents + map.gaps.reduce((total, { cents }) => total + cents, 0)).toBe(map.cents);
  });

  test('a default set that says nothing of denials has gaps, each with its dollars and a real account', async () => {
    const files = withDefault(live, (rules) => rules.filter(({ name }) => !name.startsWith('denied')));
    const map = await readCoverage(world.store.prisma, { since: null, files });
    const missing = map.gaps.filter(({ carc }) => carc === '197');
    expect(missing.length).toBeGreaterThan(0);
    const witness = await world.store.prisma.account.findFirstOrThrow({ where: { accountNumber: missing[0]?.witness ?? '' } });
    const denied = await world.store.prisma.denialRecord.findMany({ where: { accountId: witness.id, carc: '197' } });
    expect(denied.map(({ amountCents }) => Number(amountCents))).toContain(missing[0]?.witnessCents);
  });
});

describe('what lint sees in stored decisions', () => {
  const askedOf = async (files: KnowledgeFiles) => {
    const stored = await readLintEvidence(world.store.prisma, files, now);
    if (stored === null) throw new Error('the files can be read');
    return { stored, ...lintRules(files.ruleFiles, stored) };
  };

  test('every rule that won or matched is remembered with its days', async () => {
    const { prisma } = world.store;
    const rows = await prisma.ruleMatch.findMany({ select: { ruleId: true, on: true } });
    const decisions = await prisma.decision.findMany({ select: { ruleId: true, asOf: true, receipt: true } });
    const told = decisions.flatMap(({ ruleId, asOf, receipt }) =>
      [ruleId, ...receiptOf(receipt).alsoMatched].map((id) => `${id} ${asOf.toISOString()}`),
    );
    expect(rows.map(({ ruleId, on }) => `${ruleId} ${on.toISOString()}`).sort()).toEqual([...new Set(told)].sort());
  });

  test('a rule is called unmatched when it has stood for ninety days and matched nothing in them', async () => {
    const { prisma } = world.store;
    expect((await askedOf(live)).warnings.filter(({ check }) => check === 'unmatched-rule')).toEqual([]);
    await prisma.rulePublication.updateMany({ data: { publishedAt: new Date('2026-01-01T00:00:00Z') } });
    const { stored, warnings, ruleSet } = await askedOf(live);
    const unmatched = warnings.filter(({ check }) => check === 'unmatched-rule').map(({ file, pointer }) => `${file}#${pointer}`);
    const seen = await prisma.$queryRaw<{ ruleId: string }[]>`SELECT DISTINCT "ruleId" FROM "RuleMatch" WHERE "on" > '2026-08-27'`;
    const expected = (ruleSet?.rules ?? []).filter(
      ({ id, priority, meta }) => priority > 1 && meta.effective.from <= '2026-08-27' && !seen.some(({ ruleId }) => ruleId === id),
    );
    expect(unmatched.sort()).toEqual(expected.map(({ place }) => `${place.file}#${place.pointer}`).sort());
    expect(expected.length).toBeGreaterThan(10);
    expect(seen.length).toBeGreaterThan(3);
    expect(stored.lastMatchedOn.size).toBeGreaterThan(seen.length);
    const since = await readLintEvidence(
      prisma,
      withDefault(live, (rules) => rules.map((r) => (r.name === 'denied.coding' ? { ...r, name: 'denied.fresh' } : r))),
      now,
    );
    expect(since?.liveBefore.has('denied.fresh')).toBe(false);
  });

  test('denials that only the fallback catches are ranked by dollars, each with an account and nothing of a person', async () => {
    const files = withDefault(live, (rules) => rules.filter(({ name }) => !name.startsWith('denied')));
    const { warnings, stored } = await askedOf(files);
    const told = warnings.filter(({ check }) => check === 'only-fallback').map(({ message }) => message);
    expect(stored.onlyFallback.length).toBeGreaterThan(1);
    expect(told).toHaveLength(stored.onlyFallback.length);
    const dollarsOf = stored.onlyFallback.map(({ cents }) => cents);
    expect(dollarsOf).toEqual([...dollarsOf].sort((a, b) => b - a));
    const [largest] = stored.onlyFallback;
    expect(told[0]).toMatch(
      new RegExp(`^1\\. ${largest?.group}-${largest?.carc} of payer .* see account ${largest?.accountId}, and write one$`),
    );
    expect(await world.store.prisma.account.count({ where: { id: largest?.accountId ?? '' } })).toBe(1);
    const [patients, accounts] = [await world.store.prisma.accountPatient.findMany(), await world.store.prisma.account.findMany()];
    for (const personal of [...patients.map(({ lastName }) => lastName), ...accounts.map(({ accountNumber }) => accountNumber)])
      expect(told.join('\n')).not.toContain(personal);
    expect((await askedOf(live)).warnings.filter(({ check }) => check === 'only-fallback')).toEqual([]);
  });

  test('a set too broken to be asked has no such evidence', async () => {
    expect(await readLintEvidence(world.store.prisma, { ...live, ruleFiles: [{ name: 'a.json', text: '{' }] }, now)).toBeNull();
  });
});

describe('receipts', () => {
  test('every stored receipt gives the same bytes again', async () => {
    const decisions = await world.store.prisma.decision.findMany({ select: { id: true } });
    for (const { id } of decisions.slice(0, 10))
      expect(await checkReceipt(world.store.prisma, id)).toMatchObject({ bytes: 'asDecided', rerun: { kind: 'same' } });
  });

  test('one fact changed in the database is found and named; one that no rule looks at is found', async () => {
    const { prisma } = world.store;
    const { id } = await prisma.decision.findFirstOrThrow({ where: { ruleId: 'denied.authorization' } });
    const change = (fact: string, value: string) =>
      prisma.$executeRaw`UPDATE "Decision" SET "receipt" = jsonb_set("receipt", ARRAY['facts', ${fact}], ${value}::jsonb) WHERE "id" = ${id}`;
    const before = await prisma.decision.findUniqueOrThrow({ where: { id } });
    const stored = JSON.parse(before.facts);
    await change('account.balanceCents', '1');
    expect(await checkReceipt(prisma, id)).toMatchObject({ bytes: 'changed' });
    await change('account.balanceCents', JSON.stringify(stored['account.balanceCents']));
    expect(await checkReceipt(prisma, id)).toMatchObject({ bytes: 'asDecided' });
    const compared = receiptOf(before.receipt).winner.leaves.at(-1)?.fact ?? '';
    await change(compared, 'null');
    expect(await checkReceipt(prisma, id)).toMatchObject({
      bytes: 'changed',
      rerun: { kind: 'different', first: { pointer: expect.stringMatching(/^\/(answer|receipt)\//) } },
    });
    await change(compared, JSON.stringify(stored[compared]));
    expect(await checkReceipt(prisma, id)).toMatchObject({ bytes: 'asDecided', rerun: { kind: 'same' } });
  });

  test('there is none for a decision that never was', async () => {
    expect(await checkReceipt(world.store.prisma, 'nobody:q1')).toBeNull();
  });
});

describe('on the command line', () => {
  function asked(parameters: readonly string[]) {
    const { prisma } = world.store;
    return recourse(parameters, { ...fakeEngine(), reads: readsOf(prisma), trials: ruleTrialsOn(prisma) });
  }

  test('a what-if is stored and shown again with the same words; progress goes to the other stream', async () => {
    const path = join(temporaryFolder(), 'default.json');
    writeFileSync(path, draft.ruleFiles.find(({ name }) => name === 'default.json')?.text ?? '');
    const made = await asked(['rules', 'what-if', '--draft', path]);
    expect(made.err).toMatch(/\[#{20}\] 100% [\d,]+ of [\d,]+ accounts/);
    const id = /Stored as what-if ([0-9a-f-]{36})\.\n$/.exec(made.out)?.[1] ?? '';
    expect(await asked(['rules', 'what-if', 'show', id])).toMatchObject({ exit: 0, out: made.out });
    expect((await asked(['rules', 'what-if', 'show'])).out).toContain(id);
  });

  test('a receipt is named by account and number', async () => {
    const { id, number, account } = await world.store.prisma.decision.findFirstOrThrow({ include: { account: true } });
    const { exit, out } = await asked(['explain', '--receipt', `${account.accountNumber}/${number}`]);
    expect({ exit, out }).toEqual({ exit: 0, out: expect.stringContaining(`decision ${id}: rule`) });
  });

  test('the coverage of these stories has no gap', async () => {
    expect(await asked(['rules', 'coverage'])).toMatchObject({ exit: 0, out: expect.stringContaining('are answered by one rule') });
  });
});
