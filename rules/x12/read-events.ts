import { DomainError } from '../domain/failures.ts';
import type { Envelope } from '../domain/x12-file.ts';
import { envelopeOf, type Group, type Interchange, interchangeOf, trailerFaults } from './envelope.ts';
import type { X12Event, X12EventReader } from './events.ts';
import { X12Fault } from './fault.ts';
import type { PartReader } from './part-reader.ts';
import { PassedOverCounter } from './passed-over.ts';
import { readInterchangeAcknowledgement } from './read-999.ts';
import { partReaderFor } from './route.ts';
import { elementOf, faultAt, Segment } from './segment.ts';
import { SegmentCursor } from './segment-cursor.ts';
import { type SegmentId, segmentId } from './segment-id.ts';
import { SegmentScanner, unterminated } from './segment-scanner.ts';

/** A new reader, for one file. */
export function createX12Reader(): X12EventReader {
  return new Reader();
}

const [isa = 0, ta1 = 0, gs = 0, st = 0, se = 0, ge = 0, iea = 0] = ['ISA', 'TA1', 'GS', 'ST', 'SE', 'GE', 'IEA'].map(segmentId);

/** Bytes taken in at a time, whatever is pushed: what bounds the memory. */
const pieceLength = 64 * 1024;

interface OpenTransaction {
  readonly envelope: Envelope;
  readonly offset: number;
  readonly number: number;
  /** Null once it is at fault: the rest of it is passed over, and counted. */
  parts: PartReader | null;
  readonly passedOver: PassedOverCounter;
}

/**
 * The scanner notes segments; this walks over them, keeps what is open of the envelope, and hands each complete part of a transaction to its reader.
 * All it decides depends on the segments so far and never on how the bytes were cut.
 */
class Reader implements X12EventReader {
  readonly #scanner = new SegmentScanner();
  readonly #page = this.#scanner.page;
  readonly #cursor = new SegmentCursor(this.#page);
  #events: X12Event[] = [];
  /** Index of the first segment not looked at, and of the first segment of the open part. */
  #next = 0;
  #part = 0;
  #interchange: Interchange | null = null;
  #group: Group | null = null;
  #open: OpenTransaction | null = null;
  /** The last segment between transactions had no business there, and was told of. */
  #isAstray = false;
  #hasBegun = false;
  /** What is looked at last is an IEA without its terminator: whole only when its numbers are right. */
  #isEnding = false;
  #isOver = false;

  push(bytes: Uint8Array): readonly X12Event[] {
    for (let at = 0; at < bytes.length && !this.#isOver; at += pieceLength) {
      this.#scanner.append(bytes.subarray(at, at + pieceLength));
      this.#orFileFault(() => this.#advance(false));
    }
    return this.#handOn();
  }

  end(): readonly X12Event[] {
    if (!this.#isOver) this.#orFileFault(() => this.#finish());
    this.#isOver = true;
    return this.#handOn();
  }

  #handOn(): readonly X12Event[] {
    const events = this.#events;
    this.#events = [];
    return events;
  }

