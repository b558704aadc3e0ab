import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate, Zone } from '../../rules/domain/civil-date.ts';
import type { PayerSequence, SubmittedClaim } from '../../rules/domain/claim.ts';
import { invariant } from '../../rules/domain/failures.ts';
import type { Adjustment, RemittanceLine } from '../../rules/domain/remittance.ts';
import type { TaskForm } from '../../rules/domain/task.ts';
import type { Cents } from '../../rules/domain/money.ts';
import type { Database } from '../client.ts';
import { accountOf, adjustmentsOf, centsOf, civilOf, claimOf, formOf, remittanceLinesOf } from '../convert.ts';

/** What anything that is sent about an account is written from. PHI. */
export interface OutboundSource {
  readonly accountNumber: string;
  readonly zone: Zone;
  /** When its first claim came: it decides which published rules count. */
  readonly openedAt: Date;
  readonly account: Account;
  /** The claim sent last to each payer that was billed, by sequence. */
  readonly documents: readonly { readonly sequence: number; readonly claim: SubmittedClaim }[];
  /** What the person who completed the task before this command typed. */
  readonly form: TaskForm | null;
}

export async function readOutboundSource(db: Database, accountId: string, formTask: string | null): Promise<OutboundSource> {
  const row = await db.account.findUniqueOrThrow({ where: { id: accountId } });
  const { zone } = await db.facility.findUniqueOrThrow({ where: { id: row.facilityId }, select: { zone: true } });
  const documents = await db.claimDocument.findMany({ where: { accountId }, orderBy: { id: 'desc' }, distinct: ['sequence'] });
  const form = formTask === null ? null : await readAcceptedForm(db, accountId, formTask);
  const { accountNumber, openedAt, projection } = row;
  const claims = documents.map(({ sequence, document }) => ({ sequence, claim: claimOf(document) }));
  return { accountNumber, zone, openedAt, account: accountOf(projection), documents: claims, form };
}

async function readAcceptedForm(db: Database, accountId: string, taskId: string): Promise<TaskForm | null> {
  const row = await db.taskForm.findFirst({ where: { accountId, taskId, status: 'accepted' }, orderBy: { id: 'desc' } });
  return row === null ? null : formOf(row.body);
}

/** What a payer did with a claim, as the next payer has to be told. */
export interface Adjudication {
  readonly sequence: PayerSequence;
  readonly payerId: string;
  readonly paidCents: Cents;
  readonly paidOn: CivilDate;
  /** CLP07 */
  readonly payerClaimNumber: string;
  readonly rarcs: readonly string[];
  readonly adjustments: readonly Adjustment[];
  readonly lines: readonly RemittanceLine[];
}

/** The last remittance that stands of each payer before `sequence`: never a reversal, and never what one took back. */
export async function readAdjudications(db: Database, account: Account, sequence: number): Promise<readonly Adjudication[]> {
  const earlier = account.claims.filter((claim) => claim.sequence < sequence);
  const standing = earlier.flatMap((claim) => {
    const last = claim.remittances.findLast((r) => r.status !== '22' && !r.reversed);
    return last === undefined ? [] : [{ claim, id: last.remittanceClaimId }];
  });
  const where = { id: { in: standing.map(({ id }) => id) } };
  const rows = await db.remittanceClaim.findMany({ where, include: { remittance: { select: { paidOn: true } } } });
  return standing.map(({ claim, id }) => {
    const row = rows.find((r) => r.id === id);
    invariant(row !== undefined, 'a posted remittance claim is stored');
    const { sequence: own, payerId } = claim;
    const lines = remittanceLinesOf(row.lines);
    const adjustments = adjustmentsOf(row.adjustments);
    const { payerClaimNumber, rarcs } = row;
    const paid = { paidCents: centsOf(row.paidCents), paidOn: civilOf(row.remittance.paidOn) };
    return { sequence: own, payerId, ...paid, payerClaimNumber, rarcs, adjustments, lines };
  });
}

/** How many times a claim of this account was sent, to any payer, by anyone. */
export async function countSubmissions(db: Database, accountId: string): Promise<number> {
  return db.submission.count({ where: { accountId } });
}
