import { closeSync, openSync, writeSync } from 'node:fs';

/** What a generated file holds, counted while it was written. */
export interface Generated {
  readonly bytes: number;
  readonly claims: number;
  readonly lines: number;
  readonly paidCents: number;
}

/** Bytes of claims per 835: some hundreds of megabytes in one ST, as the largest payers send, would hide what a reader keeps per transaction. */
const claimsPerFile = (bytes: number) => Math.round(bytes / bytesPerClaim);
const bytesPerClaim = 431.4;

/** Writes one balanced 835 of about that many bytes, the same for the same size: every claim has three lines and adjustments. People are invented. */
export function generateRemittance(path: string, bytes: number): Generated {
  const claims = claimsPerFile(bytes);
  const paidCents = Array.from({ length: claims }, (_, n) => claimOf(n).paid).reduce((a, b) => a + b, 0);
  const file = openSync(path, 'w');
  let written = 0;
  let pending = header(paidCents);
  let segments = pending.split('\n').length - 3;
  const flush = () => {
    written += writeSync(file, pending);
    pending = '';
  };
  for (let n = 0; n < claims; n++) {
    const { text, count } = claimOf(n);
    pending += text;
    segments += count;
    if (pending.length > 1 << 20) flush();
  }
  pending += `SE*${segments + 1}*0001~\nGE*1*1~\nIEA*1*000000001~\n`;
  flush();
  closeSync(file);
  return { bytes: written, claims, lines: claims * 3, paidCents };
}

function header(paidCents: number): string {
  return [
    'ISA*00*          *00*          *ZZ*INVENTEDPAYER  *ZZ*INVENTEDPAYEE  *260608*0915*^*00501*000000001*0*T*:',
    'GS*HP*INVENTEDPAYER*INVENTEDPAYEE*20260608*0915*1*X*005010X221A1',
    'ST*835*0001',
    `BPR*I*${dollars(paidCents)}*C*ACH*CCP*01*000000000*DA*0000000*1000000000**01*000000000*DA*0000000*20260608`,
    'TRN*1*TRACE0000001*1000000000',
    'DTM*405*20260607',
    'N1*PR*INVENTED PLAN*XV*PLAN01',
    'N3*1 NOWHERE STREET',
    'N4*NOTOWN*ZZ*00000',
    'N1*PE*INVENTED CLINIC*XX*9000000001',
    'LX*1',
    '',
  ].join('~\n');
}

/** Charges, adjustments and payments follow from the number of the claim, so the file can be written without being kept. */
function claimOf(n: number): { readonly text: string; readonly count: number; readonly paid: number } {
  const lines = [0, 1, 2].map((index) => {
    const charge = 5_000 + ((n * 7919 + index * 104_729) % 95_000);
    const contractual = (charge * 3) / 10 - (((charge * 3) / 10) % 1);
    const share = index === 0 ? 2_000 : 0;
    return { charge, contractual, share, paid: charge - contractual - share, index };
  });
  const sum = (of: (line: (typeof lines)[number]) => number) => lines.reduce((total, line) => total + of(line), 0);
  const key = String(n).padStart(9, '0');
  const day = `202605${String((n % 28) + 1).padStart(2, '0')}`;
  const paid = sum((line) => line.paid);
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
  return { text: `${segments.join('~\n')}~\n`, count: segments.length, paid };
}

function dollars(cents: number): string {
  const text = (cents / 100).toFixed(2);
  return text.endsWith('.00') ? text.slice(0, -3) : text;
}