  #orFileFault(read: () => void): void {
    try {
      read();
    } catch (error) {
      if (!(error instanceof X12Fault)) throw error;
      this.#events.push({ kind: 'fault', level: 'file', fault: error });
      this.#isOver = true;
    }
  }

  #fault(fault: X12Fault): void {
    this.#events.push({ kind: 'fault', level: 'transaction', fault });
  }

  /** @throws X12Fault when nothing further can be read */
  #advance(isEnd: boolean): void {
    while (true) {
      const stop = this.#scanner.scan(isEnd);
      while (this.#next < this.#page.count) this.#look(this.#next++);
      if (stop === 'endless') throw this.#scanner.tooLong();
      if (stop === 'more') break;
      this.#leave(this.#scanner.nextPlace());
      if (!this.#scanner.openInterchange()) break;
    }
    this.#scanner.keepFrom(this.#part);
    this.#next -= this.#part;
    this.#part = 0;
  }

  #finish(): void {
    this.#advance(true);
    this.#scanner.finish();
    this.#isEnding = true;
    while (this.#next < this.#page.count) this.#look(this.#next++);
    const missing = this.#missing() ?? (this.#hasBegun ? null : 'ISA');
    if (missing === null) return;
    const at = { id: '', ...this.#scanner.nextPlace() };
    throw new X12Fault({ code: 'x12.truncated', at, loop: 'envelope', expected: `${missing}, but the file ends` });
  }

  /** The trailer that must come before anything else can. */
  #missing(): 'SE' | 'GE' | 'IEA' | null {
    if (this.#open !== null) return 'SE';
    if (this.#group !== null) return 'GE';
    return this.#interchange === null ? null : 'IEA';
  }

  /** Another ISA begins there: what is still open stays without its end. */
  #leave(place: { readonly number: number; readonly offset: number }): void {
    const missing = this.#missing();
    if (missing !== null && !(this.#open !== null && this.#open.parts === null))
      this.#fault(new X12Fault({ code: 'x12.order', at: { id: 'ISA', ...place }, loop: 'envelope', expected: missing }));
    this.#open = null;
    this.#group = null;
    this.#interchange = null;
    this.#part = this.#page.count;
  }

  #look(index: number): void {
    const id = this.#page.idAt(index);
    if (this.#open !== null) {
      if (id !== se && id !== st && id !== ge && id !== gs && id !== iea) return this.#inside(this.#open, index, id);
      this.#close(this.#open, index, id);
      this.#open = null;
      if (id === se) return this.#passed(index);
    }
    this.#page.readFrom = this.#page.startAt(index);
    this.#part = index;
    this.#lookAtEnvelope(new Segment(this.#page, index), id);
    if (this.#open === null) this.#passed(index);
  }

  #passed(index: number): void {
    this.#part = index + 1;
  }

  #inside(open: OpenTransaction, index: number, id: SegmentId): void {
    const { parts } = open;
    if (parts === null) return this.#passOver(open, index);
    if (id === 0) return this.#fail(open, index, { code: 'x12.segment-id', expected: 'a segment id of two or three characters' });
    if (parts.begins(id)) this.#readPart(open, parts, index);
    if (open.parts === null) return this.#passOver(open, index);
    if (this.#page.endAt(index) - this.#page.startAt(this.#part) > parts.maximumPartLength)
      this.#fail(open, index, { code: 'x12.too-long', expected: `an end of this part within ${parts.maximumPartLength} bytes` });
  }

  #fail(open: OpenTransaction, index: number, { code, expected }: { code: string; expected: string }): void {
    this.#fault(new X12Fault({ code, at: new Segment(this.#page, index), loop: 'transaction', expected }));
    open.parts = null;
    this.#countPart(open, index + 1);
    this.#passed(index);
  }

  #passOver(open: OpenTransaction, index: number): void {
    open.passedOver.add(new Segment(this.#page, index));
    this.#passed(index);
  }

  #countPart(open: OpenTransaction, end: number): void {
    for (let index = this.#part; index < end; index++) open.passedOver.add(new Segment(this.#page, index));
  }

  /** The part that ends before that segment. */
  #readPart(open: OpenTransaction, parts: PartReader, end: number): void {
    const page = this.#page;
    page.readFrom = page.startAt(this.#part);
    try {
      this.#events.push(...parts.readPart(this.#cursor.over(this.#part, end)));
    } catch (error) {
      this.#fault(this.#asFault(error, this.#part));
      open.parts = null;
      this.#countPart(open, end);
    }
    this.#part = end;
  }

  #asFault(error: unknown, index: number): X12Fault {
    if (error instanceof X12Fault) return error;
    if (!(error instanceof DomainError)) throw error;
    return faultAt(new Segment(this.#page, index), 'transaction', 0, 'x12.amount', 'amounts that can be summed');
  }

  #close(open: OpenTransaction, index: number, id: SegmentId): void {
    if (open.parts === null) return this.#tellPassedOver(open);
    const segment = new Segment(this.#page, index);
    if (id !== se) return this.#fault(new X12Fault({ code: 'x12.order', at: segment, loop: 'envelope', expected: 'SE' }));
    this.#readPart(open, open.parts, index);
    const { envelope, parts } = open;
    if (parts === null) return this.#tellPassedOver(open);
    const segmentCount = segment.number - open.number + 1;
    const faults = trailerFaults(segment, segmentCount, envelope.transactionControlNumber);
    const place = { offset: open.offset, length: segment.endOffset - open.offset };
    try {
      this.#events.push(parts.close({ envelope, place, segmentCount, faults }));
    } catch (error) {
      this.#fault(this.#asFault(error, index));
    }
  }

  #tellPassedOver({ passedOver }: OpenTransaction): void {
    this.#events.push({ kind: 'passed-over', counted: passedOver.counted });
  }

  /** @throws X12Fault for what leaves nothing to go on with */
  #lookAtEnvelope(segment: Segment, id: SegmentId): void {
    const interchange = this.#interchange;
    if (id === isa) return this.#openInterchange(segment);
    if (interchange === null) throw new X12Fault({ code: 'x12.order', at: segment, loop: 'envelope', expected: 'ISA' });
    const isStray = this.#lookInside(interchange, segment, id) === 'stray';
    if (isStray && !this.#isAstray) this.#fault(strayFault(segment, id, this.#missing() ?? 'IEA'));
    this.#isAstray = isStray;
  }

  #lookInside(interchange: Interchange, segment: Segment, id: SegmentId): 'stray' | 'expected' {
    if (id === ta1 && this.#group === null) this.#readInterchangeAcknowledgement(interchange, segment);
    else if (id === gs) this.#openGroup(interchange, segment);
    else if (id === st) this.#openTransaction(interchange, segment);
    else if (id === ge && this.#group !== null) this.#closeGroup(segment);
    else if (id === iea) this.#closeInterchange(interchange, segment);
    else return 'stray';
    return 'expected';
  }

  #openInterchange(segment: Segment): void {
    this.#hasBegun = true;
    this.#isAstray = false;
    this.#events.push({ kind: 'interchange', offset: segment.offset });
    this.#interchange = interchangeOf(segment);
  }

  #readInterchangeAcknowledgement(interchange: Interchange, segment: Segment): void {
    try {
      const acknowledgement = readInterchangeAcknowledgement(segment);
      const envelope = envelopeOf(interchange, null, { controlNumber: '', version: '' });
      const transaction = { envelope, place: acknowledgement.place, kind: 'interchange-acknowledgement' as const, acknowledgement };
      this.#events.push({ kind: 'transaction', transaction, faults: [] });
    } catch (error) {
      this.#fault(this.#asFault(error, this.#part));
    }
  }

  #openGroup(interchange: Interchange, segment: Segment): void {
    if (this.#group !== null) this.#fault(new X12Fault({ code: 'x12.order', at: segment, loop: 'envelope', expected: 'GE' }));
    if (interchange.groups !== null) interchange.groups++;
    this.#events.push({ kind: 'group', offset: segment.offset });
    this.#group = { controlNumber: elementOf(segment, 6), version: elementOf(segment, 8), transactions: 0 };
  }

  /** GS and GE may be missing altogether: then the transaction has the version of its ST. */
  #openTransaction(interchange: Interchange, segment: Segment): void {
    if (this.#group === null) interchange.groups = null;
    else this.#group.transactions++;
    const version = elementOf(segment, 3) || (this.#group?.version ?? '');
    const envelope = envelopeOf(interchange, this.#group, { controlNumber: elementOf(segment, 2), version });
    const { offset, number } = segment;
    this.#events.push({ kind: 'opened', transactionSetId: elementOf(segment, 1), envelope, offset });
    this.#open = { envelope, offset, number, parts: partReaderFor(segment, envelope), passedOver: new PassedOverCounter() };
  }

  #closeGroup(segment: Segment): void {
    const { group } = { group: this.#group };
    if (group !== null) for (const fault of trailerFaults(segment, group.transactions, group.controlNumber)) this.#fault(fault);
    this.#group = null;
  }

  #closeInterchange(interchange: Interchange, segment: Segment): void {
    if (this.#group !== null) this.#fault(new X12Fault({ code: 'x12.order', at: segment, loop: 'envelope', expected: 'GE' }));
    const faults = trailerFaults(segment, interchange.groups, interchange.interchangeControlNumber);
    if (faults.length > 0 && this.#isEnding) throw unterminated(segment);
    for (const fault of faults) this.#fault(fault);
    this.#group = null;
    this.#interchange = null;
  }
}

function strayFault(segment: Segment, id: SegmentId, expected: string): X12Fault {
  if (id === 0)
    return new X12Fault({ code: 'x12.segment-id', at: segment, loop: 'envelope', expected: 'a segment id of two or three characters' });
  return new X12Fault({ code: 'x12.order', at: segment, loop: 'envelope', expected });
}
