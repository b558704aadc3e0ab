import type { ClaimTrack } from '../domain/account.ts';

/** SBR09 where it says more than the payer's class does (837 guide, claim filing indicator). */
const byIndicator: Readonly<Record<string, string>> = {
  '09': 'selfPay',
  AM: 'auto',
  FI: 'federalEmployee',
  LM: 'liability',
  VA: 'veterans',
};

const byClass = {
  medicare: 'medicareFfs',
  medicareAdvantage: 'medicareAdvantage',
  medicaid: 'medicaid',
  commercial: 'commercial',
  blue: 'blue',
  tricare: 'tricare',
  workersCompensation: 'workersCompensation',
  selfPay: 'selfPay',
  other: 'other',
} as const satisfies Record<ClaimTrack['payerClass'], string>;

const products: Readonly<Record<string, string>> = { '12': 'ppo', '13': 'pos', '14': 'epo', '15': 'indemnity', '16': 'hmo', HM: 'hmo' };

export function lineOfBusiness(claim: ClaimTrack | null): string {
  if (claim === null) return 'selfPay';
  return byIndicator[claim.filingIndicator ?? ''] ?? byClass[claim.payerClass];
}

/** Null where SBR09 does not tell. */
export function productOf(claim: ClaimTrack | null): string | null {
  return products[claim?.filingIndicator ?? ''] ?? null;
}
