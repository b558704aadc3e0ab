import { d8Text } from '../domain/civil-date.ts';
import type { ClaimCode } from '../domain/claim-details.ts';
import type { SubmittedClaim } from '../domain/claim.ts';
import type { WithoutPlace } from './without-place.ts';
import { writeSegment } from './write-segment.ts';

const codesPerSegment = 12;

/** HI of 2300. 837P: all diagnoses in one segment. 837I: the principal by itself, the others twelve to a segment. Then one list after another. */
export function writeCodes(claim: WithoutPlace<SubmittedClaim>): readonly string[] {
  const { diagnoses, presentOnAdmission = [], codes = [] } = claim;
  const [principal, other] = claim.diagnosisCodeSet === undefined ? ['ABK', 'ABF'] : ['BK', 'BF'];
  const written = diagnoses.map((code, index) => {
    // Points in codes are not sent (X222, HI01-2).
    return [index === 0 ? principal : other, code.replace('.', ''), '', '', '', '', '', '', presentOnAdmission[index] ?? ''];
  });
  const separate = claim.claimType === 'institutional' ? 1 : codesPerSegment;
  return [
    ...writeList(written.slice(0, separate)),
    ...writeList(written.slice(separate)),
    ...runsOf(codes).flatMap((run) => writeList(run.map(composite))),
  ];
}

function writeList(composites: readonly (readonly string[])[]): readonly string[] {
  const segments: string[] = [];
  for (let from = 0; from < composites.length; from += codesPerSegment)
    segments.push(writeSegment('HI', ...composites.slice(from, from + codesPerSegment)));
  return segments;
}

/** Codes of one list that stand together. */
function runsOf(codes: readonly ClaimCode[]): readonly (readonly ClaimCode[])[] {
  const runs: ClaimCode[][] = [];
  for (const code of codes) {
    const run = runs.at(-1);
    if (run?.[0]?.qualifier === code.qualifier) run.push(code);
    else runs.push([code]);
  }
  return runs;
}

function composite({ qualifier, code, from, through, value = '', presentOnAdmission = '' }: ClaimCode): readonly string[] {
  const format = from === undefined ? '' : through === undefined ? 'D8' : 'RD8';
  const days = [from, through].flatMap((day) => (day === undefined ? [] : [d8Text(day)])).join('-');
  return [qualifier, code, format, days, value, '', '', '', presentOnAdmission];
}
