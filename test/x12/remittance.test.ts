import { describe, expect, test } from '@jest/globals';
import { readX12File } from '../../rules/x12/read-file.ts';
import { read, readOnly, wrapped } from './support.ts';

const header = [
  'BPR*I*60*C*ACH************20260608',
  'TRN*1*TESTTRACE*1000000000',
  'N1*PR*INVENTED PLAN*XV*PLAN01',
  'N1*PE*INVENTED CLINIC*XX*9000000001',
];
const body = [
  'LX*1',
  'CLP*TESTKEY-1*1*100*70*20*CI*TESTICN-1',
  'CAS*PR*1*20',
  'NM1*QC*1*INVENTED*PÉR',
  'SVC*HC:99213:25*100*90**1',
  'DTM*472*20260601',
  'CAS*CO*45*10',
  'CLP*TESTKEY-2*2*5*0*0*CI*TESTICN-2',
  'CAS*OA*23*5',
  'PLB*9000000001*20261231*WO:TESTREF*10',
];

function remittanceOf(segments: readonly string[]) {
  return readOnly(wrapped('835', '005010X221A1', segments), 'remittance').remittance;
}

describe('a remittance', () => {
  test('that balances on all three levels has no imbalance', () => {
    expect(remittanceOf([...header, ...body]).imbalances).toEqual([]);
  });

  test.each([
    ['line', 'SVC*HC:99213:25*100*90**1', 'SVC*HC:99213:25*100*91**1', 9000, 9100],
    ['claim', 'CLP*TESTKEY-2*2*5*0*0*CI*TESTICN-2', 'CLP*TESTKEY-2*2*5.01*0*0*CI*TESTICN-2', 1, 0],
    ['check', 'BPR*I*60*C*ACH************20260608', 'BPR*I*60.01*C*ACH************20260608', 6000, 6001],
  ])('that fails only at the %s says so, with place and amounts', (level, right, wrong, expectedCents, cameCents) => {
    const segments = [...header, ...body].map((segment) => (segment === right ? wrong : segment));
    const text = wrapped('835', '005010X221A1', segments);
    const offset = new TextEncoder().encode(text.slice(0, text.indexOf(wrong))).length;
    expect(readOnly(text, 'remittance').remittance.imbalances).toEqual([{ level, offset, expectedCents, cameCents }]);
  });

  test('knows the place of every part in bytes, though a name holds letters of two bytes', () => {
    const bytes = new TextEncoder().encode(`\ufeff${wrapped('835', '005010X221A1', [...header, ...body])}`);
    const [transaction] = readX12File(bytes);
    if (transaction?.kind !== 'remittance') throw new Error('not a remittance');
    const at = ({ offset, length }: { offset: number; length: number }) =>
      new TextDecoder().decode(bytes.subarray(offset, offset + length));
    const { remittance } = transaction;
    const [first, second] = remittance.claims;
    expect(at(transaction.place)).toMatch(/^ST\*835[^]*\nSE\*16\*0001~$/);
    expect(remittance.place).toEqual(transaction.place);
    expect(first?.patient.first).toBe('PÉR');
    expect(remittance.claims.map((claim) => at(claim.place))).toEqual([
      `${body.slice(1, 7).join('~\n')}~\n`,
      `${body.slice(7, 9).join('~\n')}~\n`,
    ]);
    expect(first?.lines.map((line) => at(line.place))).toEqual([`${body.slice(4, 7).join('~\n')}~\n`]);
    expect(first?.lines[0]?.adjustments.map(({ place }) => at(place))).toEqual(['CAS*CO*45*10~']);
    expect(second?.adjustments.map(({ place }) => at(place))).toEqual(['CAS*OA*23*5~']);
    expect(remittance.providerAdjustments.map(({ place }) => at(place))).toEqual(['PLB*9000000001*20261231*WO:TESTREF*10~']);
  });

  test('takes remark codes of inpatient and outpatient claims alike', () => {
    const remarked = [...header, ...body].toSpliced(8, 0, 'MIA*0****M15***************N1*N130', 'MOA***MA04');
    expect(remittanceOf(remarked).claims[0]?.rarcs).toEqual(['M15', 'N1', 'N130', 'MA04']);
  });

  test.each([
    ['its plan id', ['N1*PR*INVENTED PLAN*XV*PLAN01', 'REF*2U*PLAN02'], 'PLAN01'],
    ['its additional id', ['N1*PR*INVENTED PLAN', 'REF*2U*PLAN02'], 'PLAN02'],
    ['the id of who made the payment', ['N1*PR*INVENTED PLAN'], '1000000000'],
  ])('names its payer by %s', (_, payer, payerId) => {
    expect(remittanceOf([...header.slice(0, 2), ...payer, ...header.slice(3), ...body]).payerId).toBe(payerId);
  });

  test('is dated by the first line where the claim has no date, and by its production where the payment has none', () => {
    const undated = ['BPR*I*60*C*ACH', ...header.slice(1), 'DTM*405*20260607', ...body];
    const remittance = remittanceOf(undated);
    expect([remittance.paidOn, remittance.claims.map((claim) => claim.servicedFrom)]).toEqual(['2026-06-07', ['2026-06-01', null]]);
  });
});

describe('a file', () => {
  const plain = wrapped('835', '005010X221A1', [...header, ...body]);
  const expected = JSON.stringify(
    read(plain).map((transaction) => transaction.kind === 'remittance' && transaction.remittance.claims.length),
  );
  const swapped = (terminator: string, element: string) => plain.replaceAll('*', element).replaceAll('~\n', terminator);

  test.each([
    ['with CRLF after terminators', plain.replaceAll('\n', '\r\n')],
    ['on one line', plain.replaceAll('\n', '')],
    ['with newline as terminator', swapped('\n', '*')],
    ['with CRLF as terminator', swapped('\r\n', '*')],
    ['with control characters as delimiters', swapped('\u001d', '\u001c')],
    ['with blanks before it', `\r\n  ${plain}`],
    ['without the last terminator', plain.slice(0, -2)],
    ['with an end-of-file byte after it', `${plain}\u001a`],
  ])('reads the same %s', (_, text) => {
    const claims = read(text).map((transaction) => transaction.kind === 'remittance' && transaction.remittance.claims.length);
    expect(JSON.stringify(claims)).toBe(expected);
  });

  test('may hold several interchanges with delimiters of their own, TA1 and unknown sets', () => {
    const isa = plain.slice(0, plain.indexOf('GS*'));
    const ta1 = `${isa}TA1*000000041*260608*0900*R*006~\nIEA*0*000000042~\n`;
    const eligibility = wrapped('271', '005010X279A1', ['BHT*0022*11*TEST*20260608*0915']);
    expect(read(ta1 + swapped('\n', '|') + eligibility).map(({ kind }) => kind)).toEqual([
      'interchange-acknowledgement',
      'remittance',
      'unknown',
    ]);
    expect(readOnly(ta1, 'interchange-acknowledgement').acknowledgement).toMatchObject({
      interchangeControlNumber: '000000041',
      code: 'R',
      note: '006',
    });
  });
});
