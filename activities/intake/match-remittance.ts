import type { PayerSequence } from '../../rules/domain/claim.ts';
import type { RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { Transaction } from '../../prisma/client.ts';
import { type CoverageIds, readCandidates, readCoverages, readPayerClaimNumbers, readSubmissions } from '../../prisma/reads/matching.ts';
import type { Unmatched } from '../../prisma/writes/unmatched.ts';
import { type Intake, unmatched } from './context.ts';

export interface FoundAccount {
  readonly accountId: string;
  readonly sequence: PayerSequence;
  readonly submissionKey: string;
}

/** By our key (CLP01), else by the payer's number for the claim (CLP07), this payer's first. @returns one per claim, in their order; null for none */
export async function findAccounts(
  tx: Transaction,
  payerId: string,
  claims: readonly RemittanceClaim[],
): Promise<readonly (FoundAccount | null)[]> {
  const submissions = await readSubmissions(
    tx,
    claims.map(({ submissionKey }) => submissionKey),
  );
  const numbers = await readPayerClaimNumbers(
    tx,
    claims.map(({ payerClaimNumber }) => payerClaimNumber),
  );
  const found = claims.map((claim) => {
    const same = numbers.filter(({ number }) => number === claim.payerClaimNumber);
    const byNumber = same.find((n) => n.payerId === payerId) ?? (same.length === 1 ? same[0] : undefined);
    return { claim, owner: submissions.get(claim.submissionKey) ?? byNumber ?? null };
  });
  const coverages = await readCoverages(tx, [...new Set(found.flatMap(({ owner }) => (owner === null ? [] : [owner.accountId])))]);
  return found.map(({ claim, owner }) => {
    if (owner === null) return null;
    const { accountId, submissionKey } = owner;
    const own = coverages.filter((c) => c.accountId === accountId);
    return { accountId, submissionKey, sequence: sequenceSpeaking(own, { payerId, claim, sent: owner.sequence }) };
  });
}

/** Which payer of the account speaks: the one with that id (a crossover echoes the first payer's key), else by CLP02, else the one it was sent to. */
function sequenceSpeaking(
  coverages: readonly CoverageIds[],
  { payerId, claim, sent }: { readonly payerId: string; readonly claim: RemittanceClaim; readonly sent: PayerSequence },
): PayerSequence {
  const same = coverages.filter((c) => c.payerId === payerId);
  const named = same.find((c) => c.sequence === sent) ?? same[0];
  if (named !== undefined) return named.sequence;
  const said = { '2': 2, '20': 2, '3': 3, '21': 3 } as const;
  const byStatus = Object.entries(said).find(([status]) => status === claim.status)?.[1];
  return coverages.find((c) => c.sequence === byStatus)?.sequence ?? sent;
}

/** What a person is asked about each of these claims, with the accounts that it may belong to. */
export async function strayTasks(intake: Intake, payerId: string, claims: readonly RemittanceClaim[]): Promise<readonly Unmatched[]> {
  const tasks: Unmatched[] = [];
  for (const { servicedFrom, chargeCents, paidCents, patient, place } of claims) {
    const candidates = await readCandidates(intake.tx, { servicedFrom, chargeCents, last: patient.last, first: patient.first });
    const said = { kind: 'matchRemittance', title: 'Find the account of a remittance claim' } as const;
    const reason = 'Neither CLP01 nor CLP07 is known here.';
    tasks.push(unmatched(intake, { ...said, reason, payerId, amountCents: paidCents, offset: place.offset, candidates }));
  }
  return tasks;
}
