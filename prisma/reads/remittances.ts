import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { Database } from '../client.ts';
import { facilityId } from '../facility.ts';
import { adjustmentsOf, type Candidate, centsOf, claimDetailsOf, civilOrNull, remittanceLinesOf, remittancePatientOf } from '../convert.ts';
import { readCandidates } from './matching.ts';

/** The hash of what the payer's remittance with that trace said; null when none of that trace was posted or held. */
export async function readRemittanceHash(db: Database, payerId: string, trace: string): Promise<string | null> {
  const known = await db.remittance.findFirst({ where: { facilityId, payerId, settledTrace: trace }, select: { contentSha256: true } });
  return known?.contentSha256 ?? null;
}

/** A remittance as far as an earlier reader came with it. */
export interface StagedRemittance {
  readonly id: string;
  readonly status: string;
  readonly claimCount: number;
  /** Offset of the last claim stored, and of the last one posted; -1 before the first. */
  readonly stagedTo: number;
  readonly postedTo: number;
}

export async function readStagedRemittance(db: Database, fileId: string, offset: number): Promise<StagedRemittance | null> {
  const select = { id: true, status: true, claimCount: true, stagedTo: true, postedTo: true };
  return db.remittance.findUnique({ where: { fileId_offset: { fileId, offset } }, select });
}

export interface StoredRemittanceClaim {
  readonly id: string;
  readonly claim: RemittanceClaim;
}

/** Claims of a remittance in the order of the file, from after that offset. */
export async function readRemittanceClaims(
  db: Database,
  remittanceId: string,
  { after, limit, outcome }: { readonly after: number; readonly limit: number; readonly outcome: 'staged' | 'unmatched' },
): Promise<readonly StoredRemittanceClaim[]> {
  const rows = await db.remittanceClaim.findMany({
    where: { remittanceId, offset: { gt: after }, outcome },
    orderBy: { offset: 'asc' },
    take: limit,
  });
  return rows.map((row) => {
    const { id, submissionKey, status, filingIndicator, payerClaimNumber, crossoverPayerId, rarcs, offset, length } = row;
    const said = { submissionKey, status, filingIndicator, payerClaimNumber, crossoverPayerId, rarcs, place: { offset, length } };
    const amounts = { chargeCents: centsOf(row.chargeCents), paidCents: centsOf(row.paidCents) };
    const patientResponsibilityCents = centsOf(row.patientResponsibilityCents);
    const dates = { receivedOn: civilOrNull(row.receivedOn), servicedFrom: civilOrNull(row.servicedFrom) };
    const parts = { adjustments: adjustmentsOf(row.adjustments), lines: remittanceLinesOf(row.lines) };
    const patient = remittancePatientOf(row.patient);
    return { id, claim: { ...claimDetailsOf(row.details), ...said, ...amounts, patientResponsibilityCents, ...dates, ...parts, patient } };
  });
}

export interface RemittanceTotals {
  readonly posted: number;
  readonly unmatched: number;
  /** Σ CLP04 of the unmatched ones. */
  readonly unmatchedCents: number;
}

export async function readRemittanceTotals(db: Database, remittanceId: string): Promise<RemittanceTotals> {
  const rows = await db.remittanceClaim.groupBy({ by: ['outcome'], where: { remittanceId }, _count: true, _sum: { paidCents: true } });
  const of = (outcome: string) => rows.find((row) => row.outcome === outcome);
  const unmatchedCents = Number(of('unmatched')?._sum.paidCents ?? 0);
  return { posted: of('posted')?._count ?? 0, unmatched: of('unmatched')?._count ?? 0, unmatchedCents };
}

export interface UnmatchedClaim {
  readonly offset: number;
  readonly submissionKey: string;
  readonly payerId: string;
  readonly payerClaimNumber: string;
  readonly chargeCents: Cents;
  readonly paidCents: Cents;
  readonly servicedFrom: CivilDate | null;
  readonly candidates: readonly Candidate[];
}

/** Claims of a file's remittances for which no account is known, from after that offset, with the accounts that each may belong to. */
export async function readUnmatchedClaims(
  db: Database,
  fileId: string,
  { after, limit }: { readonly after: number; readonly limit: number },
): Promise<readonly UnmatchedClaim[]> {
  const rows = await db.remittanceClaim.findMany({
    where: { remittance: { fileId, status: 'posted' }, outcome: 'unmatched', offset: { gt: after } },
    include: { remittance: { select: { payerId: true } } },
    orderBy: { offset: 'asc' },
    take: limit,
  });
  const claims: UnmatchedClaim[] = [];
  for (const { offset, submissionKey, payerClaimNumber, patient, remittance, ...row } of rows) {
    const [chargeCents, paidCents, servicedFrom] = [centsOf(row.chargeCents), centsOf(row.paidCents), civilOrNull(row.servicedFrom)];
    const { last, first } = remittancePatientOf(patient);
    const candidates = await readCandidates(db, { servicedFrom, chargeCents, last, first });
    const said = { offset, submissionKey, payerId: remittance.payerId, payerClaimNumber };
    claims.push({ ...said, chargeCents, paidCents, servicedFrom, candidates });
  }
  return claims;
}
