import type { Remittance, RemittanceClaim } from '../domain/remittance.ts';
import type { X12Transaction } from '../domain/x12-file.ts';
import type { RemittanceHeader, X12Event } from './events.ts';
import { createX12Reader } from './read-events.ts';

/**
 * Reads a whole X12 file: every transaction of every group of every interchange, in order.
 * All or nothing: a file with any fault gives nothing. `createX12Reader` reads the same in pieces, and around what is at fault.
 * A remittance that does not balance is no fault; see `Remittance.imbalances`.
 * @throws X12Fault the first one
 */
export function readX12File(bytes: Uint8Array): readonly X12Transaction[] {
  const reader = createX12Reader();
  const collector = new Collector();
  for (const event of reader.push(bytes)) collector.add(event);
  for (const event of reader.end()) collector.add(event);
  return collector.transactions;
}

/** Puts the parts of remittances together again. */
class Collector {
  readonly transactions: X12Transaction[] = [];
  #header: RemittanceHeader | null = null;
  #claims: RemittanceClaim[] = [];
  #imbalances: Remittance['imbalances'][number][] = [];

  add(event: X12Event): void {
    switch (event.kind) {
      case 'fault':
        throw event.fault;
      case 'remittance-opened':
        this.#header = event.header;
        this.#claims = [];
        this.#imbalances = [];
        break;
      case 'remittance-claim':
        this.#claims.push(event.claim);
        this.#imbalances.push(...event.imbalances);
        break;
      case 'remittance-closed':
        this.#close(event);
        break;
      case 'transaction':
        this.#refuseFaults(event.faults);
        this.transactions.push(event.transaction);
        break;
      default:
    }
  }

  #refuseFaults([fault]: Extract<X12Event, { kind: 'transaction' }>['faults']): void {
    if (fault !== undefined) throw fault;
  }

  #close({ envelope, place, summary, faults }: Extract<X12Event, { kind: 'remittance-closed' }>): void {
    this.#refuseFaults(faults);
    if (this.#header === null) return;
    const remittance: Remittance = {
      ...this.#header,
      claims: this.#claims,
      providerAdjustments: summary.providerAdjustments,
      providerSummaries: summary.providerSummaries.length === 0 ? undefined : summary.providerSummaries,
      imbalances: [...this.#imbalances, ...summary.imbalances],
      place,
    };
    this.transactions.push({ envelope, place, kind: 'remittance', remittance });
    this.#header = null;
  }
}
