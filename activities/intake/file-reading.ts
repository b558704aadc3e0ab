import { inTransaction, type PrismaClient } from '../../prisma/client.ts';
import type { FileFault } from '../../prisma/convert.ts';
import { lockInboundFile, moveMark, noteProgress, type ReadingMark } from '../../prisma/writes/inbound-file.ts';
import { addCounts, type Counts, type FileIntake, type Intake } from './context.ts';
import type { Pulse } from './pulse.ts';

/** What a step came to. */
export interface Done {
  readonly counts?: Counts;
  readonly faults?: readonly FileFault[];
  /** Everything of the file before this byte is done with; absent where the step is one of several. */
  readonly settledTo?: number;
}

export interface FileToStore extends FileIntake {
  readonly size: number;
  readonly claimsDone: number;
  readonly mark: ReadingMark;
}

/** Faults kept of one file; who has more needs another file, not a longer list. */
const mostFaults = 100;

/** One attempt to read one file: its steps, each a transaction of the database, and how far it is. */
export class FileReading {
  readonly prisma: PrismaClient;
  readonly file: FileIntake;
  /** What lies before this byte was done with by an earlier attempt. */
  readonly resumeTo: number;
  readonly faultsBefore: readonly FileFault[];
  readonly #size: number;
  readonly #pulse: Pulse;
  readonly #startedAtMs = performance.now();
  #mark: ReadingMark;
  #bytes = 0;
  #claims: number;
  #claimsNow = 0;

  constructor(prisma: PrismaClient, { size, claimsDone, mark, ...file }: FileToStore, pulse: Pulse) {
    this.prisma = prisma;
    this.file = file;
    this.resumeTo = mark.settledTo;
    this.faultsBefore = mark.faults;
    this.#size = size;
    this.#mark = mark;
    this.#claims = claimsDone;
    this.#pulse = pulse;
  }

  get mark(): ReadingMark {
    return this.#mark;
  }

  /** Does all of it or nothing, and remembers that it is done. */
  async step(work: (intake: Intake) => Promise<Done>): Promise<void> {
    const before = this.#mark;
    this.#mark = await inTransaction(this.prisma, async (tx) => {
      await lockInboundFile(tx, this.file.fileId, before);
      const { counts = {}, faults = [], settledTo = before.settledTo } = await work({ tx, ...this.file });
      const mark = {
        settledTo: Math.max(before.settledTo, settledTo),
        counts: addCounts([before.counts, counts]),
        faults: [...before.faults, ...faults].slice(0, mostFaults),
      };
      await moveMark(tx, this.file.fileId, mark);
      return mark;
    });
    this.#beat();
  }

  /** The claims of one remittance are stored or posted in steps that remember themselves by the remittance's row. */
  async batch<T>(claims: number, work: (intake: Intake) => Promise<T>): Promise<T> {
    const done = await inTransaction(this.prisma, async (tx) => {
      const result = await work({ tx, ...this.file });
      await noteProgress(tx, this.file.fileId, { bytesDone: this.#bytes, claimsDone: this.#claims + claims });
      return result;
    });
    this.#claims += claims;
    this.#claimsNow += claims;
    this.#beat();
    return done;
  }

  /** So many bytes were handed to the reader. */
  advance(bytes: number): void {
    this.#bytes += bytes;
    this.#beat();
  }

  #beat(): void {
    const seconds = (performance.now() - this.#startedAtMs) / 1000;
    const percent = Math.floor((100 * this.#bytes) / Math.max(1, this.#size));
    this.#pulse.beat({ bytes: this.#bytes, percent, claims: this.#claims, rate: Math.round(this.#claimsNow / Math.max(0.001, seconds)) });
  }
}
