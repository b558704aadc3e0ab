import type { PayerSequence } from '../../rules/domain/claim.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import type { RemittanceClaim } from '../../rules/domain/remittance.ts';
import { remittedDescription } from '../../rules/matching/describe.ts';
import { type ClaimDescription, evidenceOf, evidenceText, isSomebodyElses } from '../../rules/matching/evidence.ts';
import { rankCandidates } from '../../rules/matching/rank.ts';
import type { Transaction } from '../../prisma/client.ts';
import { readClaimsByKey, readSimilarClaims, type StoredClaim } from '../../prisma/reads/known-claims.ts';
import { readPayerClaimNumbers } from '../../prisma/reads/matching.ts';
import type { StoredRemittanceClaim } from '../../prisma/reads/remittances.ts';
import type { Unmatched } from '../../prisma/writes/unmatched.ts';
import { type Intake, unmatched } from './context.ts';

export interface FoundRemittanceClaim extends StoredRemittanceClaim {
  /** Null while unmatched. */
  readonly account: { readonly accountId: string; readonly sequence: PayerSequence; readonly submissionKey: string } | null;
  /** What its numbers name, though everything else speaks against it: not posted, but shown to the person who decides. */
  readonly doubtful: StoredClaim | null;
}

/**
 * By our key (CLP01), else by the payer's number for the claim (CLP07), this payer's first. A number that clearly stands on somebody else's claim
 * names nobody. Three statements for any number of claims.
 */
export async function findAccounts(
  tx: Transaction,
  payerId: string,
  claims: readonly StoredRemittanceClaim[],
): Promise<readonly FoundRemittanceClaim[]> {
  const numbers = await readPayerClaimNumbers(
    tx,
    claims.map(({ claim }) => claim.payerClaimNumber),
  );
  const byNumber = grouped(numbers, ({ number }) => number);
  const named = claims.map(({ id, claim }) => {
    const same = byNumber.get(claim.payerClaimNumber) ?? [];
    const owner = same.find((n) => n.payerId === payerId) ?? (same.length === 1 ? same[0] : undefined);
    return { id, claim, keys: [claim.submissionKey, ...(owner === undefined ? [] : [owner.submissionKey])] };
  });
  const known = await readClaimsByKey(
    tx,
    named.flatMap(({ keys }) => keys),
  );
  return named.map(({ id, claim, keys }) => {
    const said = remittedDescription(payerId, claim);
    const owners = keys.flatMap((key) => known.get(key) ?? []);
    const owner = owners.find((one) => !isSomebodyElses(said, one));
    if (owner === undefined) return { id, claim, account: null, doubtful: owners[0] ?? null };
    return { id, claim, account: accountSpeaking(owner, payerId, claim), doubtful: null };
  });
}

/** As what the remittance claim is posted to the account of that submission. */
export function accountSpeaking(owner: StoredClaim, payerId: string, claim: Pick<RemittanceClaim, 'status'>) {
  const { accountId, submissionKey } = owner;
  return { accountId, submissionKey, sequence: sequenceSpeaking(owner, payerId, claim) };
}

/** Which payer of the account speaks: the one with that id (a crossover echoes the first payer's key), else by CLP02, else the one it was sent to. */
function sequenceSpeaking(owner: StoredClaim, payerId: string, { status }: Pick<RemittanceClaim, 'status'>): PayerSequence {
  const same = owner.coverages.filter((c) => c.payerId === payerId);
  const named = same.find((c) => c.sequence === owner.sequence) ?? same[0];
  if (named !== undefined) return named.sequence;
  const said = { '2': 2, '20': 2, '3': 3, '21': 3 } as const;
  const byStatus = Object.entries(said).find(([code]) => code === status)?.[1];
  return owner.coverages.find((c) => c.sequence === byStatus)?.sequence ?? owner.sequence;
}

/** A task for each, with the accounts it may belong to, ranked and explained. Two statements for every 500. */
export async function strayTasks(intake: Intake, payerId: string, strays: readonly FoundRemittanceClaim[]): Promise<readonly Unmatched[]> {
  const said = strays.map(({ claim }) => remittedDescription(payerId, claim));
  const similar = await readSimilarClaims(intake.tx, said);
  return strays.map(({ id, claim, doubtful }, n) => {
    const description = said[n] ?? remittedDescription(payerId, claim);
    return unmatched(intake, {
      kind: 'matchRemittance',
      title: 'Find the account of a remittance claim',
      reason: doubtful === null ? 'Neither CLP01 nor CLP07 is known here.' : doubtText(description, doubtful),
      payerId,
      amountCents: claim.paidCents,
      offset: claim.place.offset,
      candidates: rankCandidates(description, [...(similar[n] ?? []), ...(doubtful === null ? [] : [doubtful])]),
      item: { kind: 'remittanceClaim', remittanceClaimId: id },
      awaits: [{ kind: 'submission', key: claim.submissionKey, remittanceClaimId: id }],
    });
  });
}

/** Of the one task for more unmatched claims of one remittance than are a task each. */
export function manyStraysTitle(count: number): string {
  return count === 1
    ? 'Find the account of a claim of one remittance'
    : `Find the accounts of ${count.toLocaleString('en-US')} claims of one remittance`;
}

/** Why numbers alone were not believed. */
export function doubtText(said: ClaimDescription, doubtful: StoredClaim): string {
  return `Its numbers name account ${doubtful.accountNumber}, but it looks like another claim: ${evidenceText(evidenceOf(said, doubtful))}.`;
}
