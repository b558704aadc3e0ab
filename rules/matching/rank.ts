import { type ClaimDescription, type Evidence, evidenceOf, evidenceText, type KnownClaim, type Verdict } from './evidence.ts';

/** An account that something unmatched may belong to, and why, without anybody's data. */
export interface Candidate {
  readonly accountId: string;
  readonly accountNumber: string;
  /** CLM01 of the submission meant, where a file of ours is what was answered: it stands for all that was sent in it. */
  readonly submissionKey?: string;
  /** `charge equal, service date 1 day off, name differs` */
  readonly why: string;
}

/** What one agreement counts. Every one of them is worth something, so that whoever agrees in more of the same stands higher. */
const weights = { memberId: 32, charge: 16, serviceDate: 16, name: 16, lineCharges: 8, payer: 8 } as const;

/** A person looks at no more. */
export const mostCandidates = 5;

/**
 * The accounts that a claim may belong to, the likelier first, at most five. An account counts by its best submission; equal ones stand in the
 * order of their ids. Payer alone, or charge without a date, is no reason to be named.
 */
export function rankCandidates(said: ClaimDescription, known: readonly KnownClaim[]): readonly Candidate[] {
  const best = new Map<string, { readonly claim: KnownClaim; readonly evidence: Evidence; readonly weight: number }>();
  for (const claim of known) {
    const evidence = evidenceOf(said, claim);
    const weight = weightOf(evidence);
    const before = best.get(claim.accountId);
    const isBetter = before === undefined || weight > before.weight;
    const isFirst = before !== undefined && weight === before.weight && claim.submissionKey < before.claim.submissionKey;
    if (isWorthNaming(evidence) && (isBetter || isFirst)) best.set(claim.accountId, { claim, evidence, weight });
  }
  return [...best.values()]
    .sort((a, b) => b.weight - a.weight || (a.claim.accountId < b.claim.accountId ? -1 : 1))
    .slice(0, mostCandidates)
    .map(({ claim: { accountId, accountNumber }, evidence }) => ({ accountId, accountNumber, why: evidenceText(evidence) }));
}

/** The submission of one account that fits best; of equal ones the one with the greatest key. Null when there is none. */
export function bestSubmission<T extends KnownClaim>(said: ClaimDescription, known: readonly T[]): T | null {
  const byKey = [...known].sort((a, b) => (a.submissionKey < b.submissionKey ? 1 : -1));
  return byKey.reduce<T | null>((best, claim) => {
    if (best === null) return claim;
    return weightOf(evidenceOf(said, claim)) > weightOf(evidenceOf(said, best)) ? claim : best;
  }, null);
}

function weightOf(evidence: Evidence): number {
  const points = (verdict: Verdict, weight: number) => (verdict === 'equal' ? weight : verdict === 'near' ? weight / 2 : 0);
  const { memberId, charge, serviceDate, name, lineCharges, payer } = weights;
  return (
    points(evidence.memberId, memberId) +
    points(evidence.charge, charge) +
    points(evidence.serviceDate, serviceDate) +
    points(evidence.name, name) +
    points(evidence.lineCharges, lineCharges) +
    points(evidence.payer, payer)
  );
}

function isWorthNaming({ memberId, name, charge, serviceDate }: Evidence): boolean {
  const isNamed = memberId === 'equal' || name === 'equal' || name === 'near';
  return isNamed || (charge === 'equal' && (serviceDate === 'equal' || serviceDate === 'near'));
}
