import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import type { X12Event } from '../../rules/x12/events.ts';
import { createX12Reader } from '../../rules/x12/read-events.ts';
import { bytesOf, eventsOf } from './events.ts';
import { ownFiles, whole, wholeRemittance, wrappedAt80 } from './own-files.ts';
import { placeless, readOnly, wrapped } from './support.ts';

const envelope: ReadonlySet<X12Event['kind']> = new Set(['interchange', 'group', 'opened', 'passed-over']);

/** What an event is, in a word or two; those of the envelope, and what was not read, are left out. */
function kindsOf(text: string): readonly string[] {
  const events = eventsOf(bytesOf(text)).filter(({ kind }) => !envelope.has(kind));
  return events.map((event) => {
    if (event.kind === 'fault') return `${event.level} fault ${event.fault.code}`;
    if (event.kind === 'transaction') return [event.transaction.kind, ...event.faults.map((fault) => fault.code)].join(' ');
    if (event.kind === 'remittance-closed') return ['closed', ...event.faults.map((fault) => fault.code)].join(' ');
    return event.kind === 'remittance-claim' ? 'claim' : 'opened';
  });
}

const remittance = ['opened', 'claim', 'claim', 'claim', 'closed'];

/** Without places, which differ. */
function said(text: string): readonly unknown[] {
  const events = eventsOf(bytesOf(text)).filter(({ kind }) => !envelope.has(kind));
  return events.map((event) => JSON.parse(JSON.stringify(placeless(event), (key, value) => (key === 'offset' ? undefined : value))));
}

describe('a file is read the same', () => {
  const isa = whole.slice(0, whole.indexOf('GS*'));
  test.each([
    ['on one line', whole.replaceAll('\n', '')],
    ['with CRLF after terminators', whole.replaceAll('\n', '\r\n')],
    ['with empty lines after terminators', whole.replaceAll('\n', '\n\r\n\r\n')],
    ['with a byte order mark and blanks before it', `\ufeff \r\n ${whole}`],
    ['with newlines as terminators', whole.replaceAll('~\n', '\n')],
    ['with CRLF as terminators', whole.replaceAll('~\n', '\r\n')],
    ['wrapped at 80 columns', wrappedAt80(whole)],
    ['wrapped at 80 columns with LF alone', wrappedAt80(whole).replaceAll('\r', '')],
    ['with lower-case ids', ownFiles['with lower-case ids'] ?? ''],
    ['with an end-of-file byte', `${whole}\u001a`],
    ['without the last terminator', whole.slice(0, -2)],
    ['after an interchange of its own without groups', `${isa}IEA*0*000000042~\n${whole}`],
  ])('%s', (_, text) => {
    expect(said(text)).toEqual(said(whole));
  });

  test.each([
    ['of a sibling version', '005010X221', remittance],
    ['of 2003', '004010X091A1', remittance],
    ['of another guide', '005010X999', ['unknown']],
    ['of no guide', '', ['unknown']],
  ])('%s, or not at all', (_, version, kinds) => {
    expect(kindsOf(wrapped('835', version, wholeRemittance))).toEqual(kinds);
  });

  test('without GS and GE, by the version of its ST', () => {
    const loose = whole.replace(/GS\*.*~\n/, '').replace(/GE\*.*~\n/, '');
    expect(kindsOf(loose.replace('ST*835*0001', 'ST*835*0001*005010X221A1'))).toEqual(remittance);
    expect(kindsOf(loose)).toEqual(['unknown']);
  });

  test('and of 2003 for claims, which go to the same readers', () => {
    const claims = (version: string) => kindsOf((ownFiles['professional claims'] ?? '').replaceAll('005010X222A1', version));
    expect(claims('004010X098A1')).toEqual(['claims']);
    expect(claims('004010X097A1')).toEqual(['unknown']);
  });
});

describe('what is at fault stays where it is', () => {
  const broken = whole.replace('CLP*TESTKEY-2*22*-50', 'CLP*TESTKEY-2*22*FIFTY');

  test('one bad claim takes its remittance, and not the transactions after it', () => {
    expect(kindsOf(broken + whole)).toEqual(['opened', 'claim', 'transaction fault x12.amount', ...remittance]);
  });

  test.each([
    ['SE*65', 'SE*66', [...remittance.slice(0, -1), 'closed x12.count']],
    ['SE*65*0001', 'SE*65*0002', [...remittance.slice(0, -1), 'closed x12.control-number']],
    ['GE*1', 'GE*2', [...remittance, 'transaction fault x12.count']],
    ['IEA*1', 'IEA*2', [...remittance, 'transaction fault x12.count']],
    ['SE*65*0001~\n', '', ['opened', 'claim', 'claim', 'claim', 'transaction fault x12.order']],
    ['GE*1*7~\n', '', [...remittance, 'transaction fault x12.order']],
    ['IEA*1*000000042~\n', '', [...remittance, 'transaction fault x12.order']],
    ['CLP*TESTKEY-1', 'CLQ*TESTKEY-1', ['opened', 'transaction fault x12.order']],
    ['BPR*I', 'BPQ*I', ['transaction fault x12.missing']],
    ['PLB*9000000001*20261231*WO', 'SVC*HC:1*1*0~\nPLB*9000000001*20261231*WO', [...remittance.slice(0, -1), 'closed x12.count']],
    ['GS*', 'AMT*1~\nGS*', ['transaction fault x12.order', ...remittance]],
  ])('%s made %s', (right, wrong, kinds) => {
    const text = whole.replace(right, wrong);
    expect(text).not.toBe(whole);
    expect(kindsOf(text + whole)).toEqual([...kinds, ...remittance]);
  });

  test('and an ISA of 105 bytes ends the reading at its byte', () => {
    const short = whole.replace('TESTSENDER     *', 'TESTSENDER    *');
    const last = eventsOf(bytesOf(whole + short)).at(-1);
    if (last?.kind !== 'fault') throw new Error('it was read');
    expect([last.level, last.fault.code, last.fault.offset]).toEqual(['file', 'x12.isa-width', bytesOf(whole).length + 50]);
  });

  test('a segment or a part that does not end is refused before it fills the memory', () => {
    expect(pushed('ISA*', new Uint8Array(64 * 1024).fill(0x0a), 10)).toEqual(['file x12.isa-width']);
    const endless = `${whole.slice(0, whole.indexOf('LX*2'))}NTE*ADD*`;
    const filler = new Uint8Array(64 * 1024).fill(0x58);
    expect(pushed(endless, filler, 10)).toEqual(['file x12.too-long']);
    const part = whole.slice(0, whole.indexOf('LX*2'));
    expect(pushed(part, bytesOf('REF*EA*X~'.repeat(8000)), 100)).toEqual(['transaction x12.too-long', 'file x12.truncated']);
  });
});

function pushed(start: string, filler: Uint8Array, times: number): readonly string[] {
  const reader = createX12Reader();
  const events: X12Event[] = [...reader.push(bytesOf(start))];
  for (let left = times; left > 0; left--) events.push(...reader.push(filler));
  events.push(...reader.end());
  return events.flatMap((event) => (event.kind === 'fault' ? [`${event.level} ${event.fault.code}`] : []));
}

/** Every field beside the segments of `wholeRemittance`, by hand. */
test('a remittance is read in whole', () => {
  const { remittance: read } = readOnly(whole, 'remittance');
  const expected: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'whole-remittance.json'), 'utf8'));
  expect(placeless(read)).toEqual(expected);
});
