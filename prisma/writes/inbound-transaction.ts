import type { X12Transaction } from '../../rules/domain/x12-file.ts';
import type { Transaction } from '../client.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll } from './bulk.ts';

export interface HashedTransaction {
  readonly transaction: Pick<X12Transaction, 'kind' | 'envelope' | 'place'>;
  readonly sha256: string;
}

/** Where each transaction of a file lies and what envelope it stood in; its raw bytes stay in the file. */
export async function writeInboundTransactions(tx: Transaction, fileId: string, transactions: readonly HashedTransaction[]): Promise<void> {
  const rows = transactions.map(({ transaction: { kind, envelope, place }, sha256 }) => {
    const { version, senderId, receiverId, interchangeControlNumber, groupControlNumber, transactionControlNumber } = envelope;
    const numbers = { interchangeControlNumber, groupControlNumber, transactionControlNumber };
    const { offset, length } = place;
    return { id: uuidv7(), fileId, kind, version, senderId, receiverId, ...numbers, offset, length, sha256 };
  });
  await insertAll(tx, 'InboundTransaction', rows);
}
