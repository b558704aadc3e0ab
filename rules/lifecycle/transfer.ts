import type { Subject } from '../domain/task.ts';
import { caseAmount, findCase, payerBucket } from './balances.ts';
import type { Turn } from './turn.ts';

/** What a payer refused becomes the patient's: two lines that sum to zero, and the case is closed. */
export function transferToPatient(turn: Turn, subject: Subject, why: string): void {
  const found = subject.kind === 'case' ? findCase(turn.account, subject.caseId) : null;
  if (found === null) return;
  const amount = caseAmount(found.case);
  const cause = `move:${found.case.id}`;
  const shared = {
    kind: 'transfer',
    on: turn.today,
    source: { cause },
    remittanceClaimId: found.case.remittanceClaimId,
    carc: null,
    undoes: null,
  } as const;
  const lines = [
    { ...shared, id: `${cause}#1`, bucket: payerBucket(found.claim.sequence), cents: -amount },
    { ...shared, id: `${cause}#2`, bucket: 'patient' as const, cents: amount },
  ];
  turn.record({ kind: 'pathTaken', subject, path: 'patient', level: 1, on: turn.today });
  turn.record({ kind: 'ledgerPosted', lines, reason: why });
  turn.record({ kind: 'caseClosed', caseId: found.case.id, status: 'patient', on: turn.today });
}
