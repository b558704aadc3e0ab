import { createHash } from 'node:crypto';
import { assertNever } from '../../rules/domain/failures.ts';
import type { X12Transaction } from '../../rules/domain/x12-file.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import { readKnownTransactions } from '../../prisma/reads/matching.ts';
import { type HashedTransaction, writeInboundTransactions } from '../../prisma/writes/inbound-transaction.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { patientPaymentColumns, readPatientPayments } from '../feeds/patient-payments.ts';
import { readVendorEvents, vendorEventColumns } from '../feeds/vendor-events.ts';
import { storeClaimAcknowledgements, storeFunctionalAcknowledgement, storeInterchangeAcknowledgement } from './acknowledgements.ts';
import { storeClaims } from './claims.ts';
import { addCounts, type Counts, type Intake, unmatched } from './context.ts';
import { IntakeFault } from './fault.ts';
import { storePatientPayments, storeVendorEvents } from './feeds.ts';
import { storeRemittance } from './remittances.ts';
import { storeDocumentRequests, storeStatusAnswers } from './statuses.ts';

export interface StoredFile {
  /** True when everything in it was stored before, under another name or in another envelope. */
  readonly isDuplicate: boolean;
  readonly counts: Counts;
}

/** Reads the whole file first, then stores it; which reader, its first bytes say. @throws DomainError when it is refused. */
export async function storeFile(intake: Intake, content: Uint8Array): Promise<StoredFile> {
  const start = Buffer.from(content.subarray(0, 200))
    .toString('latin1')
    .replace(/^(\xEF\xBB\xBF)?\s*/, '');
  if (start.startsWith('ISA')) return storeTransactions(intake, content);
  const header = start.split(/\r?\n/, 1)[0];
  if (header === patientPaymentColumns.join(','))
    return { isDuplicate: false, counts: await storePatientPayments(intake, readPatientPayments(content)) };
  if (header === vendorEventColumns.join(','))
    return { isDuplicate: false, counts: await storeVendorEvents(intake, readVendorEvents(content)) };
  throw new IntakeFault('file.unknown-format', 'the file is neither X12 (it does not start with ISA) nor a feed whose header is known', 0);
}

async function storeTransactions(intake: Intake, content: Uint8Array): Promise<StoredFile> {
  const transactions = readX12File(content).map(
    (transaction): HashedTransaction => ({ transaction, sha256: hashOf(content, transaction) }),
  );
  const known = new Set(
    await readKnownTransactions(
      intake.tx,
      transactions.map(({ sha256 }) => sha256),
    ),
  );
  const fresh = transactions.filter(({ sha256 }) => !known.has(sha256) && known.add(sha256));
  await writeInboundTransactions(intake.tx, intake.fileId, fresh);
  const counts: Counts[] = [{ 'transactions already recorded': transactions.length - fresh.length }];
  for (const { transaction } of fresh) counts.push(await storeTransaction(intake, transaction));
  return { isDuplicate: fresh.length === 0, counts: addCounts(counts) };
}

async function storeTransaction(intake: Intake, transaction: X12Transaction): Promise<Counts> {
  const { envelope, place } = transaction;
  switch (transaction.kind) {
    case 'claims':
      return storeClaims(intake, envelope, transaction.claims);
    case 'remittance':
      return storeRemittance(intake, transaction.remittance);
    case 'functional-acknowledgement':
      return storeFunctionalAcknowledgement(intake, envelope, transaction.acknowledgement);
    case 'interchange-acknowledgement':
      return storeInterchangeAcknowledgement(intake, envelope, transaction.acknowledgement);
    case 'claim-acknowledgements':
      return storeClaimAcknowledgements(intake, envelope, transaction);
    case 'claim-statuses':
      return storeStatusAnswers(intake, transaction);
    case 'document-requests':
      return storeDocumentRequests(intake, transaction.requests);
    // A 276 is a question to a payer, and we are none.
    case 'claim-inquiries':
    case 'unknown': {
      const id = transaction.kind === 'unknown' ? transaction.transactionSetId : '276';
      const title = `Read a transaction set ${id} that is not known here`;
      const task = unmatched(intake, {
        kind: 'readUnknown',
        title,
        reason: 'It is kept as it came; nothing was done with it.',
        offset: place.offset,
      });
      await writeUnmatched(intake.tx, [task], intake.receivedOn);
      return { 'unknown transactions': 1 };
    }
    default:
      return assertNever(transaction);
  }
}

function hashOf(content: Uint8Array, { place }: X12Transaction): string {
  return createHash('sha256')
    .update(content.subarray(place.offset, place.offset + place.length))
    .digest('hex');
}
