import { type ApplicationStatus, assistanceHold } from './assistance.ts';
import type { CivilDate } from './civil-date.ts';
import type { Queue } from './decision.ts';

/** What a hold keeps from happening. */
export const holdStops = [
  'statement',
  'letter',
  'contact',
  'planOffer',
  'placement',
  'vendorWork',
  'extraordinaryAction',
  'creditReporting',
  'writeOff',
] as const;
export type HoldStop = (typeof holdStops)[number];

/** The closed list; what each does is rules/reference/holds.json. */
export const holdNames = [
  'bankruptcy',
  'deceased',
  'attorney',
  'dispute',
  'billDispute',
  'complaint',
  'estimateDispute',
  'assistanceApplication',
  'insurancePending',
  'litigation',
  'minor',
  'scra',
  'ceaseContact',
  'returnedMail',
  'identityTheft',
  'confidentialCommunications',
  'veteran',
  'qmbMedicaid',
] as const;
export type HoldName = (typeof holdNames)[number];

/** A reason why something must not happen, from the closed list in rules/reference/holds.json (DOMAIN §7.4). */
export interface HoldKind {
  readonly hold: string;
  readonly title: string;
  /** Of the person: it goes to every account of the same guarantor. */
  readonly of: 'account' | 'person';
  readonly stops: readonly HoldStop[];
  /** What becomes of a balance that is with a vendor when it is placed. */
  readonly vendor: 'recall' | 'suspend' | 'none';
  readonly reviewDays: number;
  /** Where its review waits. */
  readonly queue: Queue;
  /** What a review may find beside keep and release. */
  readonly ends: readonly HoldEnd[];
  readonly citation: string;
}

/** A bankruptcy was discharged: the debt is gone. */
export const holdEnds = ['discharged'] as const;
export type HoldEnd = (typeof holdEnds)[number];

/** The list, by name. */
export type HoldBook = ReadonlyMap<string, HoldKind>;

/** Where a hold came from; absent on holds placed before it was kept. Never a name of a patient, never a free text. */
export interface HoldPapers {
  readonly source?: 'person' | 'file' | 'lifecycle' | 'otherAccount';
  /** Case number, letter or application it rests on. */
  readonly reference?: string;
  /** Who answers for it: the person who placed it, else the queue of its review. */
  readonly owner?: string;
}

/** What comes in about holds. */
export type HoldArrival =
  /** A row of the holds feed. */
  | ({
      readonly kind: 'holdReported';
      readonly hold: string;
      readonly says: HoldWord;
      readonly on: CivilDate;
      readonly fileId: string;
      readonly offset: number;
    } & HoldPapers)
  /** A hold of the person was placed or released on another account of the same guarantor. */
  | ({ readonly kind: 'personHoldChanged'; readonly hold: string; readonly says: HoldWord; readonly on: CivilDate } & HoldPapers);

export const holdWords = ['placed', 'released', 'discharged'] as const;
export type HoldWord = (typeof holdWords)[number];

/** A cheque of ours came back, or nobody cashed it. */
export interface RefundReturned {
  readonly kind: 'refundReturned';
  readonly cents: number;
  readonly says: 'uncashed' | 'returned';
  readonly on: CivilDate;
  readonly reference: string;
  readonly fileId: string;
  readonly offset: number;
}

/** What we conclude about holds, estimates and refunds that came back. */
export type HoldConclusion =
  /** Kept: looked at again on that day. */
  | {
      readonly kind: 'holdKept';
      readonly hold: string;
      readonly on: CivilDate;
      readonly reviewOn: CivilDate;
      readonly found?: HoldEnd;
      readonly source?: HoldPapers['source'];
    }
  | { readonly kind: 'estimateGiven'; readonly cents: number; readonly on: CivilDate; readonly by: string; readonly formId: string };

