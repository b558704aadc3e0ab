import type { X12Event } from '../../rules/x12/events.ts';
import type { X12Fault } from '../../rules/x12/fault.ts';
import { createX12Reader } from '../../rules/x12/read-events.ts';
import { readKnownTransactions } from '../../prisma/reads/matching.ts';
import { streamBytes } from '../../prisma/reads/inbound-bytes.ts';
import { writeInboundTransactions } from '../../prisma/writes/inbound-transaction.ts';
import { hashOfPlace } from './content-hash.ts';
import { faultOf } from './fault.ts';
import type { Done, FileReading } from './file-reading.ts';
import type { Intake } from './context.ts';
import { RemittanceIntake } from './remittance-intake.ts';
import { storeTransaction } from './store-transaction.ts';

/**
 * Streams a stored X12 file through the reader and stores it transaction by transaction. It is always read from its first byte, which is
 * quick; what an earlier attempt has done with is passed over.
 */
export async function readX12(reading: FileReading): Promise<void> {
  const reader = createX12Reader();
  const taker = new EventTaker(reading);
  for await (const bytes of streamBytes(reading.prisma, reading.file.fileId)) {
    reading.advance(bytes.length);
    for (const event of reader.push(bytes)) await taker.take(event);
  }
  for (const event of reader.end()) await taker.take(event);
}

type Event<K extends X12Event['kind']> = Extract<X12Event, { kind: K }>;

class EventTaker {
  readonly #reading: FileReading;
  /** The 835 that is open; null between transactions, and in one that was done with before. */
  #open: RemittanceIntake | null = null;

  constructor(reading: FileReading) {
    this.#reading = reading;
  }

  async take(event: X12Event): Promise<void> {
    switch (event.kind) {
      case 'interchange':
      case 'group':
      case 'opened':
      case 'passed-over':
        return;
      case 'remittance-opened':
        this.#open = this.#isDone(event.offset) ? null : await RemittanceIntake.open(this.#reading, event);
        return;
      case 'remittance-claim':
        return this.#open?.add(event.claim, event.imbalances);
      case 'remittance-closed':
        await this.#open?.close(event);
        this.#open = null;
        return;
      case 'transaction':
        if (!this.#isDone(event.transaction.place.offset)) await this.#store(event);
        return;
      case 'fault':
        if (!this.#isRecorded(event.fault)) await this.#recordFault(event);
        return;
    }
  }

  #isDone(offset: number): boolean {
    return offset < this.#reading.resumeTo;
  }

  /** A fault may name the first byte of what comes next, so the mark stands before it. */
  #isRecorded({ code, offset }: X12Fault): boolean {
    return this.#isDone(offset) || this.#reading.faultsBefore.some((fault) => fault.code === code && fault.offset === offset);
  }

  /** All of one transaction is kept or nothing, and it is stored once: the same bytes in another file or envelope are known. */
  async #store({ transaction, faults }: Event<'transaction'>): Promise<void> {
    const { place } = transaction;
    const settledTo = place.offset + place.length;
    const recorded = faults.flatMap((fault) => faultOf(fault) ?? []);
    if (recorded.length > 0) return this.#reading.step(async () => ({ faults: recorded, settledTo }));
    const store = async (intake: Intake): Promise<Done> => {
      const { tx, fileId } = intake;
      const sha256 = await hashOfPlace(tx, fileId, place);
      if ((await readKnownTransactions(tx, [sha256])).has(sha256)) return { counts: { 'transactions already recorded': 1 }, settledTo };
      await writeInboundTransactions(tx, fileId, [{ transaction, sha256 }]);
      return { counts: await storeTransaction(intake, transaction), settledTo };
    };
    return this.#reading.step(store);
  }

  async #recordFault({ fault }: Event<'fault'>): Promise<void> {
    const forget = await this.#open?.abandon();
    this.#open = null;
    await this.#reading.step(async (intake) => {
      await forget?.(intake);
      return { faults: [faultOf(fault) ?? []].flat(), settledTo: fault.offset };
    });
  }
}
