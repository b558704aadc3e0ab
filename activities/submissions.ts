import { createHash } from 'node:crypto';
import type { ClaimTrack } from '../rules/domain/account.ts';
import type { Frequency, PayerSequence, SubmittedClaim } from '../rules/domain/claim.ts';
import { DomainError } from '../rules/domain/failures.ts';
import { inquiryAbout, write276 } from '../rules/x12/write-276.ts';
import { write837 } from '../rules/x12/write-837.ts';
import type { OutboundEnvelope } from '../rules/x12/write-envelope.ts';
import { countSubmissions, readAdjudications } from '../prisma/reads/outbound-source.ts';
import { payerIdOf, writeCoverages, writeSubmissions } from '../prisma/writes/accounts.ts';
import { carryOut, type Commission, folderName, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { controlNumbersFrom } from './outbound/control-numbers.ts';
import { nextClaim, nextSubmissionKey } from './outbound/next-claim.ts';

/** ISA06 of everything we send. */
const ourId = 'RECOURSE';

type SubmissionActivities = Pick<CommandActivities, 'submitClaim' | 'billNextPayer' | 'sendStatusInquiry'>;

/** What goes to a payer as X12: claims (837) and status inquiries (276). */
export function submissionActivities(sending: Sending): SubmissionActivities {
  return {
    submitClaim: (input) => carryOut(sending, input, { prepare: prepareClaim }),
    billNextPayer: (input) => carryOut(sending, input, { prepare: prepareClaim }),
    sendStatusInquiry: (input) => carryOut(sending, input, { prepare: prepareInquiry }),
  };
}

async function prepareClaim(commission: Commission): Promise<Prepared> {
  const { tx, accountId, source, params, number, routes } = commission;
  const sequence = sequenceIn(params);
  const track = source.account.claims.find((claim) => claim.sequence === sequence);
  const n = (await countSubmissions(tx, accountId)) + 1;
  const base = lastClaim(commission, sequence);
  const claim = nextClaim({
    base,
    submissionKey: nextSubmissionKey(source.accountNumber, n),
    sequence,
    frequency: frequencyIn(params),
    payerClaimNumber: track?.payerClaimNumber ?? null,
    corrections: source.form,
    adjudications: await readAdjudications(tx, source.account, sequence),
  });
  refuseSame(claim, base, source);
  const receiverId = payerIdOf(claim);
  const content = write837(envelopeTo(receiverOf(claim), commission), [claim]);
  await remember(commission, claim, { receiverId, content });
  const parcel = `claim-${number}`;
  const files = [{ folder: folderName(receiverId), name: `${parcel}.837`, content }];
  const standingKey = submissionStands(claim, track);
  return { files, parcel, channel: routes.routeFor('claims', receiverId).channel, submissionKey: claim.submissionKey, standingKey };
}

/** What it says without its key: the same again to the same payer, while the one before may have left, is the same submission. */
function submissionStands(claim: SubmittedClaim, track: ClaimTrack | undefined): string {
  const sent = track?.submissions.length ?? 0;
  return `claim:${claim.destination}:${claim.frequency}:${sent}:${contentOf(claim).slice(0, 32)}`;
}

function contentOf({ submissionKey: _key, place: _place, ...said }: SubmittedClaim): string {
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

/**
 * A claim that the payer is known to have, and has not answered, is not sent again as it is: it would be denied as a duplicate (CARC 18). What was
 * rejected, was never acknowledged, or is not on file there, may be. @throws DomainError `claim.duplicate`
 */
function refuseSame(claim: SubmittedClaim, before: SubmittedClaim, { account }: Commission['source']): void {
  const track = account.claims.find(({ sequence }) => sequence === claim.destination);
  const last = track?.submissions.at(-1);
  if (track === undefined || last === undefined || before.destination !== claim.destination) return;
  const isThere = last.status !== 'rejected' && last.claimAcknowledged;
  const isMissing = account.tasks.some(({ outcome, closedOn }) => outcome === 'notOnFile' && closedOn !== null && closedOn >= last.sentOn);
  if (!isThere || isMissing || track.remittances.length > 0 || contentOf(before) !== contentOf(claim)) return;
  throw new DomainError(
    'claim.duplicate',
    `payer ${claim.destination} has the same claim as ${last.key}, sent ${last.sentOn}, and has not answered it; correct it, or ask for its status`,
  );
}

/** The submission is known from the moment it may leave, so that whatever answers it finds it. */
async function remember(
  { tx, accountId, attempt, on }: Commission,
  claim: SubmittedClaim,
  { receiverId, content }: { readonly receiverId: string; readonly content: string },
): Promise<void> {
  const numbers = controlNumbersFrom(attempt.controlNumber);
  const offset = Math.max(0, Buffer.from(content).indexOf('CLM'));
  const where = { fileId: attempt.intentId, offset, senderId: ourId, receiverId };
  await writeSubmissions(tx, [{ accountId, claim, sentOn: on, ...where, ...numbers }]);
  await writeCoverages(tx, accountId, claim.coverages);
}

function prepareInquiry(commission: Commission): Prepared {
  const { source, params, number, routes } = commission;
  const sequence = sequenceIn(params);
  const claim = lastClaim(commission, sequence);
  const asked = typeof params.submissionKey === 'string' ? { ...claim, submissionKey: params.submissionKey } : claim;
  const payerClaimNumber = source.account.claims.find((c) => c.sequence === sequence)?.payerClaimNumber ?? null;
  const receiverId = payerIdOf(claim);
  const inquiry = inquiryAbout(asked, { trace: asked.submissionKey, payerClaimNumber });
  const content = write276(envelopeTo(receiverOf(claim), commission), [inquiry]);
  const parcel = `inquiry-${number}`;
  const { channel } = routes.routeFor('inquiries', receiverId);
  return { files: [{ folder: folderName(receiverId), name: `${parcel}.276`, content }], parcel, channel };
}

/** What was sent last to that payer, else to the one before it. */
export function lastClaim({ source }: Pick<Commission, 'source'>, sequence: number): SubmittedClaim {
  const earlier = source.documents.filter((d) => d.sequence <= sequence).sort((a, b) => b.sequence - a.sequence);
  const found = earlier[0] ?? source.documents[0];
  if (found === undefined) throw new DomainError('claim.no-document', 'no claim of this account is stored to write from');
  return found.claim;
}

function envelopeTo(receiver: { readonly id: string; readonly name: string }, { attempt, at, on, source }: Commission): OutboundEnvelope {
  return {
    senderId: ourId,
    senderName: source.documents[0]?.claim.billingProvider.name ?? ourId,
    senderPhone: '5555550100',
    receiverId: receiver.id,
    receiverName: receiver.name,
    sentOn: on,
    sentAtTime: `${at.slice(11, 13)}${at.slice(14, 16)}`,
    ...controlNumbersFrom(attempt.controlNumber),
    usage: 'P',
  };
}

/** The payer a claim is sent to stands first in its coverages. */
function receiverOf(claim: SubmittedClaim): { readonly id: string; readonly name: string } {
  const destination = claim.coverages.find((c) => c.sequence === claim.destination);
  return { id: payerIdOf(claim), name: destination?.payerName ?? payerIdOf(claim) };
}

export function sequenceIn(params: Commission['params']): PayerSequence {
  return params.sequence === 2 || params.sequence === 3 ? params.sequence : 1;
}

function frequencyIn(params: Commission['params']): Frequency {
  return params.frequency === '7' || params.frequency === '8' ? params.frequency : '1';
}
