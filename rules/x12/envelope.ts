import { civilDate, type CivilDate, isCivilDate } from '../domain/civil-date.ts';
import type { Envelope } from '../domain/x12-file.ts';
import { X12Fault } from './fault.ts';
import { element, type Segment } from './segments.ts';

/** One ST…SE with the envelope it stood in; a TA1 is a block of its own without ST. */
export interface Block {
  readonly envelope: Envelope;
  readonly transactionSetId: string;
  /** ST to SE, both included; for a TA1 the one segment. */
  readonly segments: readonly Segment[];
}

/**
 * Groups segments into transactions and checks every count and control number on the way (SE01/SE02, GE01/GE02, IEA01/IEA02).
 * @throws X12Fault `x12.truncated`, `x12.count`, `x12.control-number`, `x12.misplaced`
 */
export function readEnvelopes(segments: readonly Segment[]): readonly Block[] {
  const state: Open = { isa: null, gs: null, st: null, groups: 0, sets: 0, blocks: [] };
  for (const segment of segments) step(state, segment);
  const last = segments.at(-1);
  if (state.isa !== null && last !== undefined)
    throw new X12Fault('x12.truncated', last, 'the file ends before its SE, GE or IEA: it is truncated');
  return state.blocks;
}

interface Open {
  isa: Segment | null;
  gs: Segment | null;
  st: Segment[] | null;
  groups: number;
  sets: number;
  readonly blocks: Block[];
}

function step(state: Open, segment: Segment): void {
  switch (segment.id) {
    case 'ISA':
      if (state.isa !== null) throw new X12Fault('x12.truncated', segment, 'a new ISA before the IEA of the one before');
      state.isa = segment;
      state.groups = 0;
      return;
    case 'GS':
      if (state.isa === null || state.gs !== null) throw new X12Fault('x12.misplaced', segment, 'a GS stands directly inside ISA and IEA');
      state.gs = segment;
      state.groups += 1;
      state.sets = 0;
      return;
    case 'ST':
      if (state.gs === null || state.st !== null) throw new X12Fault('x12.misplaced', segment, 'an ST stands directly inside GS and GE');
      state.st = [segment];
      state.sets += 1;
      return;
    case 'SE':
      return closeSet(state, segment);
    case 'GE':
      if (state.gs === null || state.st !== null)
        throw new X12Fault('x12.misplaced', segment, 'a GE closes a GS whose transactions are closed');
      closes(segment, { count: state.sets, control: element(state.gs, 6) });
      state.gs = null;
      return;
    case 'IEA':
      if (state.isa === null || state.gs !== null)
        throw new X12Fault('x12.misplaced', segment, 'an IEA closes an ISA whose groups are closed');
      closes(segment, { count: state.groups, control: element(state.isa, 13) });
      state.isa = null;
      return;
    default:
      return inside(state, segment);
  }
}

function inside(state: Open, segment: Segment): void {
  if (state.st !== null) {
    state.st.push(segment);
    return;
  }
  if (segment.id === 'TA1' && state.isa !== null && state.gs === null) {
    state.blocks.push({ envelope: envelopeOf(state.isa, null, null), transactionSetId: 'TA1', segments: [segment] });
    return;
  }
  throw new X12Fault('x12.misplaced', segment, 'a segment outside of ST and SE');
}

function closeSet(state: Open, segment: Segment): void {
  const [st] = state.st ?? [];
  if (state.st === null || st === undefined || state.isa === null || state.gs === null)
    throw new X12Fault('x12.misplaced', segment, 'an SE closes an ST');
  state.st.push(segment);
  closes(segment, { count: state.st.length, control: element(st, 2) });
  state.blocks.push({ envelope: envelopeOf(state.isa, state.gs, st), transactionSetId: element(st, 1), segments: state.st });
  state.st = null;
}

function closes(trailer: Segment, opened: { readonly count: number; readonly control: string }): void {
  if (Number(element(trailer, 1)) !== opened.count || !/^\d+$/.test(element(trailer, 1)))
    throw new X12Fault('x12.count', trailer, `expected the count ${opened.count}`, 1);
  if (Number(element(trailer, 2)) !== Number(opened.control) && element(trailer, 2) !== opened.control)
    throw new X12Fault('x12.control-number', trailer, 'expected the control number of its opening segment', 2);
}

function envelopeOf(isa: Segment, gs: Segment | null, st: Segment | null): Envelope {
  return {
    senderId: element(isa, 6),
    receiverId: element(isa, 8),
    sentOn: sentOn(isa),
    interchangeControlNumber: element(isa, 13),
    groupControlNumber: gs === null ? '' : element(gs, 6),
    transactionControlNumber: st === null ? '' : element(st, 2),
    version: st === null || gs === null ? '' : element(st, 3) || element(gs, 8),
  };
}

/** ISA09, YYMMDD: this century. */
function sentOn(isa: Segment): CivilDate {
  const text = element(isa, 9);
  const iso = `20${text.slice(0, 2)}-${text.slice(2, 4)}-${text.slice(4)}`;
  if (!isCivilDate(iso)) throw new X12Fault('x12.date', isa, 'expected an existing date YYMMDD', 9);
  return civilDate(iso);
}
