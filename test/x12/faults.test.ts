import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { X12Fault } from '../../rules/x12/fault.ts';
import { read, wrapped } from './support.ts';

const remittance = wrapped('835', '005010X221A1', [
  'BPR*I*100*C*ACH************20260608',
  'TRN*1*SECRETTRACE*1000000000',
  'N1*PR*SECRETPLAN*XV*SECRETID',
  'LX*1',
  'CLP*SECRETKEY*1*100*100**CI*SECRETICN',
  'NM1*QC*1*SECRETLAST*SECRETFIRST',
  'DTM*232*20260601',
  'SVC*HC:99213*100*100',
]);

const claim = wrapped('837', '005010X222A1', [
  'HL*1**20*1',
  'NM1*85*2*SECRETCLINIC*****XX*9000000001',
  'HL*2*1*22*0',
  'SBR*P*18*******CI',
  'NM1*IL*1*SECRETLAST*SECRETFIRST****MI*SECRETMEMBER',
  'NM1*PR*2*SECRETPLAN*****PI*SECRETID',
  'CLM*SECRETKEY*100***11:B:1*Y*A*Y*Y',
  'LX*1',
  'SV1*HC:99213*100*UN*1***1',
  'DTP*472*D8*20260601',
]);

interface Broken {
  readonly file: string;
  readonly replace: string;
  readonly by: string;
  /** How the segment at fault begins, '' for the end of the file; @ in the message stands for its byte. */
  readonly begins?: string;
  readonly fault: { readonly code: string; readonly segmentNumber: number; readonly element: string | null; readonly message: string };
}

const broken: Record<string, Broken> = {
  'no interchange at all': {
    file: remittance,
    replace: remittance,
    by: 'SECRETLAST',
    fault: { code: 'x12.no-isa', segmentNumber: 1, element: null, message: 'segment 1 (byte 0): expected ISA' },
  },
  'an empty file': {
    file: remittance,
    replace: remittance,
    by: '',
    begins: '',
    fault: { code: 'x12.truncated', segmentNumber: 1, element: null, message: 'segment 1 (byte @): expected ISA, but the file ends' },
  },
  'an ISA of 105 bytes': {
    file: remittance,
    replace: 'TESTSENDER     *',
    by: 'TESTSENDER    *',
    fault: {
      code: 'x12.isa-width',
      segmentNumber: 1,
      element: null,
      message: 'segment 1 (ISA, byte 50): expected an element separator: ISA elements have fixed widths',
    },
  },
  'one character with two duties': {
    file: remittance,
    replace: '*T*:~',
    by: '*T*~~',
    fault: {
      code: 'x12.delimiters',
      segmentNumber: 1,
      element: null,
      message: 'segment 1 (ISA, byte 104): expected three different delimiters, none a letter, digit or blank',
    },
  },
  'a file that ends without SE': {
    file: remittance,
    replace: remittance.slice(remittance.indexOf('SE*')),
    by: '',
    begins: '',
    fault: { code: 'x12.truncated', segmentNumber: 12, element: null, message: 'segment 12 (byte @): expected SE, but the file ends' },
  },
  'a file that ends without IEA': {
    file: remittance,
    replace: 'IEA*1*000000042~\n',
    by: '',
    begins: '',
    fault: { code: 'x12.truncated', segmentNumber: 14, element: null, message: 'segment 14 (byte @): expected IEA, but the file ends' },
  },
  'a file that ends inside a segment': {
    file: remittance,
    replace: remittance.slice(remittance.indexOf('*SECRETFIRST')),
    by: '',
    begins: 'NM1*',
    fault: {
      code: 'x12.truncated',
      segmentNumber: 9,
      element: null,
      message: 'segment 9 (NM1, byte @): expected a segment terminator before the end of the file',
    },
  },
  'GE where SE belongs': {
    file: remittance,
    replace: 'SE*10*0001~\n',
    by: '',
    begins: 'GE*',
    fault: { code: 'x12.order', segmentNumber: 12, element: null, message: 'segment 12 (GE, byte @): expected SE' },
  },
  'a name where a segment id belongs': {
    file: remittance,
    replace: 'NM1*QC*1*SECRETLAST',
    by: 'NM1*QC*1*X~\nSECRETLAST',
    begins: 'SECRETLAST*SECRETFIRST',
    fault: {
      code: 'x12.segment-id',
      segmentNumber: 10,
      element: null,
      message: 'segment 10 (byte @): expected a segment id of two or three characters',
    },
  },
  'a wrong count in SE': {
    file: remittance,
    replace: 'SE*10*',
    by: 'SE*11*',
    begins: 'SE*',
    fault: { code: 'x12.count', segmentNumber: 12, element: '1', message: 'segment 12 (SE, byte @), element 1: expected the count 10' },
  },
  'another control number in SE': {
    file: remittance,
    replace: 'SE*10*0001',
    by: 'SE*10*0002',
    begins: 'SE*',
    fault: {
      code: 'x12.control-number',
      segmentNumber: 12,
      element: '2',
      message: 'segment 12 (SE, byte @), element 2: expected the control number this part was opened with',
    },
  },
  'a wrong count in GE': {
    file: remittance,
    replace: 'GE*1*7',
    by: 'GE*2*7',
    begins: 'GE*',
    fault: { code: 'x12.count', segmentNumber: 13, element: '1', message: 'segment 13 (GE, byte @), element 1: expected the count 1' },
  },
  'another control number in IEA': {
    file: remittance,
    replace: 'IEA*1*000000042',
    by: 'IEA*1*000000043',
    begins: 'IEA*',
    fault: {
      code: 'x12.control-number',
      segmentNumber: 14,
      element: '2',
      message: 'segment 14 (IEA, byte @), element 2: expected the control number this part was opened with',
    },
  },
  'text where the charge of a claim belongs': {
    file: remittance,
    replace: '*1*100*100**CI',
    by: '*1*SECRETLAST*100**CI',
    begins: 'CLP*',
    fault: { code: 'x12.amount', segmentNumber: 8, element: '3', message: 'segment 8 (CLP, byte @), element 3: expected an amount' },
  },
  'a third decimal in the payment of a line': {
    file: remittance,
    replace: 'SVC*HC:99213*100*100',
    by: 'SVC*HC:99213*100*100.001',
    begins: 'SVC*',
    fault: { code: 'x12.amount', segmentNumber: 11, element: '3', message: 'segment 11 (SVC, byte @), element 3: expected an amount' },
  },
  'a group code of nobody': {
    file: remittance,
    replace: 'NM1*QC*1*SECRETLAST*SECRETFIRST',
    by: 'CAS*SECRETLAST*1*1',
    begins: 'CAS*',
    fault: {
      code: 'x12.code',
      segmentNumber: 9,
      element: '1',
      message: 'segment 9 (CAS, byte @), element 1: expected one of CO, PR, OA, PI, CR',
    },
  },
  'a day that does not exist': {
    file: remittance,
    replace: 'DTM*232*20260601',
    by: 'DTM*232*20260631',
    begins: 'DTM*',
    fault: {
      code: 'x12.date',
      segmentNumber: 10,
      element: '2',
      message: 'segment 10 (DTM, byte @), element 2: expected a date written CCYYMMDD',
    },
  },
  'a range of dates that ends before it begins': {
    file: claim,
    replace: 'D8*20260601',
    by: 'RD8*20260601-20260531',
    begins: 'DTP*',
    fault: {
      code: 'x12.date',
      segmentNumber: 13,
      element: '3',
      message: 'segment 13 (DTP, byte @), element 3: expected a date or a range of dates',
    },
  },
  'a subscriber under another parent': {
    file: claim,
    replace: 'HL*2*1*22',
    by: 'HL*2*9*22',
    begins: 'HL*2*9',
    fault: {
      code: 'x12.hierarchy',
      segmentNumber: 6,
      element: '2',
      message: 'segment 6 (HL, byte @), element 2: expected the number of the level it follows',
    },
  },
  'a frequency that is none': {
    file: claim,
    replace: '11:B:1',
    by: '11:B:SECRET',
    begins: 'CLM*',
    fault: {
      code: 'x12.code',
      segmentNumber: 10,
      element: '5-3',
      message: 'segment 10 (CLM, byte @), element 5-3: expected a frequency of one digit or letter',
    },
  },
  'a line without a service': {
    file: claim,
    replace: 'SV1*HC:99213*100*UN*1***1',
    by: 'NTE*ADD*SECRETLAST',
    begins: 'LX*',
    fault: {
      code: 'x12.missing',
      segmentNumber: 11,
      element: '1',
      message: 'segment 11 (LX, byte @), element 1: expected SV1 or SV2 after it',
    },
  },
};

