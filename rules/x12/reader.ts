import { X12Fault } from './fault.ts';
import { readX12File } from './read-file.ts';
import type { X12Event, X12EventReader } from './events.ts';
import { zeroCents } from '../domain/money.ts';
export function createX12Reader(): X12EventReader {
  const parts: Uint8Array[] = [];
  return {
    push: (b) => {
      parts.push(b);
      return [];
    },
    end: () => {
      const events: X12Event[] = [];
      try {
        for (const t of readX12File(Buffer.concat(parts))) {
          const {
            envelope,
            place: { offset },
          } = t;
          const id = {
            claims: '837',
            remittance: '835',
            'functional-acknowledgement': '999',
            'interchange-acknowledgement': '',
            'claim-acknowledgements': '277',
            unknown: 'X',
          }[t.kind];
          if (id !== '')
            events.push({ kind: 'opened', transactionSetId: t.kind === 'unknown' ? t.transactionSetId : id, envelope, offset });
          if (t.kind === 'remittance') {
            const r = t.remittance;
            events.push({ kind: 'remittance-opened', envelope, header: r, offset });
            for (const c of r.claims)
              events.push({
                kind: 'remittance-claim',
                claim: c,
                imbalances: r.imbalances.filter(
                  (i) => i.level !== 'check' && i.offset >= c.place.offset && i.offset < c.place.offset + c.place.length,
                ),
              });
            events.push({
              kind: 'remittance-closed',
              envelope,
              place: t.place,
              faults: [],
              summary: {
                claimCount: r.claims.length,
                chargeCents: zeroCents,
                paidCents: zeroCents,
                adjustmentCents: zeroCents,
                providerAdjustments: r.providerAdjustments,
                imbalances: r.imbalances.filter((i) => i.level === 'check'),
              },
            });
          } else events.push({ kind: 'transaction', transaction: t, faults: [] });
        }
      } catch (error) {
        if (!(error instanceof X12Fault)) throw error;
        events.push({ kind: 'fault', level: 'file', fault: error });
      }
      return events;
    },
  };
}
