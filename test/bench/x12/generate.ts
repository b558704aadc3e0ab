import { closeSync, openSync, writeSync } from 'node:fs';

/** What a generated file holds, counted while it was written. */
export interface Generated {
  readonly bytes: number;
  readonly claims: number;
  readonly lines: number;
  readonly paidCents: number;
}

const bytesPerClaim = 447;

/** Claims of one ST: a payment must stay below a billion dollars. */
const claimsPerSet = 250_000;

/** Writes balanced 835 of about that many bytes, the same for the same size: every claim has three lines and adjustments. People are invented. */
export function generateRemittance(path: string, bytes: number): Generated {
  const claims = Math.round(bytes / bytesPerClaim);
  const file = openSync(path, 'w');
  let written = writeSync(file, envelopeHeader);
  let paidCents = 0;
  let sets = 0;
  for (let first = 0; first < claims; first += claimsPerSet) {
    const set = writeSet(file, first, Math.min(claims, first + claimsPerSet), String(++sets).padStart(4, '0'));
    written += set.bytes;
    paidCents += set.paidCents;
  }
  written += writeSync(file, `GE*${sets}*1~\nIEA*1*000000001~\n`);
  closeSync(file);
  return { bytes: written, claims, lines: claims * 3, paidCents };
}

function writeSet(file: number, first: number, end: number, number: string): { readonly bytes: number; readonly paidCents: number } {
  let paidCents = 0;
  for (let n = first; n < end; n++) paidCents += paidOf(linesOf(n));
  let pending = header(number, paidCents);
  let segments = pending.split('\n').length - 1;
  let bytes = 0;
  for (let n = first; n < end; n++) {
    const { text, count } = claimOf(n);
    pending += text;
    segments += count;
    if (pending.length < 1 << 20) continue;
    bytes += writeSync(file, pending);
    pending = '';
  }
  bytes += writeSync(file, `${pending}SE*${segments + 1}*${number}~\n`);
  return { bytes, paidCents };
}

const envelopeHeader = [
  'ISA*00*          *00*          *ZZ*INVENTEDPAYER  *ZZ*INVENTEDPAYEE  *260608*0915*^*00501*000000001*0*T*:',
  'GS*HP*INVENTEDPAYER*INVENTEDPAYEE*20260608*0915*1*X*005010X221A1',
  '',
].join('~\n');

function header(number: string, paidCents: number): string {
  return [
    `ST*835*${number}`,
    `BPR*I*${dollars(paidCents)}*C*ACH*CCP*01*000000000*DA*0000000*1000000000**01*000000000*DA*0000000*20260608`,
    `TRN*1*TRACE${number}*1000000000`,
    'DTM*405*20260607',
    'N1*PR*INVENTED PLAN*XV*PLAN01',
    'N3*1 NOWHERE STREET',
    'N4*NOTOWN*ZZ*00000',
    'N1*PE*INVENTED CLINIC*XX*9000000001',
    'LX*1',
    '',
  ].join('~\n');
}

interface Line {
  readonly index: number;
  readonly charge: number;
  readonly contractual: number;
  readonly share: number;
  readonly paid: number;
}

/** Charges, adjustments and payments follow from the number of the claim, so the file can be written without being kept. */
function linesOf(n: number): readonly Line[] {
  return [0, 1, 2].map((index) => {
    const charge = 5_000 + ((n * 7919 + index * 104_729) % 95_000);
    const contractual = Math.floor((charge * 3) / 10);
    const share = index === 0 ? 1_000 : 0;
    return { index, charge, contractual, share, paid: charge - contractual - share };
  });
}

function paidOf(lines: readonly Line[]): number {
  return lines.reduce((total, line) => total + line.paid, 0);
}

function claimOf(n: number): { readonly text: string; readonly count: number } {
  const lines = linesOf(n);
  const sum = (of: (line: Line) => number) => lines.reduce((total, line) => total + of(line), 0);
  const key = String(n).padStart(9, '0');
  const day = `202605${String((n % 28) + 1).padStart(2, '0')}`;
  const paid = paidOf(lines);
  const segments = [
    `CLP*ACCT${key}*1*${dollars(sum((line) => line.charge))}*${dollars(paid)}*${dollars(sum((line) => line.share))}*CI*ICN${key}*11*1`,
    `NM1*QC*1*INVENTED${n % 977}*PERSON****MI*MEMBER${key}`,
    'NM1*82*1*INVENTED*CLINICIAN****XX*9000000002',
    ...lines.flatMap(({ charge, contractual, share, paid: left, index }) => [
      `SVC*HC:9921${index + 1}*${dollars(charge)}*${dollars(left)}**1`,
      `DTM*472*${day}`,
      `CAS*CO*45*${dollars(contractual)}`,
      ...(share > 0 ? [`CAS*PR*3*${dollars(share)}`] : []),
      `REF*6R*L${index + 1}`,
      `AMT*B6*${dollars(charge - contractual)}`,
    ]),
  ];
  return { text: `${segments.join('~\n')}~\n`, count: segments.length };
}

function dollars(cents: number): string {
  const text = (cents / 100).toFixed(2);
  return text.endsWith('.00') ? text.slice(0, -3) : text;
}
