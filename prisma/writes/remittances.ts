import type { PayerSequence } from '../../rules/domain/claim.ts';
import { invariant } from '../../rules/domain/failures.ts';
import type { Imbalance, ProviderAdjustment, RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { RemittanceHeader } from '../../rules/x12/events.ts';
import type { Transaction } from '../client.ts';
import type { StagedRemittance } from '../reads/remittances.ts';
import { inputJson } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll, type Row } from './bulk.ts';

/** A remittance whose claims are coming: nothing of it counts before it is settled. */
export async function openRemittance(
  tx: Transaction,
  opened: { readonly fileId: string; readonly offset: number; readonly header: RemittanceHeader },
): Promise<StagedRemittance> {
  const { payerId, payerName, payeeNpi, trace, paidCents, method, paidOn, producedOn, ...details } = opened.header;
  const { fileId, offset } = opened;
  const id = uuidv7();
  const said = { details, payerId, payerName, payeeNpi, trace, paidCents, method, paidOn, producedOn };
  const row = { id, fileId, offset, length: 0, contentSha256: null, status: 'reading', imbalances: [], ...said };
  await insertAll(tx, 'Remittance', [{ ...row, claimCount: 0, stagedTo: -1, postedTo: -1 }]);
  return { id, status: 'reading', claimCount: 0, stagedTo: -1, postedTo: -1 };
}

/**
 * Keeps the next claims of a remittance.
 * @returns how far it is now
 * @throws when another reader of the same file kept them already; this one has to begin again.
 */
export async function stageClaims(
  tx: Transaction,
  { id, claimCount, stagedTo, ...rest }: StagedRemittance,
  claims: readonly RemittanceClaim[],
): Promise<StagedRemittance> {
  const after = { claimCount: claimCount + claims.length, stagedTo: claims.at(-1)?.place.offset ?? stagedTo };
  await move(tx, { id, stagedTo, status: 'reading' }, after);
  const rows = claims.map((claim) => claimRow(id, claim));
  await insertAll(tx, 'RemittanceClaim', rows);
  return { id, ...rest, ...after };
}

export interface RemittanceSettlement {
  /** Held: unbalanced or at fault. Refused: its trace is posted with other content. Nothing of either moves money. */
  readonly status: 'posting' | 'held' | 'refused';
  readonly trace: string;
  readonly length: number;
  readonly contentSha256: string;
  readonly imbalances: readonly Imbalance[];
  readonly providerAdjustments: readonly ProviderAdjustment[];
}

/** Its last segment was read: from here on it is posted in steps, or nothing of it is. What belongs to no claim (PLB) is stored. */
export async function settleRemittance(
  tx: Transaction,
  { id, stagedTo }: StagedRemittance,
  settlement: RemittanceSettlement,
): Promise<void> {
  const { trace, imbalances, providerAdjustments, ...settled } = settlement;
  const postedTrace = settled.status === 'posting' ? trace : null;
  await move(tx, { id, stagedTo, status: 'reading' }, { ...settled, postedTrace, imbalances: inputJson(imbalances) });
  if (settled.status !== 'posting') await tx.remittanceClaim.updateMany({ where: { remittanceId: id }, data: { outcome: settled.status } });
  const rows = providerAdjustments.map(({ code, reference, cents, place: { offset } }) => {
    return { id: uuidv7(), remittanceId: id, code, reference, amountCents: cents, offset };
  });
  await insertAll(tx, 'ProviderAdjustment', rows);
}

/** What was begun of a remittance that is known already, or that cannot be used, goes; its raw bytes stay. */
export async function forgetRemittance(tx: Transaction, id: string): Promise<void> {
  await tx.remittanceClaim.deleteMany({ where: { remittanceId: id, outcome: 'staged' } });
  await tx.remittance.deleteMany({ where: { id, status: 'reading' } });
}

/** Which account each of these claims belongs to; null where none is known. `postedTo` goes to the last of them. */
export async function placeClaims(
  tx: Transaction,
  { id, postedTo }: StagedRemittance,
  claims: readonly {
    readonly id: string;
    readonly offset: number;
    readonly account: { readonly accountId: string; readonly sequence: number } | null;
  }[],
): Promise<void> {
  await move(tx, { id, postedTo, status: 'posting' }, { postedTo: claims.at(-1)?.offset ?? postedTo });
  const placed = claims.map(({ id: claimId, account }) => {
    const outcome = account === null ? 'unmatched' : 'posted';
    return { id: claimId, accountId: account?.accountId ?? null, sequence: account?.sequence ?? null, outcome };
  });
  await tx.$executeRaw`
    UPDATE "RemittanceClaim" c SET "accountId" = p."accountId", "sequence" = p."sequence", "outcome" = p."outcome"
    FROM jsonb_to_recordset(${JSON.stringify(placed)}::jsonb) AS p("id" uuid, "accountId" uuid, "sequence" int, "outcome" text)
    WHERE c."id" = p."id" AND c."remittanceId" = ${id}::uuid`;
}

/** These, which were unmatched, belong to accounts now. */
export async function postUnmatchedClaims(
  tx: Transaction,
  posted: readonly { readonly id: string; readonly account: { readonly accountId: string; readonly sequence: number } }[],
): Promise<void> {
  const rows = posted.map(({ id, account: { accountId, sequence } }) => ({ id, accountId, sequence }));
  const count = await tx.$executeRaw`
    UPDATE "RemittanceClaim" c SET "accountId" = p."accountId", "sequence" = p."sequence", "outcome" = 'posted'
    FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS p("id" uuid, "accountId" uuid, "sequence" int)
    WHERE c."id" = p."id" AND c."outcome" = 'unmatched'`;
  invariant(count === rows.length, 'a claim that waits is unmatched');
}

/** All its claims have been placed. */
export async function finishRemittance(tx: Transaction, { id, postedTo }: StagedRemittance): Promise<void> {
  await move(tx, { id, postedTo, status: 'posting' }, { status: 'posted' });
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

type Moved = Parameters<Transaction['remittance']['updateMany']>[0]['data'];
type Where = NonNullable<Parameters<Transaction['remittance']['updateMany']>[0]['where']>;

async function move(tx: Transaction, where: Where, data: Moved): Promise<void> {
  const { count } = await tx.remittance.updateMany({ where, data });
  if (count !== 1) throw new Error('the remittance is read by another reader, which is ahead: begin again');
}

function claimRow(remittanceId: string, claim: RemittanceClaim): Row {
  const { submissionKey, status, chargeCents, paidCents, patientResponsibilityCents, filingIndicator, payerClaimNumber, ...more } = claim;
  const { crossoverPayerId, receivedOn, servicedFrom, patient, adjustments, rarcs, lines, place, ...details } = more;
  const amounts = { chargeCents, paidCents, patientResponsibilityCents };
  const said = {
    filingIndicator,
    payerClaimNumber,
    crossoverPayerId,
    receivedOn,
    servicedFrom,
    patient,
    adjustments,
    rarcs,
    lines,
    details,
  };
  const { offset, length } = place;
  return { id: uuidv7(), remittanceId, submissionKey, status, ...amounts, ...said, offset, length, outcome: 'staged' };
}
