import { parseD8 } from '../domain/civil-date.ts';
import type { ClaimCode } from '../domain/claim-details.ts';
import type { SubmittedClaim } from '../domain/claim.ts';
import { componentOf, elementCount, elementOf, faultAt, type Segment } from './segment.ts';

/** ICD-10 and ICD-9, principal and other. Admitting, reason-for-visit and external-cause codes are not diagnoses a line points at. */
const diagnosisQualifiers = new Set(['ABK', 'ABF', 'BK', 'BF']);

type Codes = Pick<SubmittedClaim, 'diagnoses' | 'diagnosisCodeSet' | 'presentOnAdmission' | 'codes'>;

/** All HI segments of a claim, in order. */
export function codesOf(segments: readonly Segment[]): Codes {
  const diagnoses: string[] = [];
  const presentOnAdmission: string[] = [];
  const codes: ClaimCode[] = [];
  let isOld = false;
  for (const hi of segments)
    for (let index = 1; index < elementCount(hi); index++) {
      const qualifier = componentOf(hi, index, 1);
      if (qualifier === '' && elementOf(hi, index) === '') continue;
      if (!diagnosisQualifiers.has(qualifier)) {
        codes.push(codeOf(hi, index));
        continue;
      }
      diagnoses.push(withoutPoint(componentOf(hi, index, 2)));
      presentOnAdmission.push(componentOf(hi, index, 9));
      isOld ||= qualifier.length === 2;
    }
  return {
    diagnoses,
    ...(isOld ? { diagnosisCodeSet: 'ICD-9' } : {}),
    ...(presentOnAdmission.some((said) => said !== '') ? { presentOnAdmission } : {}),
    ...(codes.length > 0 ? { codes } : {}),
  };
}

/** Points are not part of a code (X222, HI01-2), but many send them. */
function withoutPoint(code: string): string {
  return code.replace('.', '');
}

const icdQualifiers = new Set(['ABJ', 'APR', 'ABN', 'BBR', 'BBQ', 'BJ', 'PR', 'BN', 'BR', 'BQ']);

function codeOf(hi: Segment, index: number): ClaimCode {
  const [qualifier = '', code = '', format = '', date = '', value = '', , , , presentOnAdmission = ''] = elementOf(hi, index).split(
    hi.component,
  );
  if (value !== '' && !/^-?\d*\.?\d*$/.test(value)) throw faultAt(hi, '2300', `${index}-5`, 'x12.amount', 'a decimal number');
  return {
    qualifier,
    code: icdQualifiers.has(qualifier) ? withoutPoint(code) : code,
    ...daysOf(hi, index, { format, date }),
    ...(value === '' ? {} : { value }),
    ...(presentOnAdmission === '' ? {} : { presentOnAdmission }),
  };
}

function daysOf(hi: Segment, index: number, { format, date }: { format: string; date: string }): Pick<ClaimCode, 'from' | 'through'> {
  if (date === '') return {};
  const [first = '', last = first] = date.split('-');
  const from = parseD8(first);
  const through = parseD8(last);
  if (from === null || through === null || through < from)
    throw faultAt(hi, '2300', `${index}-4`, 'x12.date', 'a date or a range of dates');
  return format === 'RD8' ? { from, through } : { from };
}
