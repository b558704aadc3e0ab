import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { FunctionalAcknowledgement, InterchangeAcknowledgement } from '../../rules/domain/acknowledgement.ts';
import { acknowledgementOf } from '../../rules/x12/acknowledgement-of.ts';
import { X12Fault } from '../../rules/x12/fault.ts';
import { EnvelopeListener, type HeardInterchange } from '../../rules/x12/heard.ts';
import type { WithoutPlace } from '../../rules/x12/without-place.ts';
import { writeAnswer } from '../../rules/x12/write-999.ts';
import { outbound, placeless, read, wrapped } from './support.ts';

const remittance = wrapped('835', '005010X221A1', [
  'BPR*I*100*C*ACH************20260608',
  'TRN*1*SECRETTRACE*1000000000',
  'N1*PR*SECRETPLAN*XV*SECRETID',
  'LX*1',
  'CLP*SECRETKEY*1*100*100**CI*SECRETICN',
  'NM1*QC*1*SECRETLAST*SECRETFIRST',
  'DTM*232*20260601',
  'SVC*HC:99213*100*100',
]).replace('GS*XX', 'GS*HP');

const asked = remittance.replace('*0*T*:~', '*1*T*:~');

function listen(text: string): readonly HeardInterchange[] {
  const listener = new EnvelopeListener();
  listener.push(new TextEncoder().encode(text));
  return listener.end();
}

/** The answers to a file, with what our reader says of it, read back. */
function answersTo(text: string) {
  let faults: readonly X12Fault[] = [];
  try {
    read(text);
  } catch (error) {
    if (!(error instanceof X12Fault)) throw error;
    faults = [error];
  }
  const judgement = { faults, isRefused: faults.length > 0 };
  const texts = listen(text).flatMap((heard) => acknowledgementOf(heard, judgement).map((answer) => writeAnswer(outbound, answer)));
  for (const answer of texts) expect(answer).not.toMatch(/SECRET/);
  return texts.map((answer) => answer.split('\n').filter((segment) => /^(TA1|AK|IK|CTX)/.test(segment)));
}

const usual = ['AK1*HP*7*005010X221A1~', 'AK2*835*0001~'];

describe('an inbound file is answered', () => {
  test.each<[string, string, readonly (readonly string[])[]]>([
    ['with a 999 when all is well', remittance, [[...usual, 'IK5*A~', 'AK9*A*1*1*1~']]],
    ['with a TA1 too where ISA14 asks for it', asked, [['TA1*000000042*260608*0915*A*000~', ...usual, 'IK5*A~', 'AK9*A*1*1*1~']]],
    [
      'with the place of an amount that is none',
      remittance.replace('CLP*SECRETKEY*1*100*', 'CLP*SECRETKEY*1*SECRET*'),
      [[...usual, 'IK3*CLP*6*2100*8~', 'IK4*3**6~', 'IK5*R*5~', 'AK9*R*1*1*0~']],
    ],
    [
      'with the segment that is missing',
      remittance.replace('N1*PR*SECRETPLAN*XV*SECRETID~\n', '').replace('SE*10', 'SE*9'),
      [[...usual, 'IK3*BPR*2**3~', 'IK5*R*5~', 'AK9*R*1*1*0~']],
    ],
    ['with the wrong count of its segments', remittance.replace('SE*10', 'SE*11'), [[...usual, 'IK5*R*4~', 'AK9*R*1*1*0~']]],
    ['with the wrong number of its trailer', remittance.replace('SE*10*0001', 'SE*10*0002'), [[...usual, 'IK5*R*3~', 'AK9*R*1*1*0~']]],
    ['with the wrong count of its group', remittance.replace('GE*1*7', 'GE*2*7'), [[...usual, 'IK5*R~', 'AK9*R*2*1*0*5~']]],
    [
      'with a TA1 alone when the interchange breaks off',
      remittance.slice(0, remittance.indexOf('SVC*')),
      [['TA1*000000042*260608*0915*R*023~']],
    ],
    [
      'with a TA1 alone when its numbers differ',
      remittance.replace('IEA*1*000000042', 'IEA*1*000000043'),
      [['TA1*000000042*260608*0915*R*001~']],
    ],
    ['not at all when it is an answer itself', remittance.replace('GS*HP', 'GS*FA'), []],
    ['not at all when it is no X12', 'SECRET', []],
  ])('%s', (_, text, answers) => {
    expect(answersTo(text)).toEqual(answers);
  });

  test('group by group, each in a file of its own, the TA1 with the first', () => {
    const group = /GS\*[^]*GE\*1\*7~\n/.exec(asked)?.[0] ?? '';
    const two = asked
      .replace(group, () => `${group}${group.replaceAll('*7*X', '*8*X').replace('GE*1*7', 'GE*1*8')}`)
      .replace('IEA*1', 'IEA*2');
    expect(answersTo(two).map((segments) => segments.map((segment) => segment.slice(0, 8)))).toEqual([
      ['TA1*0000', 'AK1*HP*7', 'AK2*835*', 'IK5*A~', 'AK9*A*1*'],
      ['AK1*HP*8', 'AK2*835*', 'IK5*A~', 'AK9*A*1*'],
    ]);
  });

  test('set by set: the one with a fault is rejected, the others pass', () => {
    const set = /ST\*[^]*SE\*10\*0001~\n/.exec(remittance)?.[0] ?? '';
    const two = remittance.replace(set, () => `${set}${set.replaceAll('0001', '0002')}`).replace('GE*1', 'GE*2');
    const [heard] = listen(two);
    if (heard === undefined) throw new Error('no interchange heard');
    const second = two.lastIndexOf('DTM*');
    const fault = new X12Fault({
      code: 'x12.date',
      at: { id: 'DTM', number: 20, offset: second },
      loop: '2100',
      element: '2',
      expected: 'a date',
    });
    const [answer] = acknowledgementOf(heard, { faults: [fault], isRefused: false });
    expect(answer?.group).toMatchObject({
      code: 'P',
      transactions: [
        { controlNumber: '0001', code: 'A' },
        {
          controlNumber: '0002',
          code: 'R',
          segmentErrors: [{ segmentId: 'DTM', position: 8, loop: '2100', elements: [{ element: '2', code: '8' }] }],
        },
      ],
    });
  });
});

