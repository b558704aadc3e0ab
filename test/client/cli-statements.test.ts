import { describe, expect, test } from '@jest/globals';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Engine } from '../../client/engine.ts';
import type { StatementEntry } from '../../prisma/reads/statements.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { cents } from '../../rules/domain/money.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const folder = temporaryFolder();
const account = 'A-1001';
const entry: StatementEntry = {
  number: '000000123',
  guarantorId: null,
  on: civilDate('2026-06-16'),
  payByOn: civilDate('2026-07-11'),
  language: 'en',
  languageWanted: 'Vietnamese',
  via: 'mail',
  dueCents: cents(12_550),
  pages: 2,
  returnedOn: civilDate('2026-06-20'),
  status: 'sent',
  accounts: [{ accountNumber: account, dueCents: cents(12_550) }],
};

function engineWith(parts: Partial<Pick<Engine, 'guarantors' | 'letters'>>): Engine {
  return { ...fakeEngine(), ...parts };
}

describe('recourse statement', () => {
  test('show says what was asked, how it went and whether it came back, and writes its pages', async () => {
    const out = join(folder, 'statement.pdf');
    const pdf = new TextEncoder().encode('%PDF');
    const { guarantors } = fakeEngine();
    const engine = engineWith({ guarantors: { ...guarantors, statement: async () => entry, statementPdf: async () => pdf } });
    const said = await recourse(['statement', 'show', '123', '--out', out], engine);
    expect(said).toMatchObject({ exit: 0 });
    expect(said.out).toContain('000000123  2026-06-16  $125.50 by 2026-07-11  mail, en for Vietnamese  sent, came back 2026-06-20');
    expect(said.out).toContain(`${account}  $125.50`);
    expect(readFileSync(out, 'latin1')).toBe('%PDF');
  });

  test('show of one that was never written is no, and of what is no number is wrong usage', async () => {
    expect((await recourse(['statement', 'show', '124'])).exit).toBe(1);
    expect((await recourse(['statement', 'show', 'A-1'])).exit).toBe(2);
  });

  test('preview writes the PDF and says what stands in it', async () => {
    const out = join(folder, 'preview.pdf');
    const pdf = new TextEncoder().encode('%PDF');
    const told = { on: '2026-06-16', payByOn: '2026-07-11', dueCents: 12_550, language: 'en', languageWanted: null, pages: 2, pdf };
    const { letters } = fakeEngine();
    const accounts = [{ accountNumber: account, dueCents: 12_550 }];
    const found = (await fakeEngine().reads.accounts({ limit: 1 }))[0]?.accountNumber ?? '';
    const engine = engineWith({ letters: { ...letters, statement: async () => ({ ...told, accounts }) } });
    const said = await recourse(['statement', 'preview', found, '--out', out], engine);
    expect(said.out).toContain('$125.50 by 2026-07-11, 2 pages, in en');
    expect(existsSync(out)).toBe(true);
  });
});

describe('recourse guarantor set', () => {
  const changes: object[] = [];
  const { guarantors } = fakeEngine();
  const engine = () =>
    engineWith({
      guarantors: {
        ...guarantors,
        change: async ({ by, change }) => {
          changes.push({ by, ...change });
          return { isChanged: true, released: 2 };
        },
      },
    });
  const known = async (): Promise<string> => (await fakeEngine().reads.accounts({ limit: 1 }))[0]?.accountNumber ?? '';

  test('changes what is named and nothing else, and says what is no longer held', async () => {
    const said = await recourse(
      ['guarantor', 'set', await known(), '--by', 'sam', '--language', 'es', '--phone', '', '--deliver', 'email'],
      engine(),
    );
    expect(said).toMatchObject({ exit: 0, out: expect.stringContaining('2 accounts are no longer held for returned mail.') });
    expect(changes).toEqual([{ by: 'sam', language: 'es', phone: null, deliverBy: 'email' }]);
  });

  test.each([
    ['--language', 'spanish'],
    ['--email', 'nobody'],
    ['--state', 'Ohio'],
    ['--postal-code', '1'],
  ])('%s %s is refused by the name of the option', async (option, value) => {
    const said = await recourse(['guarantor', 'set', await known(), '--by', 'sam', option, value], engine());
    expect(said.exit).toBe(2);
    expect(said.err).toContain('This cannot be stored');
  });
});
