import type { Cents } from '../../rules/domain/money.ts';
import type { RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { ClaimDescription } from '../../rules/matching/evidence.ts';
import type { Database } from '../client.ts';
import type { RemittanceClaim as RemittanceClaimModel } from '../generated/client.ts';
import { adjustmentsOf, centsOf, claimDetailsOf, civilOrNull, remittanceLinesOf, remittancePatientOf } from '../convert.ts';

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
  return rows.map((row) => ({ id: row.id, claim: remittanceClaimOf(row) }));
}

/** A stored remittance claim as it was read. */
export function remittanceClaimOf(row: RemittanceClaimModel): RemittanceClaim {
  const { submissionKey, status, filingIndicator, payerClaimNumber, crossoverPayerId, rarcs, offset, length } = row;
  return {
    ...claimDetailsOf(row.details),
    submissionKey,
    status,
    filingIndicator,
    payerClaimNumber,
    crossoverPayerId,
    rarcs,
    place: { offset, length },
    chargeCents: centsOf(row.chargeCents),
    paidCents: centsOf(row.paidCents),
    patientResponsibilityCents: centsOf(row.patientResponsibilityCents),
    receivedOn: civilOrNull(row.receivedOn),
    servicedFrom: civilOrNull(row.servicedFrom),
    adjustments: adjustmentsOf(row.adjustments),
    lines: remittanceLinesOf(row.lines),
    patient: remittancePatientOf(row.patient),
  };
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

/** A remittance claim without an account; `said` is for matching. PHI. */
export interface UnmatchedClaim {
  readonly offset: number;
  readonly submissionKey: string;
  readonly payerClaimNumber: string;
  readonly paidCents: Cents;
  readonly said: ClaimDescription;
}

/** Claims of a file's remittances for which no account is known, from after that offset. */
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
  return rows.map((row) => {
    const { submissionKey, payerClaimNumber, paidCents, chargeCents, servicedFrom, lines, patient, place } = remittanceClaimOf(row);
    const { last, first, memberId } = patient;
    const lineChargeCents = lines.map((line) => line.chargeCents);
    const said = { payerId: row.remittance.payerId, memberId, last, first, chargeCents, servicedFrom, lineChargeCents };
    return { offset: place.offset, submissionKey, payerClaimNumber, paidCents, said };
  });
}