test('the envelopes heard are the same for every way of cutting the bytes', () => {
  const bytes = new TextEncoder().encode(`\u{feff}${asked}\r\n${remittance.slice(0, -20)}`);
  const whole = new EnvelopeListener();
  whole.push(bytes);
  const heard = whole.end();
  expect(heard.map(({ note, groups }) => [note, groups.length])).toEqual([
    ['000', 1],
    ['023', 1],
  ]);
  for (let size = 1; size < 200; size++) {
    const listener = new EnvelopeListener();
    for (let at = 0; at < bytes.length; at += size) listener.push(bytes.subarray(at, at + size));
    expect(listener.end()).toEqual(heard);
  }
});

test('any answer is read back as it was written', () => {
  const code = fc.constantFrom('A', 'E', 'R');
  const errorCodes = fc.record({ errorCodes: fc.constantFrom(['5'], ['3', '4']) }, { requiredKeys: [] });
  const element = fc.record({ element: fc.constantFrom('3', '5-3'), code: fc.constantFrom('1', 'I9') });
  const segmentError = fc
    .tuple(
      fc.record({
        segmentId: fc.constantFrom('CLM', 'NM1'),
        position: fc.integer({ min: 1, max: 999_999 }),
        loop: fc.constantFrom('', '2300'),
        code: fc.constantFrom('8', 'I4'),
      }),
      fc.record(
        { submissionKey: fc.constant('TESTKEY'), elements: fc.array(element, { minLength: 1, maxLength: 3 }) },
        { requiredKeys: [] },
      ),
    )
    .map(([said, more]) => ({ ...said, ...more }));
  const transaction = fc
    .tuple(
      fc.record({ controlNumber: fc.constantFrom('0001', '0002'), code }),
      errorCodes,
      fc.record(
        {
          transactionSetId: fc.constant('277'),
          version: fc.constant('005010X222A1'),
          segmentErrors: fc.array(segmentError, { minLength: 1, maxLength: 3 }),
        },
        { requiredKeys: [] },
      ),
    )
    .map(([said, errors, more]) => ({ ...said, ...errors, ...more }));
  const group: fc.Arbitrary<WithoutPlace<FunctionalAcknowledgement>> = fc
    .tuple(
      fc.record({
        functionalId: fc.constantFrom('HC', 'HP'),
        groupControlNumber: fc.constant('7'),
        code,
        transactions: fc.array(transaction, { maxLength: 3 }),
      }),
      errorCodes,
      fc.record(
        { version: fc.constant('005010X222A1'), counts: fc.constant({ included: 9, received: 8, accepted: 7 }) },
        { requiredKeys: [] },
      ),
    )
    .map(([said, errors, more]) => ({ ...said, ...errors, ...more }));
  const interchange: fc.Arbitrary<WithoutPlace<InterchangeAcknowledgement>> = fc.record({
    interchangeControlNumber: fc.constant('000000042'),
    madeOn: fc.constant(outbound.sentOn),
    madeAtTime: fc.constant('0915'),
    code,
    note: fc.constantFrom('000', '023'),
  });
  fc.assert(
    fc.property(fc.option(interchange), group, (first, second) => {
      const said = read(writeAnswer(outbound, { interchange: first, group: second })).map((transactionRead) =>
        'acknowledgement' in transactionRead ? placeless(transactionRead.acknowledgement) : null,
      );
      expect(said).toEqual([...(first === null ? [] : [first]), second].map(placeless));
    }),
    { numRuns: 60, seed: 20260608 },
  );
});
