import type {
  AcknowledgedTransaction,
  FunctionalAcknowledgement,
  InterchangeAcknowledgement,
  SegmentError,
} from '../domain/acknowledgement.ts';
import { acceptedCount, transactionSetIdOf } from './acknowledged-sets.ts';
import type { X12Fault } from './fault.ts';
import type { HeardGroup, HeardInterchange, HeardSet } from './heard.ts';
import type { WithoutPlace } from './without-place.ts';
import type { Answer } from './write-999.ts';

/** What was wrong with the file, as the readers say it. */
export interface Judgement {
  readonly faults: readonly X12Fault[];
  /** Nothing of the file was taken, so nothing of it is accepted, with or without a fault of its own. */
  readonly isRefused: boolean;
}

/** GS01 of what is answered: claims, remittances and notices about claims. Never 999 and TA1, so that no answer is answered. */
const answered = new Set(['HC', 'HP', 'HN']);

/**
 * The answer to one interchange, file by file. A TA1 where ISA14 asks for it or the envelope is broken; a 999 for every group of claims,
 * remittances or notices, in which a transaction set with a fault is rejected. That a remittance does not balance is no fault of its form.
 * Empty when nothing is to be said.
 */
export function acknowledgementOf(heard: HeardInterchange, judgement: Judgement): readonly Answer[] {
  const isBroken = heard.note !== '000';
  const code = !isBroken ? 'A' : judgement.isRefused ? 'R' : 'E';
  const interchange = isBroken || heard.wantsAcknowledgement ? interchangeAcknowledgement(heard, code) : null;
  // What was refused whole was never looked into.
  const groups = code === 'R' ? [] : heard.groups.filter(({ functionalId }) => answered.has(functionalId));
  if (groups.length === 0) return interchange === null ? [] : [{ interchange, group: null }];
  return groups.map((group, index) => ({ interchange: index === 0 ? interchange : null, group: groupAcknowledgement(group, judgement) }));
}

function interchangeAcknowledgement(
  { controlNumber: interchangeControlNumber, madeOn, madeAtTime, note }: HeardInterchange,
  code: InterchangeAcknowledgement['code'],
): WithoutPlace<InterchangeAcknowledgement> {
  return { interchangeControlNumber, ...(madeOn === null ? {} : { madeOn }), madeAtTime, code, note };
}

function groupAcknowledgement(group: HeardGroup, judgement: Judgement): WithoutPlace<FunctionalAcknowledgement> {
  const { functionalId, controlNumber: groupControlNumber, version, claimedSets, errorCodes } = group;
  const transactions = group.sets.map((set) => setAcknowledgement(functionalId, set, judgement));
  const accepted = acceptedCount(transactions);
  const isWhole = accepted === transactions.length && accepted > 0;
  const usual = claimedSets === transactions.length;
  return {
    functionalId,
    groupControlNumber,
    code: isWhole ? (errorCodes.length === 0 ? 'A' : 'E') : accepted > 0 ? 'P' : 'R',
    ...(version === '' ? {} : { version }),
    ...(errorCodes.length === 0 ? {} : { errorCodes }),
    ...(usual ? {} : { counts: { included: claimedSets, received: transactions.length, accepted } }),
    transactions,
  };
}

function setAcknowledgement(functionalId: string, set: HeardSet, { faults, isRefused }: Judgement): WithoutPlace<AcknowledgedTransaction> {
  const own = faults.filter(({ offset, code }) => offset >= set.offset && offset < set.endsAt && !ofEnvelope.has(code));
  const segmentErrors = own.map((fault) => segmentErrorOf(set, fault));
  const errorCodes = [...set.errorCodes, ...(segmentErrors.length === 0 ? [] : ['5'])];
  const isRejected = isRefused || errorCodes.length > 0;
  const { controlNumber, transactionSetId, version } = set;
  return {
    controlNumber,
    code: isRejected ? 'R' : 'A',
    ...(transactionSetId === transactionSetIdOf(functionalId) ? {} : { transactionSetId }),
    ...(version === '' ? {} : { version }),
    ...(errorCodes.length === 0 ? {} : { errorCodes }),
    ...(segmentErrors.length === 0 ? {} : { segmentErrors }),
  };
}

/** Said by IK5, AK9 and TA1, which count for themselves. */
const ofEnvelope = new Set(['x12.count', 'x12.control-number', 'x12.truncated']);

/** IK403 by code of a fault of an element. */
const elementCodes: Readonly<Record<string, string>> = {
  'x12.missing': '1',
  'x12.amount': '6',
  'x12.quantity': '6',
  'x12.date': '8',
  'x12.code': '7',
  'x12.hierarchy': '7',
};

function segmentErrorOf({ segmentNumber, offset }: HeardSet, fault: X12Fault): SegmentError {
  const position = fault.offset === offset ? 1 : fault.segmentNumber - segmentNumber + 1;
  const at = { segmentId: segmentIdIn(fault), position, loop: /^\d{4}/.exec(fault.loop ?? '')?.[0] ?? '' };
  const elementCode = elementCodes[fault.code];
  if (fault.code === 'x12.segment-id') return { ...at, code: '1' };
  if (fault.code === 'x12.order') return { ...at, code: '7' };
  // A segment that should follow is named in the message, not as an element of this one.
  if (fault.code === 'x12.missing' && !fault.message.endsWith('expected a value')) return { ...at, code: '3' };
  if (elementCode === undefined || fault.element === null) return { ...at, code: '8' };
  return { ...at, code: '8', elements: [{ element: fault.element, code: elementCode }] };
}

/** The id stands in the message when it may be named; anything else in its place could be a person's name. */
function segmentIdIn({ message }: X12Fault): string {
  return /^segment \d+ \(([A-Z0-9]{2,3}), /.exec(message)?.[1] ?? 'UNK';
}
