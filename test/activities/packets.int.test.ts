import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createActivities } from '../../activities/create.ts';
import { readRoutes, shippedRoutes } from '../../activities/gateways/routes.ts';
import { letterOffice } from '../../activities/letters/office.ts';
import { readManifest } from '../../activities/outbound/manifest.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import type { AccountTurn } from '../../activities/index.ts';
import { attachmentsOf } from '../../client/attachments.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { pageSaying } from '../../client/sandbox/page.ts';
import { listOutboundOf, readOutboundContent } from '../../prisma/reads/outbound-files.ts';
import { submitTaskForm } from '../../prisma/writes/task-form.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { TaskForm, TaskOutcome } from '../../rules/domain/task.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
let world: StoredWorld;
let n = 0;

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge });
});

afterAll(() => world.close());

/** A claim that the payer accepted and then refused by this code; a person chose to appeal. @returns the task that prepares the letter */
async function denied(carc: string): Promise<{ readonly account: string; readonly accountId: string; readonly taskId: string }> {
  n += 1;
  const account = `P${n}`;
  world.now = instant('2026-06-15T14:00:00Z');
  await world.receive(`${account}.837`, fileText(claimOf(account, { payers: [{ payer: 'CIGNA1', filing: 'CI' }] }), '2026-06-15'));
  const accountId = await world.accountId(account);
  world.now = instant('2026-06-17T14:00:00Z');
  const accepted = { acknowledgement: { claim: account, code: 'A2', status: '20', payerClaim: `ICN${account}` } };
  await world.receive(`${account}.277ca`, fileText(accepted, '2026-06-17'));
  world.now = instant('2026-07-01T14:00:00Z');
  const refused = {
    claim: account,
    charge: '1480.00',
    paid: '0.00',
    payerClaim: `ICN${account}`,
    lines: [{ charge: '1480.00', paid: '0.00', adjust: [`CO-${carc} 1480.00`] }],
  };
  await world.receive(
    `${account}.835`,
    fileText({ remittance: { payer: 'CIGNA1', trace: `T${account}`, claims: [refused] } }, '2026-07-01'),
  );
  return { account, accountId, taskId: await preparing(account) };
}

/** The open task that prepares a letter; a person chooses the appeal where the rules ask one. */
async function preparing(account: string): Promise<string> {
  const { tasks } = await world.account(account);
  const open = tasks.filter(({ status }) => status === 'open');
  const found = open.find(({ kind }) => kind === 'prepareAppeal');
  if (found !== undefined) return found.id;
  const other = open.find(({ kind }) => kind === 'prepareReconsideration');
  if (other !== undefined) {
    await ended(await world.accountId(account), other.id, { outcome: 'notDisputable', by: 'pat' });
    return preparing(account);
  }
  const choice = open.find(({ kind }) => kind === 'chooseNextStep');
  if (choice === undefined) throw new Error(`nothing to appeal; open are ${open.map(({ kind }) => kind).join(', ')}`);
  await ended(await world.accountId(account), choice.id, { outcome: 'appeal', by: 'pat' });
  return preparing(account);
}

async function ended(accountId: string, taskId: string, form: TaskForm): Promise<AccountTurn> {
  const formId = await submitTaskForm(world.store.prisma, { accountId, taskId, form });
  return world.turn(accountId, { formIds: [formId] });
}

const ready = (more: Partial<TaskForm> = {}): TaskForm => ({ outcome: 'ready' satisfies TaskOutcome, by: 'pat', ...more });

async function lastIntent(accountId: string) {
  return world.store.prisma.intent.findFirstOrThrow({ where: { accountId }, orderBy: { controlNumber: 'desc' } });
}

const office = () => letterOffice({ prisma: world.store.prisma, routes: shippedRoutes() });

