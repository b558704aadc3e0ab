import type { ClaimType } from './claim.ts';

/** Kinds of place a service was given in, coarse enough to write a rule about. */
export const facilityTypes = [
  'office',
  'telehealth',
  'clinic',
  'urgentCare',
  'inpatientHospital',
  'outpatientHospital',
  'emergency',
  'surgeryCenter',
  'skilledNursing',
  'homeHealth',
  'hospice',
  'dialysis',
  'laboratory',
  'ambulance',
  'other',
] as const;
export type FacilityType = (typeof facilityTypes)[number];

/** Kinds of service, from the code that was billed. */
export const serviceCategories = [
  'evaluation',
  'anesthesia',
  'surgery',
  'imaging',
  'laboratory',
  'medicine',
  'therapy',
  'behavioral',
  'drug',
  'equipment',
  'supply',
  'transport',
  'roomAndBoard',
  'emergency',
  'other',
] as const;
export type ServiceCategory = (typeof serviceCategories)[number];

/** CMS place of service code set. */
const places: Readonly<Record<string, FacilityType>> = {
  '02': 'telehealth',
  '10': 'telehealth',
  '11': 'office',
  '12': 'homeHealth',
  '17': 'clinic',
  '20': 'urgentCare',
  '19': 'outpatientHospital',
  '21': 'inpatientHospital',
  '22': 'outpatientHospital',
  '23': 'emergency',
  '24': 'surgeryCenter',
  '31': 'skilledNursing',
  '32': 'skilledNursing',
  '34': 'hospice',
  '41': 'ambulance',
  '42': 'ambulance',
  '49': 'clinic',
  '50': 'clinic',
  '51': 'inpatientHospital',
  '65': 'dialysis',
  '71': 'clinic',
  '72': 'clinic',
  '81': 'laboratory',
};

/** NUBC type of bill, its first two digits after the leading zero. */
const billTypes: Readonly<Record<string, FacilityType>> = {
  '11': 'inpatientHospital',
  '12': 'inpatientHospital',
  '13': 'outpatientHospital',
  '14': 'laboratory',
  '18': 'skilledNursing',
  '21': 'skilledNursing',
  '22': 'skilledNursing',
  '23': 'skilledNursing',
  '32': 'homeHealth',
  '33': 'homeHealth',
  '34': 'homeHealth',
  '71': 'clinic',
  '72': 'dialysis',
  '73': 'clinic',
  '76': 'clinic',
  '77': 'clinic',
  '81': 'hospice',
  '82': 'hospice',
  '83': 'surgeryCenter',
};

/** From CLM05-1. */
export function facilityType(claimType: ClaimType, facilityCode: string): FacilityType {
  const table = claimType === 'professional' ? places : billTypes;
  return (Object.hasOwn(table, facilityCode) ? table[facilityCode] : undefined) ?? 'other';
}

/** CPT sections by their first digits; therapy and behavioral sections lie inside medicine. Highest number of each range. */
const cptSections: readonly (readonly [number, ServiceCategory])[] = [
  [1999, 'anesthesia'],
  [9999, 'other'],
  [69_999, 'surgery'],
  [79_999, 'imaging'],
  [89_999, 'laboratory'],
  [90_784, 'medicine'],
  [90_899, 'behavioral'],
  [96_999, 'medicine'],
  [97_799, 'therapy'],
  [99_099, 'medicine'],
  [99_157, 'medicine'],
  [99_280, 'evaluation'],
  [99_288, 'emergency'],
  [99_499, 'evaluation'],
];

/** HCPCS level II by its letter; A0 is transport, the rest of A supplies. */
const hcpcsLetters: Readonly<Record<string, ServiceCategory>> = {
  A: 'supply',
  B: 'supply',
  C: 'other',
  E: 'equipment',
  G: 'other',
  H: 'behavioral',
  J: 'drug',
  K: 'equipment',
  L: 'equipment',
  P: 'laboratory',
  Q: 'drug',
  R: 'imaging',
};

/** From the procedure code when there is one, else from the revenue code (four digits, leading zero kept or not). */
export function serviceCategory(procedureCode: string | null, revenueCode: string | null): ServiceCategory {
  if (procedureCode !== null && procedureCode !== '') return byProcedure(procedureCode.toUpperCase());
  return revenueCode === null ? 'other' : byRevenue(Number(revenueCode));
}

function byProcedure(code: string): ServiceCategory {
  if (/^\d{5}$/.test(code)) return cptSections.find(([highest]) => Number(code) <= highest)?.[1] ?? 'other';
  if (code.startsWith('A0')) return 'transport';
  const letter = code.charAt(0);
  return (Object.hasOwn(hcpcsLetters, letter) ? hcpcsLetters[letter] : undefined) ?? 'other';
}

/** NUBC revenue code ranges. */
function byRevenue(code: number): ServiceCategory {
  if (code >= 100 && code < 220) return 'roomAndBoard';
  if (code >= 250 && code < 260) return 'drug';
  if (code >= 270 && code < 280) return 'supply';
  if (code >= 300 && code < 320) return 'laboratory';
  if ((code >= 320 && code < 350) || (code >= 400 && code < 410) || (code >= 610 && code < 620)) return 'imaging';
  if (code >= 360 && code < 370) return 'surgery';
  if (code >= 370 && code < 380) return 'anesthesia';
  if (code >= 420 && code < 450) return 'therapy';
  if (code >= 450 && code < 460) return 'emergency';
  if (code >= 540 && code < 550) return 'transport';
  if (code >= 630 && code < 640) return 'drug';
  if (code >= 900 && code < 920) return 'behavioral';
  return 'other';
}
