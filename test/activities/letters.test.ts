import { describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PDFDocument, PDFName } from 'pdf-lib';
import { readCatalogue, shippedCatalogue, type Template, templateFor } from '../../activities/letters/catalogue.ts';
import { fieldTitles } from '../../activities/letters/fields.ts';
import { type Layout, setInType } from '../../activities/letters/layout.ts';
import { renderText } from '../../activities/letters/text.ts';
import { describe as describeDocument } from '../../client/attachments.ts';
import { pageSaying } from '../../client/sandbox/page.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';

const folder = join(import.meta.dirname, '..', '..', 'activities', 'letters', 'templates');
const catalogue = shippedCatalogue();
const on = civilDate('2026-06-20');

/** Every field a letter may name, each with a value that could do harm if it were read as markup or as a template. */
const hostile = 'a *b* #c $d$ `e` _f_ <g> {{ h }} {% i %}\n- j\n## k \\ "l"';
const values: Readonly<Record<string, unknown>> = {
  'letter.level': 2,
  'claim.chargeCents': 148_000,
  'dispute.amountCents': 48_000,
  'denial.lines': [`line 1: CO-197, $480.00 ${hostile}`],
  'reasons.statement': [hostile, 'A second paragraph.'],
  'attached.authorization': true,
};
const days = ['denial.on', 'claim.servicedFrom', 'claim.servicedThrough', 'filing.sentOn', 'filing.acceptedOn', 'earlier.filedOn'];

function fieldsWith(names: readonly string[]): Record<string, Record<string, unknown>> {
  const groups: Record<string, Record<string, unknown>> = {};
  for (const name of names) {
    const [group = '', field = ''] = name.split('.');
    const isDay = days.includes(name) || name === 'earlier.answeredOn';
    groups[group] = { ...groups[group], [field]: values[name] ?? (isDay ? '2026-06-18' : hostile) };
  }
  for (const name of Object.keys(fieldTitles)) groups[name.split('.')[0] ?? ''] ??= {};
  return groups;
}

const everyField = Object.keys(fieldTitles);

function layoutOf(blocks: Layout['blocks']): Layout {
  return {
    title: 'Appeal of an authorization denial',
    reference: 'appeal-000000123',
    date: 'June 20, 2026',
    sender: { name: 'General Hospital', lines: ['1 Main Street', 'NPI 1234567893'] },
    to: { name: 'Payer', lines: ['PO Box 1'] },
    facts: [['Patient', 'Ana Müller-Ğök']],
    blocks,
    signer: { name: 'Patient Financial Services', title: 'General Hospital' },
    pages: [
      { title: 'Denial notice', says: 'As it came.', facts: [['Trace', 'T1']], header: ['Line', 'Amount'], rows: [['1', '$480.00']] },
    ],
    cover: {
      title: 'Packet',
      facts: [['To', 'Payer']],
      attachedPages: 3,
      documents: [{ number: '1', title: 'Letter', pages: '', controlNumber: '' }],
      notice: 'Confidential.',
    },
  };
}

