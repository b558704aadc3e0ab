import { describe, expect, test } from '@jest/globals';
import { PDFDocument } from 'pdf-lib';
import { setStatements } from '../../activities/letters/patient/print.ts';
import { type Sheet, sheetOf } from '../../activities/letters/patient/sheet.ts';
import { shippedStatementPolicies } from '../../activities/statements/policies.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { languageFor } from '../../rules/statements/language.ts';
import { policyFor } from '../../rules/statements/read-statement-policies.ts';
import { type DueAccount, stateAccounts } from '../../rules/statements/statement.ts';
import { dueAccount, service } from '../support/stated-accounts.ts';

const on = civilDate('2026-06-01');
const policy = policyFor(shippedStatementPolicies(), '00000000-0000-7000-8000-000000000002', on);
const hospital = { name: 'General Hospital', lines: ['1 Main Street', 'Springfield, IL 62701'] };

function sheet(number: string, language = 'en', accounts: readonly DueAccount[] = [dueAccount()], name = 'Ana Rivera'): Sheet {
  return sheetOf({
    number,
    statement: stateAccounts({ on, payWithinDays: policy.payWithinDays, accounts }),
    language: languageFor(language),
    to: { name, lines: ['12 Oak Street', 'Springfield, IL 62701'] },
    sender: hospital,
    remitTo: hospital,
    policy,
  });
}

const many = Array.from({ length: 60 }, (_, n) => service(1_000 + n));
const long = dueAccount({ accountNumber: 'A-1002', services: many });
const said = (one: Sheet): string => JSON.stringify(one);

describe('a statement', () => {
  test('names the amount, the day, the assistance office with its phone and address, and the slip', () => {
    const text = said(sheet('000000123'));
    for (const piece of [
      '$150.00',
      'June 26, 2026',
      policy.assistance.phone,
      policy.assistance.url,
      policy.payUrl,
      '000000000123 000015000',
    ])
      expect(text).toContain(piece);
    expect(text).toContain('Emergency room (0450)');
    expect(text).toContain('Laboratory tests (0301 80053)');
  });

  test('stands in the language of the guarantor', () => {
    const text = said(sheet('000000123', 'es'));
    expect(text).toContain('Su estado de cuenta');
    expect(text).toContain('26 de junio de 2026');
    expect(text).toContain('Sala de emergencias');
    expect(text).toContain('ayuda financiera');
    expect(text).not.toMatch(/Please|financial assistance|You owe/);
  });

  test('in a language that is not written it is in English and says so', () => {
    expect(said(sheet('000000123', 'vi'))).toContain('you prefer Vietnamese');
    expect(said(sheet('000000123'))).not.toContain('you prefer');
  });

  test('tells of the good-faith estimate only where there was no insurance', () => {
    expect(said(sheet('1', 'en', [dueAccount({ isSelfPay: true })]))).toContain('good-faith estimate');
    expect(said(sheet('1'))).not.toContain('good-faith estimate');
  });
});

describe('a print file', () => {
  test('holds many statements, each from a page of its own, and says where each stands', async () => {
    const printed = setStatements([sheet('11'), sheet('12', 'es', [dueAccount(), long]), sheet('13')], 'Statements', 'print');
    const [first, second, third] = printed.places;
    expect(first).toMatchObject({ number: '11', firstPage: 1 });
    expect(second?.firstPage).toBe((first?.pages ?? 0) + 1);
    expect(second?.pages).toBeGreaterThan(first?.pages ?? 0);
    expect(third?.firstPage).toBe((second?.firstPage ?? 0) + (second?.pages ?? 0));
    expect((await PDFDocument.load(printed.content)).getPageCount()).toBe((third?.firstPage ?? 0) + (third?.pages ?? 0) - 1);
  });

  test('is the same bytes again', () => {
    const sheets = [sheet('11'), sheet('12', 'es')];
    const once = setStatements(sheets, 'Statements', 'print').content;
    expect(Buffer.from(setStatements(sheets, 'Statements', 'print').content).equals(Buffer.from(once))).toBe(true);
  });

  test('nothing in a name is markup', () => {
    const hostile = 'a *b* #c $d$ `e` _f_ <g> {{ h }} {% i %} \\ "l"';
    const printed = setStatements([sheet('11', 'en', [dueAccount({ patientName: hostile })], hostile)], 'Statements', 'screen');
    expect(printed.pages).toBeGreaterThan(0);
  });

  test.each(['print', 'screen'] as const)('a letter that no font has is a named fault on the %s, without the name', (where) => {
    const nameless = expect.objectContaining({ code: 'letter.cannot-be-set', message: expect.not.stringContaining('愛') });
    expect(() => setStatements([sheet('11', 'en', [dueAccount()], '愛')], 'Statements', where)).toThrow(nameless);
  });
});
