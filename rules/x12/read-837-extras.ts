import { parseD8 } from '../domain/civil-date.ts';
import type {
  Attachment,
  ClaimExtras,
  ClaimProvider,
  KeptSegment,
  Note,
  ProviderDetails,
  QualifiedDate,
  Reference,
} from '../domain/claim-details.ts';
import { addressOf, personNameOf } from './read-837-level.ts';
import { elementCount, elementOf, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/** Gathers what a claim and a line may both say; `extras` leaves out what was not said. */
export class ExtrasReader {
  readonly #attachments: Attachment[] = [];
  readonly #dates: QualifiedDate[] = [];
  readonly #references: Reference[] = [];
  readonly #notes: Note[] = [];
  readonly #fixedText: string[] = [];
  readonly #providers: ClaimProvider[] = [];
  readonly #kept: KeptSegment[] = [];

  /** What is not of the usual shape is kept as it is: nothing is lost, and nothing here depends on it. */
  take(segment: Segment): void {
    const [qualifier, second] = [elementOf(segment, 1), elementOf(segment, 2)];
    const isLong = elementCount(segment) > 3;
    const date = segment.id === 'DTP' ? dateOf(segment) : null;
    if (segment.id === 'PWK' && qualifier !== '') this.#attachments.push(attachmentOf(segment));
    else if (date !== null) this.#dates.push(date);
    else if (segment.id === 'REF' && second !== '' && !isLong) this.#references.push({ qualifier, value: second });
    else if (segment.id === 'NTE' && second !== '') this.#notes.push({ qualifier, text: second });
    else if (segment.id === 'K3' && qualifier !== '') this.#fixedText.push(qualifier);
    else this.keep(segment);
  }

  keep(segment: Segment): void {
    this.#kept.push(keptOf(segment));
  }

  addProvider(provider: ClaimProvider): void {
    this.#providers.push(provider);
  }

  extras(): ClaimExtras {
    const said = {
      attachments: this.#attachments,
      dates: this.#dates,
      references: this.#references,
      notes: this.#notes,
      fixedText: this.#fixedText,
      providers: this.#providers,
      kept: this.#kept,
    };
    return Object.fromEntries(Object.entries(said).filter(([, list]) => list.length > 0));
  }
}

function attachmentOf(pwk: Segment): Attachment {
  return { reportType: elementOf(pwk, 1), transmission: elementOf(pwk, 2), controlNumber: elementOf(pwk, 6) };
}

/** Null when it is a time, or no date at all. */
function dateOf(dtp: Segment): QualifiedDate | null {
  const [qualifier = '', format = '', text = ''] = [1, 2, 3].map((index) => elementOf(dtp, index));
  const [first = '', last = ''] = text.split('-');
  const [from, through] = [parseD8(first), parseD8(last)];
  if (from === null || qualifier === '') return null;
  if (format === 'D8') return last === '' ? { qualifier, from } : null;
  return format === 'RD8' && through !== null ? { qualifier, from, through } : null;
}

function keptOf(segment: Segment): KeptSegment {
  const elements = Array.from({ length: elementCount(segment) - 1 }, (_, index) => elementOf(segment, index + 1).split(segment.component));
  return { id: segment.id, elements };
}

/** NM1 with the N3, N4, PRV and REF that follow it. */
export function readProvider(cursor: SegmentCursor, nm1: Segment): { readonly npi: string; readonly details: ProviderDetails } {
  cursor.take();
  let n3: Segment | undefined;
  let n4: Segment | undefined;
  let taxonomy = '';
  const references: Reference[] = [];
  for (let segment = cursor.peekInside(); segment !== null && ofProvider.has(segment.id); segment = cursor.peekInside()) {
    cursor.take();
    if (segment.id === 'N3') n3 = segment;
    else if (segment.id === 'N4') n4 = segment;
    else if (segment.id === 'PRV') taxonomy = elementOf(segment, 3);
    else if (segment.id === 'REF') references.push({ qualifier: elementOf(segment, 1), value: elementOf(segment, 2) });
  }
  const details = {
    isPerson: elementOf(nm1, 2) === '1',
    name: personNameOf(nm1),
    ...(taxonomy === '' ? {} : { taxonomy }),
    ...(references.length === 0 ? {} : { references }),
    ...(n3 === undefined && n4 === undefined ? {} : { address: addressOf(n3, n4) }),
  };
  return { npi: elementOf(nm1, 9), details };
}

const ofProvider = new Set(['N3', 'N4', 'PRV', 'REF', 'PER']);
