import type { PayerSequence } from '../../rules/domain/claim.ts';
import type { Remittance, RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { Transaction } from '../client.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll, type Row } from './bulk.ts';

/** Held: unbalanced. Refused: its trace is posted with other content. Nothing of either moves money. */
type StoredStatus = 'posted' | 'held' | 'refused';

export interface RemittanceToWrite {
  readonly remittance: Remittance;
  readonly fileId: string;
  readonly contentSha256: string;
  readonly status: StoredStatus;
  readonly claims: readonly {
    readonly id: string;
    readonly claim: RemittanceClaim;
    /** Null while unmatched. */
    readonly account: { readonly accountId: string; readonly sequence: PayerSequence } | null;
  }[];
}

/** Stores a remittance with all its claims; what belongs to no claim (PLB) too. @returns its id */
export async function writeRemittance(tx: Transaction, written: RemittanceToWrite): Promise<string> {
  const { remittance, fileId, contentSha256, status } = written;
  const remittanceId = uuidv7();
  const { payerId, payerName, payeeNpi, trace, paidCents, method, paidOn, producedOn, imbalances, place } = remittance;
  const said = { payerId, payerName, payeeNpi, trace, paidCents, method, paidOn, producedOn, imbalances };
  const { offset, length } = place;
  await insertAll(tx, 'Remittance', [
    { id: remittanceId, fileId, offset, length, contentSha256, status, postedTrace: status === 'posted' ? trace : null, ...said },
  ]);
  await insertAll(
    tx,
    'RemittanceClaim',
    written.claims.map((claim) => claimRow(remittanceId, status, claim)),
  );
  await insertAll(
    tx,
    'ProviderAdjustment',
    remittance.providerAdjustments.map(({ code, reference, cents, place: at }) => {
      return { id: uuidv7(), remittanceId, code, reference, amountCents: cents, offset: at.offset };
    }),
  );
  return remittanceId;
}

/** A held or refused one whose correction came. */
export async function supersedeRemittance(tx: Transaction, remittanceId: string): Promise<void> {
  await tx.remittance.update({ where: { id: remittanceId }, data: { status: 'superseded' }, select: { id: true } });
}

/** A claim that was unmatched now belongs to an account, or to nobody here. */
export async function settleRemittanceClaim(
  tx: Transaction,
  remittanceClaimId: string,
  settled:
    | { readonly outcome: 'posted'; readonly accountId: string; readonly sequence: PayerSequence }
    | { readonly outcome: 'notOurs' | 'sentBack' },
): Promise<void> {
  await tx.remittanceClaim.update({ where: { id: remittanceClaimId }, data: settled, select: { id: true } });
}

function claimRow(remittanceId: string, status: StoredStatus, { id, claim, account }: RemittanceToWrite['claims'][number]): Row {
  const { submissionKey, chargeCents, paidCents, patientResponsibilityCents, filingIndicator, payerClaimNumber } = claim;
  const { crossoverPayerId, receivedOn, servicedFrom, patient, adjustments, rarcs, lines, place } = claim;
  const amounts = { chargeCents, paidCents, patientResponsibilityCents };
  const said = { filingIndicator, payerClaimNumber, crossoverPayerId, receivedOn, servicedFrom, patient, adjustments, rarcs, lines };
  const outcome = status === 'posted' && account === null ? 'unmatched' : status;
  const owner = { accountId: account?.accountId ?? null, sequence: account?.sequence ?? null };
  const { offset, length } = place;
  return { id, remittanceId, ...owner, submissionKey, status: claim.status, ...amounts, ...said, offset, length, outcome };
}
