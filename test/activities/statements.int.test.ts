import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { PDFDocument } from 'pdf-lib';
import { createActivities } from '../../activities/create.ts';
import type { Gateway } from '../../activities/dependencies.ts';
import { fixedRules } from '../../activities/rule-library.ts';
import { statementOffice } from '../../activities/statements/office.ts';
import { contactOfficeOn } from '../../client/contacts.ts';
import { type GuarantorOffice, guarantorsOn } from '../../client/guarantors.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { listStatements, readPrintFile } from '../../prisma/reads/statements.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import type { ConsentAct } from '../../rules/domain/contact.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { fakeEngine } from '../support/fake-engine.ts';
import { Killed, Mortality, Receiver } from '../support/mortal.ts';
import { issue, letOwe, statementReasons } from '../support/owing.ts';
import { StoredWorld } from '../support/stored-world.ts';

const knowledge = loadKnowledge();
const doors = { messenger: { deliver: () => Promise.resolve() }, rules: fixedRules(knowledge) };
let world: StoredWorld;
let office: GuarantorOffice;

beforeAll(async () => {
  world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
  office = guarantorsOn({ prisma: world.store.prisma, accounts: fakeEngine().doors.accounts });
  for (const [account, patient] of [
    ['A1', 'ONE'],
    ['A2', 'ONE'],
    ['B1', 'TWO'],
    ['C1', 'THREE'],
    ['D1', 'FOUR'],
    ['D2', 'FOUR'],
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

/** The mail house takes nothing. */
function sendInVain() {
  const gateway: Gateway = {
    deliver: () => Promise.reject(new DomainError('gateway.no-channel', 'there is none')),
    find: () => Promise.resolve({ kind: 'absent' }),
  };
  return send(createActivities({ ...doors, prisma: world.store.prisma, gateway }));
}

async function last(account: string) {
  const [statement] = await listStatements(world.store.prisma, { accountId: await world.accountId(account) }, 1);
  if (statement === undefined) throw new Error(`${account} has no statement`);
  return statement;
}

/** In the contact ledger. */
const recorded = (number: string) =>
  world.store.prisma.contact.findMany({
    where: { key: `statement:${number}` },
    select: { channel: true, purpose: true, party: true, outcome: true, accountIds: true },
  });

async function onGuarantorOf(account: string, data: object): Promise<void> {
  const { guarantorId } = await world.store.prisma.account.findUniqueOrThrow({ where: { id: await world.accountId(account) } });
  await world.store.prisma.guarantor.update({ where: { id: guarantorId ?? '' }, data });
}

const reasons = async (account: string) => statementReasons(world.store.prisma, await world.accountId(account));

describe('a statement run', () => {
  test('puts both accounts of one guarantor in one statement, which can be taken out of the print file again', async () => {
    await gathered({ A1: 10_000, A2: 2_550, B1: 4_000 });
    await send();
    const statement = await last('A1');
    expect(await last('A2')).toEqual(statement);
    expect(statement).toMatchObject({
      dueCents: 12_550,
      via: 'mail',
      language: 'en',
      status: 'sent',
      on: '2026-06-16',
      payByOn: '2026-07-11',
    });
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
    await gathered({ B1: 4_000 });
    await sendInVain();
    const { number, status } = await last('B1');
    expect(status).toBe('refused');
    expect(await recorded(number)).toMatchObject([{ outcome: 'begun' }]);
    await send();
    expect(await last('B1')).toMatchObject({ number, status: 'sent' });
    expect(await recorded(number)).toMatchObject([{ channel: 'letter', outcome: 'sent' }]);
  });

  test('what was paid since it was decided is not asked for, and needs nobody', async () => {
    await gathered({ D1: 10_000, D2: 2_550 });
    await letOwe(world.store.prisma, await world.accountId('D2'), 0);
    await send();
    expect(await last('D1')).toMatchObject({ dueCents: 10_000, accounts: [{ accountNumber: 'D1', dueCents: 10_000 }] });
    expect(await reasons('D2')).toEqual([expect.stringContaining('statement.nothing-due')]);
    expect((await world.turn(await world.accountId('D2'))).openTasks).toEqual([]);
  });

  test('asked for twice before anything could leave, an account stands in it once', async () => {
    await gathered({ A1: 10_000 });
    await gathered({ A1: 10_000, A2: 2_550 });
    await send();
    expect(await last('A1')).toMatchObject({ dueCents: 12_550 });
    expect(await reasons('A1')).toEqual([expect.stringContaining('an earlier command')]);
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

const header = 'statement,event,on,reason,address_1,address_2,city,state,postal_code';
let files = 0;
const mail = (...rows: readonly string[]) => {
  files += 1;
  return world.receive(`returned-${files}.csv`, [header, ...rows, ''].join('\n'));
};

describe('mail that did not arrive', () => {
  const holds = async (account: string) =>
    (await world.account(account)).holds.map(({ reason, releasedOn }) => `${reason} ${releasedOn === null ? 'holds' : 'released'}`);

  test('holds all accounts of the person, once, and sends nothing until there is another address', async () => {
    const { number } = await last('A1');
    expect(await mail(`${number},returned,2026-06-15,no such number,,,,,`)).toMatchObject({
      status: 'stored',
      summary: '1 returned, 2 accounts held',
    });
    expect([await holds('A1'), await holds('A2')]).toEqual([['returnedMail holds'], ['returnedMail holds']]);
    expect((await mail(`${number},returned,2026-06-15,no such number,,,,,`, '')).summary).toBe('1 returns already recorded');
    expect(await holds('A1')).toEqual(['returnedMail holds']);
    expect(await last('A1')).toMatchObject({ returnedOn: '2026-06-15' });
    await gathered({ A2: 2_550 });
    await send();
    expect(await reasons('A2')).toEqual([expect.stringContaining('hold.stops')]);
  });

  test('a forwarding address releases them, and the old statement that comes back later changes nothing', async () => {
    const { number } = await last('A1');
    const moved = await mail(`${number},forwarded,2026-06-16,,9 Elm Street,Apt 2,Peoria,IL,61602`);
    expect(moved.summary).toBe('1 new addresses, 2 accounts released');
    expect([await holds('A1'), await holds('A2')]).toEqual([['returnedMail released'], ['returnedMail released']]);
    const shown = await office.show(await world.accountId('A2'));
    expect(shown).toMatchObject({ address: { line1: '9 Elm Street', postalCode: '61602' }, mailReturnedOn: null });
    expect(shown?.changes[0]).toMatchObject({ by: 'mail house', fields: expect.arrayContaining(['line1', 'mailReturnedOn']) });
  });

  test('a statement that was never sent refuses the file', async () => {
    expect(await mail('999999999,returned,2026-06-15,,,,,,')).toMatchObject({
      status: 'refused',
      summary: expect.stringContaining('never sent'),
    });
  });
});

describe('before it leaves', () => {
  test('the statement is seen over all that the guarantor owes, and nothing is written', async () => {
    await letOwe(world.store.prisma, await world.accountId('A1'), 10_000);
    await letOwe(world.store.prisma, await world.accountId('A2'), 2_550);
    const before = await world.store.prisma.statement.count();
    const seen = await statementOffice({ prisma: world.store.prisma }).statement(await world.accountId('A2'));
    expect(seen).toMatchObject({ dueCents: 12_550, language: 'en', accounts: [{ dueCents: 10_000 }, { dueCents: 2_550 }] });
    expect((await PDFDocument.load(seen.pdf)).getPageCount()).toBe(seen.pages);
    expect(await world.store.prisma.statement.count()).toBe(before);
  });

  test('a person changes how somebody is reached, for all their accounts, and who did it is kept', async () => {
    const accountId = await world.accountId('A1');
    const change = { language: 'es', email: 'ana@mail.example' };
    expect(await office.change({ accountId, by: 'sam', change })).toEqual({ isChanged: true, released: 0 });
    expect(await office.change({ accountId, by: 'sam', change })).toEqual({ isChanged: false, released: 0 });
    const shown = await office.show(await world.accountId('A2'));
    expect(shown).toMatchObject({ language: 'es', email: 'ana@mail.example' });
    expect(shown?.changes[0]).toMatchObject({ by: 'sam', fields: ['email', 'language'] });
    const { number, pages } = await last('A1');
    const own = await PDFDocument.load((await office.statementPdf(number)) ?? new Uint8Array());
    expect(own.getPageCount()).toBe(pages);
  });
});

test('the offer of a plan is a letter in the language of the guarantor, with a manifest for the mail house', async () => {
  const accountId = await world.accountId('B1');
  await letOwe(world.store.prisma, accountId, 4_000);
  const before = world.delivered.length;
  await world.activities.offerPaymentPlan(await issue(world.store.prisma, { accountId, kind: 'offerPaymentPlan', now: world.now }));
  const [pdf, manifest] = world.delivered.slice(before);
  expect(pdf?.name).toMatch(/^plan-offer-\d{9}\.pdf$/);
  expect(JSON.parse(manifest?.content ?? '')).toMatchObject({
    about: { kind: 'planOffer', account: 'B1', language: 'es', fields: { months: 10, instalmentCents: 1_000, balanceCents: 4_000 } },
    files: [{ name: pdf?.name, pages: 1 }],
  });
});

describe('by e-mail', () => {
  const say = async (account: string, act: ConsentAct['act'], at: string) => {
    const said = { key: `${account} ${at}`, act, channel: 'email', purpose: 'all', at: instant(at), how: 'by phone' } as const;
    const contacts = contactOfficeOn(world.store.prisma);
    await contacts.consent((await contacts.find(account)) ?? '', 'pat', said);
  };
  test('goes who prefers it and consented, once, and the ledger has it', async () => {
    await onGuarantorOf('B1', { email: 'ana@mail.example', deliverBy: 'email' });
    await say('B1', 'given', '2026-06-16T13:00:00Z');
    await gathered({ B1: 4_000 });
    await send();
    await send();
    const { via, number } = await last('B1');
    expect(via).toBe('email');
    expect(await recorded(number)).toEqual([
      { channel: 'email', purpose: 'statement', party: 'us', outcome: 'sent', accountIds: [await world.accountId('B1')] },
    ]);
    const messages = world.delivered.find(({ name, content }) => name.endsWith('-messages.jsonl') && content.includes(number));
    expect(messages?.content).toContain('ana@mail.example');
  });

  test('goes nobody who took the consent back: it is a letter', async () => {
    await say('B1', 'revoked', '2026-06-16T13:30:00Z');
    await gathered({ B1: 4_000 });
    await send();
    const { via, number } = await last('B1');
    expect(via).toBe('mail');
    expect(await recorded(number)).toMatchObject([{ channel: 'letter', outcome: 'sent' }]);
  });

  test('when mail came back too, nothing goes, and the reasons are told', async () => {
    await onGuarantorOf('B1', { mailReturnedOn: new Date('2026-06-10') });
    await gathered({ B1: 4_000 });
    await send();
    expect(await reasons('B1')).toEqual([expect.stringMatching(/^statement\.no-way: .*email: .*taken back on 2026-06-16/)]);
    await say('B1', 'given', '2026-06-16T13:45:00Z');
    await gathered({ B1: 4_000 });
    await send();
    expect(await last('B1')).toMatchObject({ via: 'email' });
  });

  test('who can be reached so is not held when mail comes back', async () => {
    await onGuarantorOf('D1', { email: 'leo@mail.example' });
    await say('D1', 'given', '2026-06-16T13:00:00Z');
    const { number } = await last('D1');
    const { summary } = await mail(`${number},returned,2026-06-16,moved,,,,,`);
    expect(summary).toBe('1 returned, electronic from now on');
  });
});
