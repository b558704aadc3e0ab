import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PDFDocument } from 'pdf-lib';
import { createActivities } from '../../activities/create.ts';
import type { Gateway } from '../../activities/dependencies.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { statementWriterOf } from '../../activities/runs/statements.ts';
import { sendRun } from '../../activities/runs/send-run.ts';
import { shippedStatementPolicies } from '../../activities/statements/policies.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { listStatements, readPrintFile } from '../../prisma/reads/statements.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Way } from '../../rules/statements/way.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { Killed, Mortality, Receiver } from '../support/mortal.ts';
import { issue, letOwe } from '../support/owing.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
let world: StoredWorld;

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
  for (const [account, patient] of [
    ['A1', 'ONE'],
    ['A2', 'ONE'],
    ['B1', 'TWO'],
    ['C1', 'THREE'],
  ])
    await world.receive(`${account}.837`, fileText(claimOf(account ?? '', { patient }), '2026-06-15'));
});

afterAll(() => world.close());

/** Accounts that owe so many cents, each with its statement gathered. */
async function gathered(owed: Readonly<Record<string, number>>): Promise<void> {
  for (const [account, amountCents] of Object.entries(owed)) {
    const accountId = await world.accountId(account);
    await letOwe(world.store.prisma, accountId, amountCents);
    await world.activities.sendStatement(await issue(world.store.prisma, { accountId, kind: 'sendStatement', now: world.now }));
  }
}

const send = (on = world.activities) =>
  on.sendOutboundRun({ destination: 'statements', asOf: world.now, clockShiftMs: 0, accountIds: null });

async function last(account: string) {
  const [statement] = await listStatements(world.store.prisma, { accountId: await world.accountId(account) }, 1);
  if (statement === undefined) throw new Error(`${account} has no statement`);
  return statement;
}

async function onGuarantorOf(account: string, data: object): Promise<void> {
  const { guarantorId } = await world.store.prisma.account.findUniqueOrThrow({ where: { id: await world.accountId(account) } });
  await world.store.prisma.guarantor.update({ where: { id: guarantorId ?? '' }, data });
}

async function reasons(account: string): Promise<readonly (string | null)[]> {
  const rows = await world.store.prisma.intent.findMany({
    where: { accountId: await world.accountId(account), kind: 'sendStatement' },
    orderBy: { controlNumber: 'desc' },
    take: 1,
  });
  return rows.map(({ reason }) => reason);
}

