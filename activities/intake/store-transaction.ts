import { assertNever } from '../../rules/domain/failures.ts';
import type { X12Transaction } from '../../rules/domain/x12-file.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { storeClaimAcknowledgements } from './acknowledgements.ts';
import { storeClaims } from './claims.ts';
import { storeFunctionalAcknowledgement, storeInterchangeAcknowledgement } from './file-acknowledgements.ts';
import { storeDocumentRequests, storeStatusAnswers } from './statuses.ts';
import { type Counts, type Intake, unmatched } from './context.ts';

/** Any transaction but an 835, which comes in parts. */
export async function storeTransaction(intake: Intake, transaction: X12Transaction): Promise<Counts> {
  const { envelope, place } = transaction;
  switch (transaction.kind) {
    case 'claims':
      return storeClaims(intake, envelope, transaction.claims);
    case 'functional-acknowledgement':
      return storeFunctionalAcknowledgement(intake, envelope, transaction.acknowledgement);
    case 'interchange-acknowledgement':
      return storeInterchangeAcknowledgement(intake, envelope, transaction.acknowledgement);
    case 'claim-acknowledgements':
      return storeClaimAcknowledgements(intake, envelope, transaction);
    case 'remittance':
      throw new Error('the reader hands on an 835 in parts');
    case 'claim-statuses':
      return storeStatusAnswers(intake, transaction);
    case 'document-requests':
      return storeDocumentRequests(intake, transaction.requests);
    // A 276 is a question to a payer, and we are none.
    case 'claim-inquiries':
    case 'unknown': {
      const id = transaction.kind === 'unknown' ? transaction.transactionSetId : '276';
      const title = `Read a transaction set ${id} that is not known here`;
      const reason = 'It is kept as it came; nothing was done with it.';
      await writeUnmatched(intake.tx, [unmatched(intake, { kind: 'readUnknown', title, reason, offset: place.offset })], intake.receivedOn);
      return { 'unknown transactions': 1 };
    }
    default:
      return assertNever(transaction);
  }
}
