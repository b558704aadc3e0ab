/**
 * `npm run bench:publication`: how long it takes until 10,000 open accounts know of a publication `now` that concerns 1 in 10. The activities are
 * called directly, on a real PostgreSQL; the messenger only counts, so no Temporal and no turn is in the figure, and no pace is kept.
 */
import { randomUUID } from 'node:crypto';
import { loadKnowledge } from '../../client/knowledge.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { answering, changedFiles } from '../support/changed-rules.ts';
import { claimOf, fileText, remittanceOf } from '../support/claims.ts';
import { approvedDraft, publishedRules } from '../support/rule-drafts.ts';
import { startServers, stopServers } from '../support/servers.ts';
import { StoredWorld } from '../support/stored-world.ts';

const kinds = [
  { number: 'BENCH1', adjust: 'CO-50 1480.00', copies: 1_000 },
  { number: 'BENCH2', adjust: 'CO-197 1480.00', copies: 4_500 },
  { number: 'BENCH3', adjust: null, copies: 4_500 },
] as const;

await startServers();
const world = await StoredWorld.open({ knowledge: loadKnowledge(), rulesOf: publishedRules });
try {
  for (const line of await measure(world)) console.log(line);
} finally {
  await world.close();
  await stopServers();
}

async function measure({ store: { prisma }, activities, messages }: StoredWorld): Promise<readonly string[]> {
  world.now = instant('2026-06-16T14:00:00Z');
  for (const { number, adjust, copies } of kinds) {
    await world.receive(`${number}.837`, fileText(claimOf(number), '2026-06-15'));
    const denial = { paid: '0.00', adjust: adjust === null ? [] : [adjust] };
    if (adjust !== null) await world.receive(`${number}.835`, fileText(remittanceOf(number, denial, { trace: number }), '2026-06-16'));
    await copy(prisma, await world.accountId(number), copies - 1);
  }
  const open = await prisma.account.count({ where: { terminal: false } });
  const files = changedFiles({ rules: { 'denied.medicalNecessity': answering({ action: 'reconsideration' }) } });
  const published = await activities.publishDraft({ draftId: await approvedDraft(prisma, files), by: 'ben' });
  if (published.kind !== 'published') throw new Error('the draft was approved');
  const before = messages.length;
  const startedAt = performance.now();
  for (let isSettled = false; !isSettled; )
    ({ isSettled } = await activities.tellAccounts({ publicationId: published.publicationId, limit: 250 }));
  const seconds = (performance.now() - startedAt) / 1000;
  const told = messages.slice(before).map(({ accountId }) => accountId);
  const concerned = kinds[0].copies;
  return [
    `${open} open accounts, ${concerned} concerned: all told and reconciled in ${seconds.toFixed(1)} s ` +
      `(${Math.round((2 * open) / seconds)} accounts looked at per second, every one twice), ` +
      `duplicates ${told.length - new Set(told).size}, missed ${concerned - new Set(told).size}`,
  ];
}

/** The same account under other ids: what a publication looks at. */
async function copy(prisma: PrismaClient, accountId: string, copies: number): Promise<void> {
  const ids = JSON.stringify(Array.from({ length: copies }, () => randomUUID()));
  await prisma.$executeRaw`
    INSERT INTO "Account" SELECT (jsonb_populate_record(a, replace(to_jsonb(a)::text, ${accountId}, c.id)::jsonb
      || jsonb_build_object('accountNumber', a."accountNumber" || '-' || c.id))).*
    FROM "Account" a, jsonb_array_elements_text(${ids}::jsonb) AS c(id) WHERE a."id" = ${accountId}::uuid`;
  await prisma.$executeRaw`
    INSERT INTO "Decision" SELECT (jsonb_populate_record(d, replace(to_jsonb(d)::text, ${accountId}, c.id)::jsonb)).*
    FROM "Decision" d, jsonb_array_elements_text(${ids}::jsonb) AS c(id) WHERE d."accountId" = ${accountId}::uuid`;
}
