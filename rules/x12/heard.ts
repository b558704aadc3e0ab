import { type CivilDate, parseD8 } from '../domain/civil-date.ts';

/** What has to be known of an interchange to answer it with TA1 and 999: its envelopes and how they close. */
export interface HeardInterchange {
  readonly senderQualifier: string;
  readonly senderId: string;
  readonly receiverQualifier: string;
  readonly receiverId: string;
  readonly controlNumber: string;
  readonly madeOn: CivilDate | null;
  readonly madeAtTime: string;
  /** ISA14 */
  readonly wantsAcknowledgement: boolean;
  readonly usage: 'T' | 'P';
  /** TA105: 000 when it closes as it should. */
  readonly note: string;
  readonly groups: readonly HeardGroup[];
}

export interface HeardGroup {
  readonly functionalId: string;
  readonly controlNumber: string;
  readonly version: string;
  /** GE01, or the number of sets when there is no GE. */
  readonly claimedSets: number;
  /** AK905: 3 no GE, 4 control numbers differ, 5 count. */
  readonly errorCodes: readonly string[];
  readonly sets: readonly HeardSet[];
}

export interface HeardSet {
  readonly transactionSetId: string;
  readonly controlNumber: string;
  readonly version: string;
  /** First byte of ST, and the byte after SE. */
  readonly offset: number;
  readonly endsAt: number;
  /** Of ST, from 1 for the first segment of the file. */
  readonly segmentNumber: number;
  /** IK502: 2 no SE, 3 control numbers differ, 4 count. */
  readonly errorCodes: readonly string[];
}

type Open<T> = { -readonly [Key in keyof T]: T[Key] };
type OpenSet = Omit<Open<HeardSet>, 'errorCodes'> & { errorCodes: string[] };
type OpenGroup = Omit<Open<HeardGroup>, 'errorCodes' | 'sets'> & { errorCodes: string[]; sets: OpenSet[] };
type OpenInterchange = Omit<Open<HeardInterchange>, 'groups'> & { groups: OpenGroup[] };

const isaLength = 106;

/** Listens to a file in pieces of any size and looks at its envelopes only. Never throws: what cannot be made out is not heard. */
export class EnvelopeListener {
  readonly #heard: OpenInterchange[] = [];
  #set: OpenSet | null = null;
  #group: OpenGroup | null = null;
  #interchange: OpenInterchange | null = null;
  #element = '*';
  #terminator = '~';
  #rest = '';
  /** Of the first character of `#rest`. */
  #offset = 0;
  #segmentNumber = 0;

  push(bytes: Uint8Array): void {
    this.#rest += new TextDecoder('latin1').decode(bytes);
    this.#listen(false);
  }

  end(): readonly HeardInterchange[] {
    this.#listen(true);
    this.#closeInterchange('023');
    return this.#heard;
  }