/** A hold in force, or one that was. */
export interface Hold extends HoldPapers {
  readonly reason: string;
  readonly since: CivilDate;
  readonly reviewOn: CivilDate;
  readonly releasedOn: CivilDate | null;
  /** What a review found. */
  readonly found?: HoldEnd;
}

/** A command that a hold stopped ends as refused with this code. */
export const heldCode = 'hold.stops';

/** A hold of the person that is in force on another account of the same guarantor. */
export interface PersonHold {
  readonly hold: string;
  readonly since: CivilDate;
  readonly reference: string | null;
}

const stopOfCommand: Readonly<Record<string, HoldStop>> = {
  sendStatement: 'statement',
  offerPaymentPlan: 'planOffer',
  placeWithVendor: 'placement',
  writeOff: 'writeOff',
  sendCollectionNotice: 'letter',
  sendPlanLetter: 'letter',
  allowExtraordinaryAction: 'extraordinaryAction',
};

/** What a hold must stop so that this command or action of the rules does not happen; null when no hold stops it. */
export function stopOf(commandOrAction: string): HoldStop | null {
  return stopOfCommand[commandOrAction] ?? null;
}

/** A hold that was placed before the list was closed stops what every hold stopped then. */
export function holdNamed(book: HoldBook, hold: string): HoldKind {
  const stops: readonly HoldStop[] = ['statement', 'planOffer', 'placement'];
  const older = { of: 'account', stops, vendor: 'none', reviewDays: 30, queue: 'patientBalances', ends: [], citation: '' } as const;
  return book.get(hold) ?? { hold, title: `Hold ${hold}`, ...older };
}

export function holdsInForce(holds: readonly Hold[]): readonly Hold[] {
  return holds.filter((hold) => hold.releasedOn === null);
}

/** The first hold in force that stops this; null when none does. */
export function holdAgainst(book: HoldBook, holds: readonly Hold[], stop: HoldStop): Hold | null {
  return holdsInForce(holds).find(({ reason }) => holdNamed(book, reason).stops.includes(stop)) ?? null;
}

/**
 * The hold that something stored and not yet taken by its account would place: a fact of the world, or what a person told it. Null when it places
 * none. What is about to be sent is stopped by it as if it were in force.
 */
export function holdComing(told: unknown): string | null {
  // An application that no turn has taken yet suspends all the same (26 CFR 1.501(r)-6(c)).
  if (isApplication(told)) return assistanceHold;
  const said = saidOf(told);
  if (said === null) return null;
  const isReported = (said.kind === 'holdReported' || said.kind === 'personHoldChanged') && said.says !== 'released';
  return said.kind === 'holdPlaced' || isReported || said.do === 'hold' ? said.hold : null;
}

/** What a person applied for, on this account or on another of theirs, and nobody decided yet. */
function isApplication(told: unknown): boolean {
  if (typeof told !== 'object' || told === null || !('kind' in told)) return false;
  if (told.kind === 'assistanceApplied') return true;
  return told.kind === 'personAssistanceChanged' && 'status' in told && suspending.has(told.status);
}

const suspending: ReadonlySet<unknown> = new Set<ApplicationStatus>(['received', 'incomplete', 'complete', 'proposed']);

/** The hold that something stored and not yet taken would release; null when it releases none. */
export function holdGoing(told: unknown): string | null {
  const said = saidOf(told);
  if (said === null) return null;
  const isReported = (said.kind === 'holdReported' || said.kind === 'personHoldChanged') && said.says === 'released';
  return said.kind === 'holdReleased' || isReported || said.do === 'release' ? said.hold : null;
}

function saidOf(told: unknown): { readonly hold: string; readonly kind: unknown; readonly says: unknown; readonly do: unknown } | null {
  if (typeof told !== 'object' || told === null || !('hold' in told) || typeof told.hold !== 'string') return null;
  const { hold } = told;
  return { hold, kind: 'kind' in told ? told.kind : null, says: 'says' in told ? told.says : null, do: 'do' in told ? told.do : null };
}
