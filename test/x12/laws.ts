import type { RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { RemittanceHeader, X12Event } from '../../rules/x12/events.ts';
import { eventsOf, toldOf } from './events.ts';
import { lostTransactions } from './loss.ts';

/**
 * What must hold of the events of any bytes at all.
 * @param size of the pieces in which the file is read a second time
 * @returns the laws that were broken
 */
export function brokenLaws(bytes: Uint8Array, size: number): readonly string[] {
  const events = eventsOf(bytes);
  const broken = brokenOrder(events, bytes.length);
  if (toldOf(events).join('\n') !== toldOf(eventsOf(bytes, size)).join('\n')) broken.push(`other events in pieces of ${size}`);
  if (isPlain(bytes)) broken.push(...lostTransactions(bytes, events));
  return broken;
}

/** Delimiters, ids and line ends as a dumb split expects them. */
function isPlain(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes);
  const interchanges = [...text.matchAll(/ISA/gi)].map(({ index }) => text.slice(index, index + 106));
  const isUsual = (isa: string) => /^ISA\*[^~\r\n]{101}~$/.test(isa) && isa.split('*').length === 17;
  return (
    interchanges.every(isUsual) &&
    !/[^~\r\n][ \t]*[\r\n]/.test(text) &&
    !/(^|~)\s*[A-Z0-9]*[a-z]/.test(text) &&
    bytes.every((byte) => byte >= 0x20 || byte === 0x0a || byte === 0x0d)
  );
}

interface Open {
  readonly header: RemittanceHeader;
  readonly offset: number;
  readonly claims: RemittanceClaim[];
  isBalanced: boolean;
}

function brokenOrder(events: readonly X12Event[], length: number): string[] {
  const broken: string[] = [];
  let open: Open | null = null;
  events.forEach((event, index) => {
    switch (event.kind) {
      case 'remittance-opened':
        open = { header: event.header, offset: event.offset, claims: [], isBalanced: true };
        break;
      case 'remittance-claim':
        if (open === null) broken.push('a claim outside of a remittance');
        else {
          open.claims.push(event.claim);
          open.isBalanced &&= event.imbalances.length === 0;
        }
        break;
      case 'remittance-closed':
        broken.push(...brokenRemittance(open, event));
        open = null;
        break;
      case 'transaction':
        if (event.transaction.place.offset + event.transaction.place.length > length) broken.push('a place outside of the file');
        open = null;
        break;
      case 'passed-over':
      case 'interchange':
      case 'group':
      case 'opened':
        open = null;
        break;
      case 'fault':
        open = null;
        if (event.level === 'file' && index < events.length - 1) broken.push('something after the end');
        if (event.fault.offset > length || event.fault.segmentNumber < 1) broken.push('a fault outside of the file');
    }
  });
  return broken;
}

function brokenRemittance(
  open: Open | null,
  { place, summary, faults }: Extract<X12Event, { kind: 'remittance-closed' }>,
): readonly string[] {
  if (open === null || open.offset !== place.offset) return ['closed without being opened'];
  if (open.claims.length !== summary.claimCount) return ['claims were lost or made up'];
  if (faults.length > 0 || !open.isBalanced || summary.imbalances.length > 0) return [];
  const total = (amounts: readonly { readonly cents: number }[]) => amounts.reduce((sum, { cents }) => sum + cents, 0);
  const paid = open.claims.reduce((sum, claim) => sum + claim.paidCents, 0);
  const broken = open.claims.filter((claim) => {
    const lines = claim.lines.map((line) => total(line.adjustments));
    const ofLines = lines.reduce((sum, cents) => sum + cents, 0);
    const lineFails = claim.lines.some((line, index) => line.chargeCents - (lines[index] ?? 0) !== line.paidCents);
    return lineFails || claim.chargeCents - total(claim.adjustments) - ofLines !== claim.paidCents;
  });
  if (broken.length > 0) return ['closed without fault though a claim does not balance'];
  return paid - total(summary.providerAdjustments) === open.header.paidCents
    ? []
    : ['closed without fault though the check does not balance'];
}
