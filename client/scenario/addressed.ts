import type { Account, ClaimTrack } from '../../rules/domain/account.ts';
import { isOfClaims, referenceNames } from '../../rules/domain/provider-reference.ts';
import type { ProviderAdjustment } from '../../rules/domain/remittance.ts';

/** Whom a payer's words are about. */

/** Which payer of the account speaks: a crossover echoes the first payer's key, so the payer decides, and the key where one payer comes twice. */
export function speakingPayer({ claims }: Account, submissionKey: string, payerId: string): 1 | 2 | 3 {
  const sent = claims.find((c) => c.submissions.some((s) => s.key === submissionKey));
  return sent?.payerId === payerId ? sent.sequence : (claims.find((c) => c.payerId === payerId)?.sequence ?? sent?.sequence ?? 1);
}

/** The PLB amounts whose reference names the claim: by the payer's number, by the account's or by the key of a submission. */
export function adjustmentsNaming(
  claim: ClaimTrack,
  accountNumber: string,
  adjustments: readonly ProviderAdjustment[],
): readonly ProviderAdjustment[] {
  const numbers = claim.remittances.map((r) => r.payerClaimNumber);
  const names = [claim.payerClaimNumber ?? '', ...numbers, accountNumber, ...claim.submissions.map(({ key }) => key)];
  return adjustments.filter(({ code, reference }) => isOfClaims(code) && referenceNames(reference).some((name) => names.includes(name)));
}
