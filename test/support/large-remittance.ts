export interface LargeRemittance {
  readonly claims: number;
  readonly trace: string;
  /** CLP01 of the n-th claim. */
  readonly keyOf?: (n: number) => string;
  /** Added to BPR02, so that the check does not balance. */
  readonly offByCents?: number;
  readonly linesPerClaim?: number;
}

const claimsInPart = 500;

/** One interchange with one 835 of any size, balanced at line, claim and check; part by part, so that nobody holds it whole. */
export function* largeRemittance(remittance: LargeRemittance): Generator<Buffer> {
  const { claims, trace, keyOf = (n) => `LARGE${n}`, offByCents = 0, linesPerClaim = 3 } = remittance;
  const lines = Array.from({ length: linesPerClaim }, (_, line) => lineOf(line));
  const paidCents = claims * linesPerClaim * 8_000 + offByCents;
  yield Buffer.from(
    'ISA*00*          *00*          *ZZ*PAYER          *ZZ*RECOURSE       *260701*0900*^*00501*000000077*0*P*:~\n' +
      'GS*HP*PAYER*RECOURSE*20260701*0900*77*X*005010X221A1~\nST*835*0001~\n' +
      `BPR*I*${dollars(paidCents)}*C*ACH************20260701~\nTRN*1*${trace}*UHC01~\nDTM*405*20260701~\nN1*PR*PLAN*XV*UHC01~\nN1*PE*HOSPITAL*XX*1234567893~\nLX*1~\n`,
  );
  for (let from = 0; from < claims; from += claimsInPart) {
    let text = '';
    for (let n = from; n < Math.min(claims, from + claimsInPart); n += 1)
      text +=
        `CLP*${keyOf(n)}*1*${linesPerClaim * 100}.00*${linesPerClaim * 80}.00*${linesPerClaim * 5}.00*CI*ICN${trace}${n}~\n` +
        `NM1*QC*1*SAMPLE*PERSON${n}****MI*M${n}~\nDTM*232*20260608~\n${lines.join('')}`;
    yield Buffer.from(text);
  }
  const segments = 7 + claims * (3 + linesPerClaim * 6) + 1;
  yield Buffer.from(`SE*${segments}*0001~\nGE*1*77~\nIEA*1*000000077~\n`);
}

/** Charged 100, paid 80, contractual 15, coinsurance 5. */
function lineOf(line: number): string {
  return (
    `SVC*HC:9921${line % 10}*100.00*80.00**1~\nDTM*472*20260608~\nCAS*CO*45*15.00~\nCAS*PR*2*5.00~\n` +
    `REF*6R*${line + 1}~\nAMT*B6*85.00~\n`
  );
}

function dollars(cents: number): string {
  return (cents / 100).toFixed(2);
}
