import type { ClaimTrack } from '../domain/account.ts';
import { standingRemittances } from './balances.ts';
import { recordStatus } from './denials.ts';

/** What the payer's last word on a service line is, whatever work is done about it. */
export type LineStatus = 'paid' | 'patientShare' | 'adjusted' | 'denied' | 'partlyDenied' | 'underpaid';

export interface LineStanding {
  /** Null: the payer adjudicated the claim as a whole. */
  readonly lineNumber: number | null;
  readonly payerClaimNumber: string;
  readonly status: LineStatus;
  readonly paidCents: number;
  /** Refused and not recovered. */
  readonly deniedCents: number;
}

/** The axis of the lines: by the remittances that stand; the work on what was refused is the axis of the cases. */
export function lineStandings(claim: ClaimTrack): readonly LineStanding[] {
  return standingRemittances(claim).flatMap((r) => {
    const numbers = r.lines?.map(({ number }) => number) ?? [null];
    return numbers.map((lineNumber): LineStanding => {
      const paidCents = lineNumber === null ? r.paidCents : (r.lines?.find(({ number }) => number === lineNumber)?.paidCents ?? 0);
      const refused = claim.cases
        .filter((c) => c.remittanceClaimId === r.remittanceClaimId && c.status !== 'undone')
        .flatMap((c) => c.denials.flatMap((d, n) => (d.lineNumber === lineNumber && recordStatus(c, n) !== 'recovered' ? [{ c, d }] : [])));
      const share = r.adjustments.some((a) => a.group === 'PR' && a.lineNumber === lineNumber && a.cents > 0);
      const deniedCents = refused.reduce((total, { d }) => total + d.cents, 0);
      const isShort = refused.length > 0 && refused.every(({ c }) => c.category === 'UND') && paidCents > 0;
      const status = isShort
        ? 'underpaid'
        : deniedCents > 0
          ? paidCents > 0
            ? 'partlyDenied'
            : 'denied'
          : settledStatus(paidCents, share);
      return { lineNumber, payerClaimNumber: r.payerClaimNumber, status, paidCents, deniedCents };
    });
  });
}

function settledStatus(paidCents: number, hasShare: boolean): LineStatus {
  return paidCents > 0 ? 'paid' : hasShare ? 'patientShare' : 'adjusted';
}