describe('a packet', () => {
  test('that lacks something is seen before it is approved, and is not sent; completed, it is sent once, and its bytes are kept', async () => {
    const { account, accountId, taskId } = await denied('50');
    const { prisma } = world.store;
    const before = await office().preview({ accountId, taskId });
    expect(before).toMatchObject({ template: 'appeal-medical-necessity version 1', obstacles: ['missing: Medical records'] });
    const added = await attachmentsOf(prisma).add({
      accountId,
      caseId: null,
      kind: 'medicalRecords',
      name: 'chart.pdf',
      content: pageSaying('Records (invented)'),
      by: 'pat',
    });
    const after = await office().preview({ accountId, taskId });
    expect(after).toMatchObject({ obstacles: [], attachments: 1, channel: 'letters' });
    await ended(accountId, taskId, ready({ note: 'The stay was needed.' }));
    expect(await lastIntent(accountId)).toMatchObject({ status: 'sent', channel: 'letters' });
    const sent = (await listOutboundOf(prisma, accountId)).filter(({ mediaType }) => mediaType !== 'text/plain');
    expect(sent.map(({ mediaType }) => mediaType)).toEqual(['application/pdf', 'application/pdf', 'application/json']);
    const [letter, records, list] = await Promise.all(sent.map(({ id }) => readOutboundContent(prisma, id)));
    expect(Buffer.from(letter?.content ?? []).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');
    expect(Buffer.from(records?.content ?? []).equals(pageSaying('Records (invented)'))).toBe(true);
    const manifest = readManifest([{ folder: '', name: list?.name ?? '', content: list?.content ?? new Uint8Array() }]);
    expect(manifest).toMatchObject({ about: { account, payerClaimNumber: `ICN${account}`, level: 1 } });
    expect(manifest.files.map(({ sha256 }) => sha256)).toEqual(sent.slice(0, 2).map(({ sha256 }) => sha256));
    expect(manifest.files[1]).toMatchObject({ controlNumber: added.controlNumber, pages: 1 });
    expect(manifest.pages).toBe(after.pages + 1);
  });

  test('that lacks something is refused as it is said to be ready, and the task stays open', async () => {
    const { account, accountId, taskId } = await denied('197');
    const { refusals, commands } = await ended(accountId, taskId, ready());
    const reason = expect.stringMatching(/^the packet is not ready: missing: Authorization.*letter preview ACCOUNT\/t\d+/);
    expect({ refusals, commands }).toEqual({ refusals: [expect.objectContaining({ reason })], commands: [] });
    expect((await world.account(account)).tasks).toContainEqual(expect.objectContaining({ id: taskId, status: 'open' }));
    const { refusals: none } = await ended(accountId, taskId, ready({ authorizationNumber: 'A-1' }));
    expect(none).toEqual([]);
    expect(await lastIntent(accountId)).toMatchObject({ kind: 'fileAppeal', status: 'sent' });
  });

  test('that lost something since it was ready ends as refused, for a person to put right; then it leaves', async () => {
    const { account, accountId, taskId } = await denied('197');
    const { prisma } = world.store;
    const proof = {
      accountId,
      caseId: null,
      kind: 'authorization',
      name: 'a.pdf',
      content: pageSaying('Lost (invented)'),
      by: 'pat',
    } as const;
    const { id } = await attachmentsOf(prisma).add(proof);
    const formId = await submitTaskForm(prisma, { accountId, taskId, form: ready() });
    const [command] = (await world.advance(accountId, { formIds: [formId] })).commands;
    await attachmentsOf(prisma).remove(accountId, id);
    const { eventId } = await world.activities.fileAppeal({ accountId, key: command?.key ?? 'none', asOf: world.now });
    await world.turn(accountId, { eventIds: [eventId ?? ''] });
    expect(await lastIntent(accountId)).toMatchObject({
      kind: 'fileAppeal',
      status: 'refused',
      reason: expect.stringMatching(/packet\.incomplete: .*missing: Authorization/),
    });
    const task = (await world.account(account)).tasks.find((t) => t.status === 'open' && t.kind === 'resolveDelivery');
    const content = pageSaying('Authorization (invented)');
    await attachmentsOf(world.store.prisma).add({ accountId, caseId: null, kind: 'authorization', name: 'a.pdf', content, by: 'pat' });
    await ended(accountId, task?.id ?? 'none', { outcome: 'didNotArrive', by: 'sam' });
    expect(await lastIntent(accountId)).toMatchObject({ status: 'sent' });
  });

  test('that a payer asked for holds its attachment control number, goes once for the request, and the claim is waited for', async () => {
    const { prisma } = world.store;
    world.now = instant('2026-06-15T14:00:00Z');
    await world.receive('R.837', fileText(claimOf('R1', { payers: [{ payer: 'CIGNA1', filing: 'CI' }] }), '2026-06-15'));
    await world.receive(
      'R.277ca',
      fileText({ acknowledgement: { claim: 'R1', code: 'A2', status: '20', payerClaim: 'ICNR1' } }, '2026-06-15'),
    );
    const asked = { claim: 'R1', number: 'ACN-4711', due: civilDate('2026-07-14'), codes: ['18842-5'] };
    await world.receive('R.277', fileText({ request: asked }, '2026-06-15'));
    const accountId = await world.accountId('R1');
    const taskId = (await world.account('R1')).tasks.find((t) => t.kind === 'answerRequest' && t.status === 'open')?.id ?? 'none';
    expect((await office().preview({ accountId, taskId })).obstacles).toEqual(['missing: The documents']);
    expect((await ended(accountId, taskId, ready())).refusals[0]?.reason).toContain('missing: The documents');
    const content = pageSaying('Discharge summary (invented)');
    const { controlNumber } = await attachmentsOf(prisma).add({
      accountId,
      caseId: null,
      kind: 'medicalRecords',
      name: 'c.pdf',
      content,
      by: 'pat',
    });
    await ended(accountId, taskId, ready());
    expect(await lastIntent(accountId)).toMatchObject({ kind: 'sendDocuments', status: 'sent', standingKey: `documents:${taskId}` });
    const list = (await listOutboundOf(prisma, accountId)).find(({ mediaType }) => mediaType === 'application/json');
    const kept = await readOutboundContent(prisma, list?.id ?? '');
    const manifest = readManifest([{ folder: '', name: list?.name ?? '', content: kept?.content ?? new Uint8Array() }]);
    expect(manifest).toMatchObject({
      channel: 'letters',
      about: { kind: 'documents', account: 'R1', payerClaimNumber: 'ICNR1', attachmentControlNumber: 'ACN-4711' },
      files: [{ pages: expect.any(Number) }, { controlNumber }],
    });
    const { tasks, timers } = await world.account('R1');
    expect(tasks.filter(({ status }) => status === 'open')).toEqual([]);
    expect(timers.filter(({ status }) => status === 'armed')).toMatchObject([{ id: 'payment:claim1', on: '2026-07-15' }]);
  });

  test('for a timely filing denial holds the payer’s own acceptance as proof', async () => {
    const { accountId, taskId } = await denied('29');
    const { checklist, template } = await office().preview({ accountId, taskId });
    expect(template).toMatch(/timely-filing/);
    expect(checklist).toContainEqual({ title: 'Proof that the payer accepted the claim (277CA)', by: 'page:acceptance' });
  });

  test('is refused by the name of what its channel does not take', async () => {
    const { accountId, taskId } = await denied('50');
    const { prisma } = world.store;
    await attachmentsOf(prisma).add({
      accountId,
      caseId: null,
      kind: 'medicalRecords',
      name: 'a.png',
      content: Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
      by: 'pat',
    });
    const everyone = (purpose: string) => ({ for: purpose, channel: 'tiny' });
    const limits = { files: 1, bytes: 1_000, pages: 1 };
    const purposes = ['claims', 'inquiries', 'disputes', 'patients', 'vendors', 'refunds'];
    const routes = purposes.map((purpose) =>
      purpose === 'disputes' ? { ...everyone(purpose), requires: ['planForm'] } : everyone(purpose),
    );
    const tiny = readRoutes(JSON.stringify({ channels: { tiny: { kind: 'portal', limits } }, routes }), 'channels.json');
    const { obstacles } = await letterOffice({ prisma, routes: tiny }).preview({ accountId, taskId });
    expect(obstacles).toEqual([
      'missing: Form of the plan',
      'channel tiny takes 1 files, the packet has 2',
      expect.stringMatching(/^channel tiny takes 1000 bytes, the packet has \d+$/),
      expect.stringMatching(/^channel tiny takes 1 pages, the packet has \d+$/),
      expect.stringMatching(/^channel tiny takes application\/pdf, document \d{9} is image\/png$/),
    ]);
  });

  test('of the same level about the same case is refused by name while the first one stands', async () => {
    const { accountId, taskId } = await denied('50');
    const { prisma } = world.store;
    const content = pageSaying('Records (invented)');
    await attachmentsOf(prisma).add({ accountId, caseId: null, kind: 'medicalRecords', name: 'c.pdf', content, by: 'pat' });
    await ended(accountId, taskId, ready());
    const first = await lastIntent(accountId);
    const { kind, subject, params, status } = first;
    expect(status).toBe('sent');
    const again = {
      id: '019aa000-0000-7000-8000-0000000000aa',
      accountId,
      key: `${kind}:again`,
      kind,
      subject: subject ?? {},
      params: params ?? {},
    };
    await prisma.intent.create({ data: { ...again, status: 'issued', issuedAt: new Date(world.now) } });
    const messenger = { deliver: () => Promise.resolve() };
    const gateway = { deliver: () => Promise.reject(new Error('it is not sent')), find: () => Promise.reject(new Error('nor asked for')) };
    const activities = createActivities({ prisma, rules: fixedRules(knowledge), messenger, gateway });
    expect(kind).toBe('fileAppeal');
    await activities.fileAppeal({ accountId, key: again.key, asOf: world.now });
    expect(await lastIntent(accountId)).toMatchObject({
      status: 'refused',
      reason: expect.stringContaining(`was done by ${first.key}, which is sent`),
    });
  });

  test('has its receipt from whoever carried it; one that failed goes to a person', async () => {
    const { account, accountId, taskId } = await denied('50');
    const content = pageSaying('Records (invented)');
    await attachmentsOf(world.store.prisma).add({ accountId, caseId: null, kind: 'medicalRecords', name: 'c.pdf', content, by: 'pat' });
    await ended(accountId, taskId, ready());
    const { parcel } = await lastIntent(accountId);
    const report = (event: string) => `parcel,event,on,confirmation\n${parcel},${event},2026-07-03,CERT-7099\n`;
    expect(await world.receive('d.csv', report('delivered'))).toMatchObject({ status: 'stored', summary: '1 deliveries reported' });
    expect(await world.receive('d2.csv', report('delivered').replace('\n', '\r\n'))).toMatchObject({
      summary: '1 deliveries already reported',
    });
    expect(await lastIntent(accountId)).toMatchObject({ status: 'sent', confirmation: 'CERT-7099' });
    await world.receive('d3.csv', report('failed'));
    expect((await world.account(account)).tasks).toContainEqual(expect.objectContaining({ kind: 'resolveDelivery', status: 'open' }));
    expect(await world.receive('d4.csv', report('delivered').replace(String(parcel), 'nobody'))).toMatchObject({ status: 'refused' });
  });
});
