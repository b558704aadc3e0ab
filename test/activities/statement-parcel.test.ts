import { describe, expect, test } from '@jest/globals';
import { PDFDocument } from 'pdf-lib';
import { sheetOf } from '../../activities/letters/patient/sheet.ts';
import { type Draft, makeParcel } from '../../activities/statements/parcel.ts';
import { shippedStatementPolicies } from '../../activities/statements/policies.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { languageFor } from '../../rules/statements/language.ts';
import { policyFor } from '../../rules/statements/read-statement-policies.ts';
import { stateAccounts } from '../../rules/statements/statement.ts';
import { dueAccount } from '../support/stated-accounts.ts';

const on = civilDate('2026-06-01');
const policy = policyFor(shippedStatementPolicies(), '', on);
const hospital = { name: 'General Hospital', lines: ['1 Main Street', 'Springfield, IL 62701'] };

function draft(
  number: string,
  about: Partial<Draft> & { readonly name?: string; readonly postalCode?: string; readonly language?: string } = {},
): Draft {
  const { name = 'Ana Rivera', postalCode = '62701', language = 'en', ...others } = about;
  const statement = stateAccounts({ on, payWithinDays: policy.payWithinDays, accounts: [dueAccount()] });
  const addressee = { name, line1: '12 Oak Street', line2: '', city: 'Springfield', state: 'IL', postalCode };
  const choice = languageFor(language);
  const to = { name, lines: ['12 Oak Street', `Springfield, IL ${postalCode}`] };
  const sheet = sheetOf({ number, statement, language: choice, to, sender: hospital, remitTo: hospital, policy });
  const { dueCents, payByOn, accounts } = statement;
  return {
    sheet,
    via: 'mail',
    electronicAddress: '',
    addressee,
    languageWanted: choice.wanted,
    dueCents,
    accounts,
    payByOn,
    payUrl: policy.payUrl,
    ...others,
  };
}

const make = (drafts: readonly Draft[], perPrintFile = 2) => makeParcel({ parcel: 'statements-000000001', on, perPrintFile, drafts });
const textOf = (files: Awaited<ReturnType<typeof make>>['files'], ending: string): string =>
  Buffer.from(files.find(({ name }) => name.endsWith(ending))?.content ?? []).toString('utf8');

describe('the parcel of a run', () => {
  test('has print files in the order of the mail, an index with a row for each, and a manifest at the end', async () => {
    const drafts = [
      draft('13', { postalCode: '90001' }),
      draft('12', { postalCode: '10001', language: 'es' }),
      draft('11', { postalCode: '10001', language: 'vi' }),
    ];
    const { files, made } = await make(drafts);
    expect(files.map(({ name }) => name)).toEqual([
      'statements-000000001-001.pdf',
      'statements-000000001-002.pdf',
      'statements-000000001-index.csv',
      'statements-000000001-manifest.json',
    ]);
    expect(made.map((one) => one.draft.sheet.number)).toEqual(['11', '12', '13']);
    const [header, first, second, third] = textOf(files, 'index.csv').trim().split('\r\n');
    expect(header).toBe(
      'sequence,statement,print_file,first_page,pages,name,address_1,address_2,city,state,postal_code,language,language_wanted,account_dues,amount_due,pay_by,scan_line',
    );
    expect(first).toMatch(
      /^1,11,statements-000000001-001\.pdf,1,2,Ana Rivera,12 Oak Street,,Springfield,IL,10001,en,Vietnamese,A-1001 150,150,2026-06-26,/,
    );
    expect(second).toMatch(/^2,12,statements-000000001-001\.pdf,3,2,.*,es,,/);
    expect(third).toMatch(/^3,13,statements-000000001-002\.pdf,1,2,/);
  });

  test('its manifest counts pages and money, and has the hash of every file', async () => {
    const { files } = await make([draft('11'), draft('12', { language: 'es' }), draft('13')]);
    const manifest: unknown = JSON.parse(textOf(files, 'manifest.json'));
    expect(manifest).toMatchObject({ statements: 3, amountDue: '450', byWay: { mail: 3 }, byLanguage: { en: 2, es: 1 } });
    let pages = 0;
    for (const file of files) if (file.name.endsWith('.pdf')) pages += (await PDFDocument.load(file.content)).getPageCount();
    expect(manifest).toMatchObject({ pages, files: files.slice(0, -1).map(({ name }) => expect.objectContaining({ name })) });
  });

  test('one that cannot be set is named, and the others leave without it', async () => {
    const drafts = ['11', '12', '13', '14', '15'].map((number) => draft(number, number === '13' ? { name: '愛' } : {}));
    const { files, made, unset } = await make(drafts, 5);
    expect([...unset.keys()]).toEqual(['13']);
    expect(unset.get('13')).toContain('letter.cannot-be-set');
    expect(made.map((one) => one.draft.sheet.number)).toEqual(['11', '12', '14', '15']);
    const places = made.map(({ place }) => place.firstPage);
    expect(places).toEqual([1, 3, 5, 7]);
    expect(textOf(files, 'index.csv')).not.toContain('愛');
  });

  test('when none can be set there is no parcel', async () => {
    expect(await make([draft('11', { name: '愛' })])).toMatchObject({ files: [], made: [] });
  });

  test('by e-mail and text goes a message that names no care, amount or account, with a way to stop, and a PDF of its own', async () => {
    const email = draft('11', { via: 'email', electronicAddress: 'ana@mail.example' });
    const text = draft('12', { via: 'text', electronicAddress: '+15555550123', language: 'es' });
    const { files } = await make([text, email, draft('13')]);
    const [first, second, ...others] = textOf(files, 'messages.jsonl').trim().split('\n');
    expect(others).toEqual([]);
    expect(JSON.parse(first ?? '')).toMatchObject({
      statement: '11',
      via: 'email',
      to: 'ana@mail.example',
      document: 'statements-000000001-statement-11.pdf',
      text: expect.stringContaining('STOP'),
    });
    expect(JSON.parse(second ?? '')).toMatchObject({ via: 'text', language: 'es', text: expect.stringContaining('STOP') });
    for (const message of [first, second]) expect(message).not.toMatch(/150|A-1001|Rivera|Emergency/);
    expect(textOf(files, 'index.csv').trim().split('\r\n')).toHaveLength(2);
  });

  test('is the same bytes again', async () => {
    const drafts = [draft('11'), draft('12')];
    const [once, again] = [await make(drafts), await make(drafts.toReversed())];
    expect(again.files.map(({ content }) => Buffer.from(content).toString('base64'))).toEqual(
      once.files.map(({ content }) => Buffer.from(content).toString('base64')),
    );
  });
});