describe('a statement run', () => {
  test('puts both accounts of one guarantor in one statement, which can be taken out of the print file again', async () => {
    await gathered({ A1: 10_000, A2: 2_550, B1: 4_000 });
    await send();
    const statement = await last('A1');
    expect(await last('A2')).toEqual(statement);
    expect(statement).toMatchObject({ dueCents: 12_550, via: 'mail', language: 'en', status: 'sent', on: '2026-06-16', payByOn: '2026-07-11' });
    expect(statement.accounts.map(({ accountNumber }) => accountNumber).toSorted()).toEqual(['A1', 'A2']);
    expect(await last('B1')).toMatchObject({ dueCents: 4_000 });
    const kept = await readPrintFile(world.store.prisma, statement.number);
    const whole = await PDFDocument.load(kept?.content ?? new Uint8Array());
    expect(whole.getPageCount()).toBe(statement.pages + (await last('B1')).pages);
    const index = world.delivered.find(({ name }) => name.endsWith('-index.csv'))?.content ?? '';
    expect(index.trim().split('\r\n')).toHaveLength(3);
    expect(world.delivered.at(-1)?.name).toMatch(/-manifest\.json$/);
  });

  test('killed between intent and receipt and run again, it is one parcel and one statement', async () => {
    const before = await world.store.prisma.statement.count();
    await gathered({ A1: 10_000, A2: 2_550 });
    const receiver = new Receiver(true);
    const mortality = new Mortality('after the delivery');
    const doors = { messenger: { deliver: () => Promise.resolve() }, rules: fixedRules(knowledge) };
    const dying = createActivities({ ...doors, prisma: mortality.database(world.store.prisma), gateway: mortality.gateway(receiver) });
    await expect(send(dying)).rejects.toThrow(Killed);
    expect(receiver.taken).toHaveLength(1);
    expect(await last('A1')).toMatchObject({ status: 'prepared' });
    await send(createActivities({ ...doors, prisma: world.store.prisma, gateway: receiver }));
    expect(receiver.taken).toHaveLength(1);
    expect(await world.store.prisma.statement.count()).toBe(before + 1);
    expect(await last('A1')).toMatchObject({ status: 'sent', dueCents: 12_550 });
  });

  test('refused by the mail house it is written anew by the next run, and stands once', async () => {
    const before = await world.store.prisma.statement.count();
    await gathered({ B1: 4_000 });
    const closed: Gateway = {
      deliver: () => Promise.reject(new DomainError('gateway.no-channel', 'there is none')),
      find: () => Promise.resolve({ kind: 'absent' }),
    };
    const doors = { messenger: { deliver: () => Promise.resolve() }, rules: fixedRules(knowledge) };
    await send(createActivities({ ...doors, prisma: world.store.prisma, gateway: closed }));
    expect(await last('B1')).toMatchObject({ status: 'refused' });
    await send();
    expect(await last('B1')).toMatchObject({ status: 'sent' });
    expect(await world.store.prisma.statement.count()).toBe(before + 1);
  });

  test('what was paid since it was decided is not asked for, and needs nobody', async () => {
    await gathered({ A1: 10_000, A2: 2_550 });
    await letOwe(world.store.prisma, await world.accountId('A2'), 0);
    await send();
    expect(await last('A1')).toMatchObject({ dueCents: 10_000, accounts: [{ accountNumber: 'A1', dueCents: 10_000 }] });
    expect(await reasons('A2')).toEqual([expect.stringContaining('statement.nothing-due')]);
    const { openTasks } = await world.turn(await world.accountId('A2'));
    expect(openTasks).toEqual([]);
  });

  test('speaks the language of the guarantor, and says where it cannot', async () => {
    await onGuarantorOf('B1', { language: 'es' });
    await onGuarantorOf('C1', { language: 'vi' });
    await gathered({ B1: 4_000, C1: 3_000 });
    await send();
    expect(await last('B1')).toMatchObject({ language: 'es', languageWanted: null });
    expect(await last('C1')).toMatchObject({ language: 'en', languageWanted: 'Vietnamese' });
  });

  test('one whose name no font has is refused by name of the fault, and the others leave', async () => {
    await onGuarantorOf('C1', { lastName: '愛' });
    await gathered({ B1: 4_000, C1: 3_000 });
    await send();
    expect(await reasons('B1')).toEqual([null]);
    expect(await reasons('C1')).toEqual([expect.stringMatching(/^letter\.cannot-be-set/)]);
    await onGuarantorOf('C1', { lastName: 'THREE' });
  });
});

describe('by e-mail', () => {
  const recorded: { channel: Way; key: string }[] = [];
  let refusal: string | null = null;
  const writer = statementWriterOf({
    policies: shippedStatementPolicies(),
    contacts: {
      refuse: () => Promise.resolve(refusal),
      record: (_tx, { channel, key }) => {
        recorded.push({ channel, key });
        return Promise.resolve();
      },
    },
  });
  const run = () => {
    const gateway: Gateway = {
      deliver: ({ files }) => {
        for (const { content, ...file } of files) world.delivered.push({ ...file, content: Buffer.from(content).toString('utf8') });
        return Promise.resolve('taken');
      },
      find: () => Promise.resolve({ kind: 'absent' }),
    };
    const sending = { prisma: world.store.prisma, gateway, messenger: { deliver: () => Promise.resolve() } };
    return sendRun(sending, writer, { destination: 'statements', asOf: world.now, clockShiftMs: 0, accountIds: null });
  };

  test('goes who prefers it and whom the contact rules allow; the contact is recorded', async () => {
    await onGuarantorOf('B1', { email: 'ana@mail.example', deliverBy: 'email' });
    await gathered({ B1: 4_000 });
    await run();
    const { via, number } = await last('B1');
    expect(via).toBe('email');
    expect(recorded).toEqual([{ channel: 'email', key: `statement:${number}` }]);
    const messages = world.delivered.find(({ name, content }) => name.endsWith('-messages.jsonl') && content.includes(number));
    expect(messages?.content).toContain('ana@mail.example');
  });

  test('goes nobody whom they refuse: it is mail', async () => {
    refusal = 'consent was revoked';
    await gathered({ B1: 4_000 });
    await run();
    expect(await last('B1')).toMatchObject({ via: 'mail' });
  });

  test('when mail came back too, nothing goes, and the reasons are told', async () => {
    await onGuarantorOf('B1', { mailReturnedOn: new Date('2026-06-10') });
    await gathered({ B1: 4_000 });
    await run();
    expect(await reasons('B1')).toEqual([expect.stringMatching(/^statement\.no-way: .*email: consent was revoked/)]);
    refusal = null;
    await gathered({ B1: 4_000 });
    await run();
    expect(await last('B1')).toMatchObject({ via: 'email' });
    await onGuarantorOf('B1', { mailReturnedOn: null, deliverBy: 'mail' });
  });
});
