import type { ClaimTrack } from '../domain/account.ts';
import { DenialCategory, type TimelyFilingProof } from '../domain/denial.ts';
import { liveCases } from './balances.ts';
import type { Turn } from './turn.ts';
import { anchorsOf } from './windows.ts';

/**
 * The earliest acceptance into adjudication (277CA A2) by the payer itself, of any submission of this claim, held against the filing limit. A1 is only a
 * receipt, a clearinghouse's A2 is no payer's, and what we sent proves nothing (DESIGN invariant 4; DOMAIN §1.3 would take A1, §2 does not).
 */
export function timelyFilingProof(turn: Turn, claim: ClaimTrack): TimelyFilingProof | null {
  const [first] = claim.submissions
    .flatMap(({ key, acceptedOn, acceptance }) => (acceptedOn === null ? [] : [{ key, acceptedOn, acceptance }]))
    .sort((a, b) => (a.acceptedOn < b.acceptedOn ? -1 : a.acceptedOn > b.acceptedOn ? 1 : 0));
  if (first === undefined) return null;
  const limitOn = turn.derive(claim.sequence === 1 ? 'filing' : 'secondaryFiling', claim, anchorsOf(turn, claim, null))?.legalOn ?? null;
  return {
    submissionKey: first.key,
    acceptedOn: first.acceptedOn,
    fileId: first.acceptance?.fileId ?? null,
    offset: first.acceptance?.offset ?? null,
    limitOn,
    isInTime: limitOn === null || first.acceptedOn <= limitOn,
  };
}

/** Attaches the proof to every live denial for late filing of the claim that does not have it yet, or says that there is none. */
export function seekProof(turn: Turn, sequence: number): void {
  const claim = turn.account.claims.find((c) => c.sequence === sequence);
  if (claim === undefined) return;
  for (const c of liveCases(claim)) {
    if (c.category !== DenialCategory.timelyFiling) continue;
    const proof = timelyFilingProof(turn, claim);
    const isNews = c.timelyFilingProof === undefined || c.timelyFilingProof?.acceptedOn !== proof?.acceptedOn;
    if (isNews) turn.record({ kind: 'timelyFilingProofSought', caseId: c.id, proof, on: turn.today });
  }
}
