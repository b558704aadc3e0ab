import type { ClaimType, SubmittedClaim } from '../domain/claim.ts';
import { readSubmittedClaim } from './read-837-claim.ts';
import { type Level, readLevel } from './read-837-level.ts';
import { elementOf, faultAt, type Segment } from './segment.ts';
import type { SegmentCursor } from './segment-cursor.ts';

/**
 * Reads from after ST to before SE. A claim belongs to the levels last opened, and HL02 must say the same: a level under another
 * parent than the one before it would put a claim under the wrong provider or subscriber, so it is a fault.
 */
export function readClaims(cursor: SegmentCursor, claimType: ClaimType): readonly SubmittedClaim[] {
  const claims: SubmittedClaim[] = [];
  let provider: Level | null = null;
  let subscriber: Level | null = null;
  let patient: Level | null = null;
  for (let segment = cursor.peekInside(); segment !== null; segment = cursor.peekInside()) {
    if (segment.id === 'CLM') {
      if (provider === null || subscriber === null) throw faultAt(segment, '2300', 1, 'x12.order', 'a billing provider and a subscriber');
      claims.push(readSubmittedClaim(cursor, segment, claimType, { provider, subscriber, patient }));
    } else if (segment.id !== 'HL') {
      cursor.take();
    } else if (elementOf(segment, 3) === '20') {
      provider = readLevel(cursor, segment);
      subscriber = patient = null;
    } else if (elementOf(segment, 3) === '22') {
      checkParent(segment, provider, '2000B');
      subscriber = readLevel(cursor, segment);
      patient = null;
    } else if (elementOf(segment, 3) === '23') {
      checkParent(segment, subscriber, '2000C');
      patient = readLevel(cursor, segment);
    } else {
      throw faultAt(segment, '2000', 3, 'x12.code', '20, 22 or 23');
    }
  }
  return claims;
}

function checkParent(hl: Segment, parent: Level | null, loop: string): void {
  if (parent === null || elementOf(hl, 2) !== elementOf(parent.hl, 1))
    throw faultAt(hl, loop, 2, 'x12.hierarchy', 'the number of the level it follows');
}