describe('a broken file is refused with place and expectation, and without what it holds', () => {
  test.each(Object.entries(broken))('%s', (_, { file, replace, by, begins, fault }) => {
    expect(file).toContain(replace);
    const text = file.replace(replace, () => by);
    const thrown = faultOf(text);
    const byte = begins === '' ? text.length : text.indexOf(`\n${begins}`) + 1;
    const { code, segmentNumber, element, message } = thrown;
    expect({ code, segmentNumber, element, message }).toEqual({ ...fault, message: fault.message.replace('@', String(byte)) });
    expect(message).toContain(`byte ${thrown.offset})`);
    expect(message).not.toMatch(/SECRET/);
  });

  test('wherever a file is cut short, nothing of it is read', () => {
    for (let length = 0; length < claim.length - 2; length++) {
      const message = faultOf(claim.slice(0, length)).message;
      expect(message).not.toMatch(/SECRET/);
    }
  });
});

test('a file with one byte changed is read or refused, and never anything else', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(remittance, claim),
      fc.nat(2000),
      fc.constantFrom('*', '~', ':', '\n', ' ', '-', '9', 'X', 'é'),
      (file, at, character) => {
        const place = at % file.length;
        try {
          read(file.slice(0, place) + character + file.slice(place + 1));
        } catch (error) {
          expect(error).toBeInstanceOf(X12Fault);
          expect(String(error)).not.toMatch(/SECRET/);
        }
      },
    ),
    { numRuns: 1500, seed: 12 },
  );
});

function faultOf(text: string): X12Fault {
  try {
    read(text);
  } catch (error) {
    if (error instanceof X12Fault) return error;
    throw error;
  }
  throw new Error('the file was read');
}
