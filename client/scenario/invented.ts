import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import type { PersonName, PostalAddress } from '../../rules/domain/claim.ts';

/** People, payers and a hospital that do not exist. The same account always gets the same person. */

export const sandboxProvider = {
  name: 'RECOURSE SANDBOX HOSPITAL',
  npi: '1999999984',
  taxId: '000000001',
  address: { line1: '1 EXAMPLE WAY', line2: '', city: 'SAMPLETOWN', state: 'OH', postalCode: '000000001' },
} as const;

export const payerNames: Readonly<Record<string, string>> = {
  UHC01: 'UNITEDHEALTHCARE SANDBOX',
  AETNA1: 'AETNA SANDBOX',
  MCARE: 'MEDICARE SANDBOX',
  BCBS01: 'BLUE CROSS SANDBOX',
  TXMCD: 'MEDICAID SANDBOX',
  CIGNA1: 'CIGNA SANDBOX',
};

const firstNames = ['AVERY', 'BLAKE', 'CASEY', 'DEVON', 'EMERY', 'FINLEY', 'GREER', 'HARPER', 'INDIGO', 'JULES', 'KENDALL', 'LENNON'];
const lastNames = [
  'TESTWELL',
  'SAMPLESON',
  'PLACEHOLDER',
  'MOCKINGTON',
  'EXAMPLER',
  'DEMOSKI',
  'FAKENHAM',
  'INVENTIN',
  'PRETENDER',
  'SPECIMEN',
  'STANDIN',
];

export interface InventedPerson {
  readonly name: PersonName;
  readonly bornOn: CivilDate;
  readonly sex: string;
  readonly address: PostalAddress;
  readonly memberNumber: string;
}

export function inventedPerson(seed: string): InventedPerson {
  const n = hash(seed);
  return {
    name: { last: lastNames[n % lastNames.length] ?? '', first: firstNames[Math.floor(n / 11) % firstNames.length] ?? '', middle: '' },
    bornOn: civilDate(`${1940 + (n % 65)}-${String(1 + (n % 12)).padStart(2, '0')}-${String(1 + (n % 28)).padStart(2, '0')}`),
    sex: n % 2 === 0 ? 'F' : 'M',
    address: { line1: `${100 + (n % 900)} NOWHERE STREET`, line2: '', city: 'SAMPLETOWN', state: 'OH', postalCode: '00000' },
    memberNumber: String(n % 1_000_000_000).padStart(9, '0'),
  };
}

/** FNV-1a, 32 bits: small, and the same everywhere. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return value;
}