describe.each(catalogue.templates)('$id version $version', (template: Template) => {
  test('says everything as text, whatever the fields hold', () => {
    const blocks = renderText(template.id, template.text, fieldsWith(everyField));
    const said = JSON.stringify(blocks);
    expect(said).not.toMatch(/undefined|null|\[object|NaN/);
    expect(blocks.some((block) => block.kind === 'heading' && block.text.startsWith('k'))).toBe(false);
    expect(setInType(layoutOf(blocks)).pages).toBeGreaterThanOrEqual(3);
  });

  test('is refused by the name of a field that is not known, never written with a blank', () => {
    const always = everyField.filter((name) => {
      try {
        renderText(template.id, template.text, fieldsWith(everyField.filter((other) => other !== name)));
        return false;
      } catch (error) {
        expect(error).toMatchObject({ code: 'letter.missing-field', message: expect.stringContaining(name) });
        return true;
      }
    });
    // Each letter about money in dispute names it; the others name nothing that must be known beside the facts.
    expect(always.includes('dispute.amountCents') || template.path === 'documents').toBe(true);
  });
});

describe('the texts of letters', () => {
  const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
  const shippedText = read('catalogue.json');

  test('are all in the catalogue', () => {
    const files = readdirSync(folder).filter((name) => name.endsWith('.liquid'));
    expect(files.sort()).toEqual([...new Set(catalogue.templates.map(({ file }) => file))].sort());
  });

  test.each([
    ['names a field that is not one', 'Dear {{ payer.mood }}', /payer\.mood, which is no field/],
    ['uses a filter of its own', '{{ payer.name | shout }}', /undefined filter: shout/],
    ['reads a file', "{% render '../../../package.json' %}", /cannot be read|ENOENT|package/],
  ])('are refused on load when one %s', (_, text, why) => {
    const load = () => {
      const bad = readCatalogue(shippedText, (file) => (file === 'records.v1.liquid' ? text : read(file)));
      const one = bad.templates.find(({ id }) => id === 'records');
      return renderText('records', one?.text ?? '', fieldsWith(everyField));
    };
    expect(load).toThrow(why);
  });

  test('reach no property that is not a field, and end', () => {
    expect(() => renderText('x', '{{ payer.constructor.name }}', fieldsWith(everyField))).toThrow(/missing-field|constructor|not known/);
    expect(() => renderText('x', '{% for a in (1..100000000) %}x{% endfor %}', {})).toThrow(/limit/i);
  });

  test('are chosen by path, payer, level and reason, in the version of the day', () => {
    const ask = { path: 'appeal', level: 1, payerClass: 'commercial', category: 'MED', on } as const;
    const chosen = (more: object): string => templateFor(catalogue, { ...ask, ...more }).id;
    expect(
      [{}, { category: 'AUT' }, { category: 'TFL' }, { category: 'COD' }, { category: 'DOC' }, { category: 'ELG' }].map(chosen),
    ).toEqual([
      'appeal-medical-necessity',
      'appeal-authorization',
      'appeal-timely-filing',
      'appeal-coding',
      'appeal-documentation',
      'appeal-general',
    ]);
    expect([1, 2, 3].map((level) => chosen({ payerClass: 'medicare', level }))).toEqual([
      'medicare-redetermination',
      'medicare-reconsideration',
      'medicare-hearing',
    ]);
    expect([chosen({ path: 'reconsideration', category: 'UND' }), chosen({ path: 'documents' }), chosen({ path: 'dispute' })]).toEqual([
      'reconsideration-underpayment',
      'records',
      'no-surprises-negotiation',
    ]);
    const [first] = catalogue.templates;
    if (first === undefined) throw new Error('there are templates');
    const two = { ...catalogue, templates: [first, { ...first, version: 2, since: '2026-07-01' }] };
    const medicare = { ...ask, payerClass: 'medicare' };
    expect(templateFor(two, medicare).version).toBe(1);
    expect(templateFor(two, { ...medicare, on: civilDate('2026-07-01') }).version).toBe(2);
    expect(() => templateFor(two, { ...ask, on })).toThrow(/no letter is written/);
  });
});

describe('a letter in type', () => {
  const blocks = [{ kind: 'paragraph', text: 'We appeal.' }] as const;

  test('is PDF/UA with tags, the same bytes for the same content', async () => {
    const one = setInType(layoutOf(blocks));
    setInType(layoutOf([{ kind: 'paragraph', text: 'Something else.' }]));
    expect(Buffer.from(setInType(layoutOf(blocks)).content).equals(one.content)).toBe(true);
    expect(Buffer.from(one.content).toString('latin1')).toContain('<pdfuaid:part>1</pdfuaid:part>');
    const { catalog } = await PDFDocument.load(one.content);
    expect([catalog.has(PDFName.of('StructTreeRoot')), catalog.has(PDFName.of('Lang'))]).toEqual([true, true]);
  });

  test('is refused when a character stands in none of our fonts, without repeating it', () => {
    expect(() => setInType({ ...layoutOf(blocks), date: '漢' })).toThrow('a name or text has a character that our font does not have');
  });
});

describe('a document that is added', () => {
  test('is known by its bytes, with its pages', async () => {
    const three = await PDFDocument.create();
    for (let n = 0; n < 3; n += 1) three.addPage();
    expect(await describeDocument(await three.save())).toEqual({ mediaType: 'application/pdf', pages: 3 });
    expect(await describeDocument(pageSaying('Records (invented)'))).toEqual({ mediaType: 'application/pdf', pages: 1 });
    const tiff = Buffer.from('49492a00080000000000100000000000000000000000', 'hex');
    expect(await describeDocument(tiff)).toEqual({ mediaType: 'image/tiff', pages: 2 });
  });

  test.each([
    ['no document', 'MZ and so on', 'attachment.unknown-type'],
    ['a broken PDF', '%PDF-1.7 and nothing', 'attachment.unreadable'],
    ['a TIFF that ends early', 'II*\0\xff\xff\xff\x7f', 'attachment.unreadable'],
  ])('is refused when it is %s', async (_, text, code) => {
    await expect(describeDocument(Buffer.from(text, 'latin1'))).rejects.toMatchObject({ code });
  });
});
