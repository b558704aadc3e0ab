import type { Account, ClaimTrack, DenialCase } from '../domain/account.ts';
import type { RuleAnswer } from '../domain/decision.ts';
import type { HoldName } from '../domain/hold.ts';
import { dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import { findCase, standingRemittances } from './balances.ts';
import { lineOfBusiness } from './line-of-business.ts';
import { amountAbout, openTask } from './task-about.ts';
import { subjectKey, type Turn } from './turn.ts';

/** Remark codes that say the patient is a Qualified Medicare Beneficiary (N781 deductible, N782 coinsurance, N783 copayment). */
const qmbRemarks: readonly string[] = ['N781', 'N782', 'N783'];
/** The patient was not told in writing, so is not liable: limitation of liability, a missing advance notice. */
const noNoticeRemarks: readonly string[] = ['M27', 'N563'];
/** Decided under the No Surprises Act (N860 to N869): only the cost share under PR may be billed (DOMAIN §7.3). */
const noSurprises = /^N86\d$/;

/** Why the law keeps an amount from the patient. */
export interface Protection {
  readonly kind: 'qmbMedicaid' | 'veteran' | 'noNotice' | 'noSurprises';
  readonly because: string;
}

/** What protects the patient of this account from any bill, as far as the account tells. */
export function accountProtection(account: Account): (Protection & { readonly kind: HoldName }) | null {
  const { claims } = account;
  if (claims.some((claim) => claim.payerClass === 'medicaid'))
    return { kind: 'qmbMedicaid', because: 'Medicaid covers the patient: only a copay that the state allows may be billed' };
  if (claims.some((claim) => hasRemark(claim, qmbRemarks)))
    return { kind: 'qmbMedicaid', because: 'the payer says that the patient is a Qualified Medicare Beneficiary, who is never billed' };
  if (claims.some((claim) => lineOfBusiness(claim) === 'veterans'))
    return { kind: 'veteran', because: 'the VA authorised the care: a veteran is never billed for it' };
  return null;
}

function hasRemark(claim: ClaimTrack, remarks: readonly string[]): boolean {
  return standingRemittances(claim).some((r) => r.adjustments.some((a) => a.rarcs.some((rarc) => remarks.includes(rarc))));
}

/** What protects the patient from what was refused here; null when nothing that we can see does. */
export function caseProtection(account: Account, c: DenialCase): Protection | null {
  const rarcs = c.denials.flatMap((d) => d.rarcs);
  const whole = accountProtection(account);
  if (whole !== null) return whole;
  if (rarcs.some((rarc) => noNoticeRemarks.includes(rarc)))
    return { kind: 'noNotice', because: 'the patient was not told in writing before the service, so is not liable for it' };
  if (rarcs.some((rarc) => noSurprises.test(rarc)))
    return { kind: 'noSurprises', because: 'it was decided under the No Surprises Act: only the cost share may be billed' };
  return null;
}

/** Only what the payer put on the patient, or reduced without a contract, can become the patient's at all; CO never (invariant 2). */
export function mayBecomePatients(c: DenialCase): boolean {
  return c.denials.every(({ group }) => group === 'PR' || group === 'PI');
}

/** A denial code under PR is first asked whose it is; PI is a dispute first, and only who wants to bill it asks. */
export function awaitsShareReview({ account }: Turn, subject: Subject): boolean {
  const c = subject.kind === 'case' ? findCase(account, subject.caseId)?.case : undefined;
  if (c === undefined || !c.denials.every(({ group }) => group === 'PR')) return false;
  return !account.tasks.some((t) => t.kind === 'reviewPatientShare' && subjectKey(t.subject) === subjectKey(subject));
}

/** Before anything of it is billed somebody looks: QMB, Medicaid, advance notice, No Surprises. */
export function askWhoseShare(turn: Turn, subject: Subject, answer: RuleAnswer): void {
  const c = subject.kind === 'case' ? findCase(turn.account, subject.caseId)?.case : undefined;
  const key = subjectKey(subject);
  if (turn.account.tasks.some((t) => t.status === 'open' && t.kind === 'reviewPatientShare' && subjectKey(t.subject) === key)) return;
  const found = c === undefined ? accountProtection(turn.account) : caseProtection(turn.account, c);
  const seen = found === null ? 'Nothing on the account protects the patient' : `Found: ${found.because}`;
  const check = 'Check QMB and Medicaid, the advance notice (ABN), the No Surprises Act and the VA before it is billed.';
  openTask(
    turn,
    subject,
    { ...answer, why: `${answer.why} ${seen}. ${check}` },
    {
      kind: 'reviewPatientShare',
      title: `Find out whether the patient owes ${dollars(amountAbout(turn, subject))}`,
      deadline: null,
    },
  );
}
