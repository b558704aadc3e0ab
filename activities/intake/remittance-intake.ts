import type { Imbalance, RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { X12Event } from '../../rules/x12/events.ts';
import { readStagedRemittance, type StagedRemittance } from '../../prisma/reads/remittances.ts';
import { readKnownTransactions, readRemittancesOfTrace } from '../../prisma/reads/matching.ts';
import { writeInboundTransactions } from '../../prisma/writes/inbound-transaction.ts';
import { forgetRemittance, openRemittance, settleRemittance, stageClaims } from '../../prisma/writes/remittances.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { ContentHash, hashOfPlace } from './content-hash.ts';
import type { Intake } from './context.ts';
import { faultOf } from './fault.ts';
import type { Done, FileReading } from './file-reading.ts';
import { heldTask, reusedTraceTask } from './held-task.ts';
import { postRemittance } from './post-remittance.ts';

type Opened = Extract<X12Event, { kind: 'remittance-opened' }>;
type Closed = Extract<X12Event, { kind: 'remittance-closed' }>;

/** Claims of one transaction of the database. */
const claimsAtOnce = 1_000;
const mostImbalances = 100;

/**
 * One 835 on its way in. Its claims are stored as they come (staged), and nothing of it counts before its last segment was read. Invariant 7:
 * nothing is posted from an unbalanced remittance, and nothing twice from the same one. While one batch is being stored the next is being read.
 */
export class RemittanceIntake {
  readonly #reading: FileReading;
  readonly #opened: Opened;
  readonly #said = new ContentHash();
  readonly #imbalances: Imbalance[] = [];
  #staged: StagedRemittance;
  #batch: RemittanceClaim[] = [];
  #writing: Promise<void> = Promise.resolve();

  private constructor(reading: FileReading, opened: Opened, staged: StagedRemittance) {
    this.#reading = reading;
    this.#opened = opened;
    this.#staged = staged;
    this.#said.add(opened.header);
  }

  /** Goes on with what an earlier attempt stored of it. */
  static async open(reading: FileReading, opened: Opened): Promise<RemittanceIntake> {
    const { prisma, file } = reading;
    const { offset, header } = opened;
    const before = await readStagedRemittance(prisma, file.fileId, offset);
    if (before !== null) return new RemittanceIntake(reading, opened, before);
    const staged = await reading.batch(0, ({ tx, fileId }) => openRemittance(tx, { fileId, offset, header }));
    return new RemittanceIntake(reading, opened, staged);
  }

  async add(claim: RemittanceClaim, imbalances: readonly Imbalance[]): Promise<void> {
    this.#said.add(claim);
    if (this.#imbalances.length < mostImbalances) this.#imbalances.push(...imbalances);
    if (claim.place.offset <= this.#staged.stagedTo) return;
    this.#batch.push(claim);
    if (this.#batch.length >= claimsAtOnce) await this.#store();
  }

  async close(closed: Closed): Promise<void> {
    await this.#storeRest();
    const { offset, length } = closed.place;
    if (this.#staged.status !== 'posting') await this.#reading.step((intake) => this.#settle(intake, closed));
    if (this.#staged.status === 'posting')
      await postRemittance(this.#reading, { remittance: this.#staged, header: this.#opened.header, offset, end: offset + length });
  }

  /** It cannot be used: what was stored of it goes, in the caller's step. */
  async abandon(): Promise<(intake: Intake) => Promise<void>> {
    await this.#storeRest();
    return ({ tx }) => forgetRemittance(tx, this.#staged.id);
  }

  async #store(): Promise<void> {
    const claims = this.#batch;
    this.#batch = [];
    await this.#writing;
    if (claims.length === 0) return;
    this.#writing = this.#write(this.#staged, claims);
    // Whoever awaits it next hears of it.
    this.#writing.catch(() => undefined);
  }

  async #write(staged: StagedRemittance, claims: readonly RemittanceClaim[]): Promise<void> {
    this.#staged = await this.#reading.batch(claims.length, ({ tx }) => stageClaims(tx, staged, claims));
  }

  async #storeRest(): Promise<void> {
    await this.#store();
    await this.#writing;
  }

  /**
   * Of one trace, one content is posted: the same again changes nothing, another is refused by name and kept as it came, and the rest of its file
   * goes on.
   */
  async #settle(intake: Intake, closed: Closed): Promise<Done> {
    const { tx, fileId } = intake;
    const { place, envelope, summary, faults } = closed;
    const settledTo = place.offset + place.length;
    const sha256 = await hashOfPlace(tx, fileId, place);
    this.#said.add(summary.providerAdjustments);
    const contentSha256 = this.#said.digest();
    const { header } = this.#opened;
    const known = await readRemittancesOfTrace(tx, header.payerId, header.trace);
    const isSameBytes = (await readKnownTransactions(tx, [sha256])).has(sha256);
    const isSameContent = known.some((one) => one.contentSha256 === contentSha256);
    if (isSameBytes || isSameContent) await forgetRemittance(tx, this.#staged.id);
    if (isSameBytes) return { counts: { 'transactions already recorded': 1 }, settledTo };
    await writeInboundTransactions(tx, fileId, [{ transaction: { kind: 'remittance', envelope, place }, sha256 }]);
    if (isSameContent) return { counts: { 'remittances already recorded': 1 }, settledTo };
    const posted = known.find(({ status }) => status === 'posted' || status === 'posting');
    const imbalances = [...summary.imbalances, ...this.#imbalances].slice(0, mostImbalances);
    const status = posted !== undefined ? 'refused' : imbalances.length > 0 || faults.length > 0 ? 'held' : 'posting';
    const { providerAdjustments } = summary;
    const settlement = { status, trace: header.trace, length: place.length, contentSha256, imbalances, providerAdjustments } as const;
    await settleRemittance(tx, this.#staged, settlement);
    const { id: remittanceId } = this.#staged;
    this.#staged = { ...this.#staged, status };
    if (status === 'posting') return {};
    const about = { remittanceId, header };
    const task =
      posted === undefined
        ? heldTask(intake, about, { place, imbalances, faults })
        : reusedTraceTask(intake, about, { posted, offset: place.offset });
    await writeUnmatched(tx, [task], intake.receivedOn);
    const counts = { [posted === undefined ? 'remittances held' : 'remittances refused (remittance.trace-reused)']: 1 };
    return { counts, faults: faults.flatMap((fault) => faultOf(fault, true) ?? []), settledTo };
  }
}
