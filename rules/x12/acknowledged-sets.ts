import type { AcknowledgedTransaction } from '../domain/acknowledgement.ts';

/** ST01 of the sets in a group, by GS01. */
const transactionSetIds: Readonly<Record<string, string>> = { HC: '837', HP: '835', HN: '277', HR: '276', FA: '999' };

export function transactionSetIdOf(functionalId: string): string {
  return transactionSetIds[functionalId] ?? '837';
}

/** A and E count as accepted (AK904). */
export function acceptedCount(transactions: readonly Pick<AcknowledgedTransaction, 'code'>[]): number {
  return transactions.filter(({ code }) => code === 'A' || code === 'E').length;
}