  #listen(isWhole: boolean): void {
    let at = 0;
    for (;;) {
      // Line ends, blanks and a byte order mark between segments.
      while (at < this.#rest.length && (this.#rest.charCodeAt(at) <= 0x20 || '\u00ef\u00bb\u00bf'.includes(this.#rest.charAt(at)))) at++;
      const opens = /^isa/i.test(this.#rest.slice(at, at + 3));
      if (!isWhole && this.#rest.length - at < isaLength && (opens || this.#rest.length - at < 3)) break;
      if (opens) this.#readDelimiters(at);
      const terminator = this.#rest.indexOf(this.#terminator, opens ? at + isaLength - 1 : at);
      if (at >= this.#rest.length || (terminator < 0 && !isWhole)) break;
      const end = terminator < 0 ? this.#rest.length : terminator;
      this.#segmentNumber++;
      if (/^(ISA|GS|ST|SE|GE|IEA)(?![A-Z0-9])/i.test(this.#rest.slice(at, at + 4)))
        this.#take(this.#rest.slice(at, end).split(this.#element), { offset: this.#offset + at, endsAt: this.#offset + end + 1 });
      at = Math.min(end + 1, this.#rest.length);
    }
    this.#offset += at;
    this.#rest = this.#rest.slice(at);
  }

  #readDelimiters(at: number): void {
    this.#element = this.#rest.charAt(at + 3) || '*';
    this.#terminator = this.#rest.charAt(at + isaLength - 1) || '~';
  }

  #take(elements: readonly string[], at: { readonly offset: number; readonly endsAt: number }): void {
    switch (elements[0]?.toUpperCase()) {
      case 'ISA':
        return this.#openInterchange(elements);
      case 'GS':
        return this.#openGroup(elements);
      case 'ST':
        return this.#openSet(elements, at);
      case 'SE':
        if (this.#set === null) return;
        this.#set.endsAt = at.endsAt;
        if (Number(elements[1]) !== this.#segmentNumber - this.#set.segmentNumber + 1) this.#set.errorCodes.push('4');
        if (!isSame(elements[2], this.#set.controlNumber)) this.#set.errorCodes.push('3');
        this.#set = null;
        return;
      case 'GE':
        return this.#closeGroup(elements);
      default: {
        const groups = this.#interchange?.groups.length;
        const note = Number(elements[1]) === groups ? '000' : '021';
        this.#closeInterchange(isSame(elements[2], this.#interchange?.controlNumber) ? note : '001');
      }
    }
  }

  #openInterchange(elements: readonly string[]): void {
    this.#closeInterchange('023');
    const text = (index: number) => (elements[index] ?? '').trim();
    this.#interchange = {
      senderQualifier: text(5),
      senderId: text(6),
      receiverQualifier: text(7),
      receiverId: text(8),
      controlNumber: text(13),
      madeOn: parseD8(`20${text(9)}`),
      madeAtTime: text(10),
      wantsAcknowledgement: text(14) === '1',
      usage: text(15) === 'T' ? 'T' : 'P',
      note: '000',
      groups: [],
    };
  }

  #openGroup(elements: readonly string[]): void {
    this.#closeGroup(null);
    const [, functionalId = '', , , , , controlNumber = '', , version = ''] = elements;
    this.#group = { functionalId, controlNumber, version, claimedSets: 0, errorCodes: [], sets: [] };
    this.#interchange?.groups.push(this.#group);
  }

  #openSet(elements: readonly string[], { offset, endsAt }: { readonly offset: number; readonly endsAt: number }): void {
    this.#abandonSet(offset);
    const [, transactionSetId = '', controlNumber = '', version = ''] = elements;
    this.#set = { transactionSetId, controlNumber, version, offset, endsAt, segmentNumber: this.#segmentNumber, errorCodes: [] };
    this.#group?.sets.push(this.#set);
  }

  /** A set that another part of the envelope cuts off. */
  #abandonSet(endsAt: number): void {
    if (this.#set === null) return;
    this.#set.endsAt = endsAt;
    this.#set.errorCodes.push('2');
    this.#set = null;
  }

  /** With GE, or null where there is none. */
  #closeGroup(ge: readonly string[] | null): void {
    this.#abandonSet(this.#offset + this.#rest.length);
    if (this.#group === null) return;
    const count = this.#group.sets.length;
    this.#group.claimedSets = ge === null || !/^\d{1,6}$/.test(ge[1] ?? '') ? count : Number(ge[1]);
    if (ge === null) this.#group.errorCodes.push('3');
    else if (!isSame(ge[2], this.#group.controlNumber)) this.#group.errorCodes.push('4');
    if (this.#group.claimedSets !== count) this.#group.errorCodes.push('5');
    this.#group = null;
  }

  #closeInterchange(note: string): void {
    this.#closeGroup(null);
    if (this.#interchange === null) return;
    this.#heard.push({ ...this.#interchange, note });
    this.#interchange = null;
  }
}

/** Leading zeros of a number say nothing. */
function isSame(a = '', b = ''): boolean {
  return a === b || (/^\d+$/.test(a) && /^\d+$/.test(b) && Number(a) === Number(b));
}
