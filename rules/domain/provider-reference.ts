/** PLB codes that never speak of a claim: balances carried forward, tax, levies, advances, rebates of the provider. */
const ofProvider: ReadonlySet<string> = new Set([
  'FB',
  'IR',
  'IS',
  'LE',
  'E3',
  'AP',
  'AH',
  'BD',
  'BN',
  'C5',
  'CT',
  'CV',
  'DM',
  'GO',
  'HM',
  'IP',
  'LS',
  'OA',
  'OB',
  'PI',
  'PL',
  'RA',
  'RE',
  'SL',
  'TL',
]);

export function isOfClaims(code: string): boolean {
  return !ofProvider.has(code);
}

/** Of these a person must find the claim, when their reference names none: money that was taken from one, or given back. */
export function needsClaim(code: string): boolean {
  return code === 'WO' || code === '72' || code === 'CS' || code === 'L6';
}

const shortestName = 3;

/**
 * What the reference of a PLB amount may be the number of: payers write the claim number or our account number, alone, or joined with dates and
 * other numbers. The whole first, then from the left less and less of it, then its parts.
 */
export function referenceNames(reference: string): readonly string[] {
  const parts = reference.split(/[^A-Za-z0-9]+/).filter((part) => part !== '');
  const lefts = [...reference.matchAll(/[^A-Za-z0-9]+/g)].map(({ index }) => reference.slice(0, index)).reverse();
  const names = [reference.trim(), ...lefts, ...parts].filter((name) => name.length >= shortestName);
  return [...new Set(names)];
}
