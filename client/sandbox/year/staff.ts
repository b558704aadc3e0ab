/**
 * The people of the hospital's patient accounts. Each decides by seed, task and account alone, so that the same task meets the same decision
 * whenever and however often it is looked at.
 */
import { createHash } from 'node:crypto';
import type { OpenWork } from '../../../prisma/reads/open-work.ts';
import type { Account, DenialCase } from '../../../rules/domain/account.ts';
import { addDays, type CivilDate, daysBetween, instantAt } from '../../../rules/domain/civil-date.ts';
import { assertNever } from '../../../rules/domain/failures.ts';
import type { Subject, Task, TaskForm, TaskKind, TaskOutcome } from '../../../rules/domain/task.ts';
import { findCase } from '../../../rules/lifecycle/balances.ts';
import { subjectKey } from '../../../rules/lifecycle/turn.ts';
import { between, chance, pick } from './chance.ts';

/** An answer that came on paper: nobody but a person can tell the engine. */
export interface PaperAnswer {
  readonly account: string;
  readonly kind: 'appeal' | 'reconsideration' | 'documents' | 'planOffer';
  readonly level: number;
  readonly answer: string;
  readonly answeredOn: CivilDate | null;
}

export interface Desk {
  readonly seed: number;
  readonly today: CivilDate;
  readonly answers: readonly PaperAnswer[];
}

/** A payer that has not written after so many days, or by the date it owed its answer, has said no. */
const patienceDays = 75;
/** A patient who has not answered an offer after so many days does not want it. */
const patientDays = 21;
/** So many choices for one case or claim, then it is given up. */
const mostChoices = 2;
const mostCalls = 3;

/** What the person does with it today; null when there is nothing to do yet. */
export function workedOn(work: OpenWork, desk: Desk): TaskForm | null {
  if (work.task.openedOn >= desk.today) return null;
  const outcome = outcomeOf(work, desk);
  if (outcome === null) return null;
  return { outcome, ...personFor(work.task), ...details(work, outcome, desk) };
}

/** The same task, tried as often, gives the same key: a form that is handed in twice is one form. */
export function formIdOf({ accountNumber, task, refusals }: OpenWork, seed: number): string {
  const hex = createHash('sha256').update(`${seed}|${accountNumber}|${task.id}|${refusals}`).digest('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** A write-off is never approved by the one who asked for it. */
function personFor({ kind, queue }: Task): Pick<TaskForm, 'by' | 'role'> {
  if (queue === 'director') return { by: 'director-1', role: 'director' };
  if (kind === 'approveWriteOff' || kind === 'approveSending') return { by: 'supervisor-2', role: 'supervisor' };
  if (kind === 'approveRefund' || queue === 'supervisor') return { by: 'supervisor-1', role: 'supervisor' };
  return { by: `specialist-${queue}` };
}

/** What ends one way only, whatever the account. */
const onlyOutcomes = {
  approveAward: 'approved',
  approveRefund: 'approved',
  awaitApplicationPapers: 'complete',
  checkApplication: 'complete',
  checkPosting: 'explained',
  checkVendor: 'explained',
  claimInterest: 'claimed',
  decideAssistance: 'denied',
  fileEstateClaim: 'filed',
  heedEarlierDate: 'noted',
  recordCoverage: 'noCoverage',
  reportUnclaimed: 'ownerFound',
  reverseExtraordinaryAction: 'reversed',
  reviewHold: 'release',
  sendDueDiligenceNotice: 'noticeSent',
  takeLateApplication: 'notTaken',
  uploadToPortal: 'cannotUpload',
} as const satisfies Partial<Record<TaskKind, TaskOutcome>>;

function endsOneWay(kind: TaskKind): kind is keyof typeof onlyOutcomes {
  return Object.hasOwn(onlyOutcomes, kind);
}

function outcomeOf(work: OpenWork, desk: Desk): TaskOutcome | null {
  const { task, account, refusals } = work;
  const { kind } = task;
  if (endsOneWay(kind)) return onlyOutcomes[kind];
  const drawn = chance(desk.seed, work.accountNumber, task.id, refusals);
  switch (kind) {
    case 'correctClaim':
      return isLate(work, desk) ? 'cannotCorrect' : pick([['ready', 19] as const, ['cannotCorrect', 1] as const], drawn);
    case 'prepareReconsideration':
    case 'prepareAppeal':
    case 'prepareDocuments':
      return isLate(work, desk) ? 'notDisputable' : pick([['ready', 12] as const, ['notDisputable', 1] as const], drawn);
    case 'reviewPatientShare':
      return refusals > 0 ? 'dispute' : 'patientOwes';
    case 'answerRequest':
      if (refusals > 0) return 'cannotAnswer';
      return pick([[task.attachmentControlNumber === undefined ? 'answered' : 'ready', 12] as const, ['cannotAnswer', 1] as const], drawn);
    case 'recordPayerAnswer':
      return payerAnswer(work, desk);
    case 'callPayer':
      return called(account, task, drawn);
    case 'chooseNextStep':
      return chosen(work, drawn);
    case 'approveWriteOff':
    case 'approveSending':
      return pick([['approved', 19] as const, ['declined', 1] as const], drawn);
    case 'billOtherPayer':
      return pick([['noOtherPayer', 3] as const, ['ready', 1] as const], drawn);
    case 'reviewPatientBalance':
      return done(account, task) >= mostChoices
        ? 'writeOff'
        : pick([['bill', 6] as const, ['hold', 2] as const, ['writeOff', 2] as const], drawn);
    case 'recordPatientAnswer':
      return patientAnswer(work, desk);
    case 'chaseVendor':
      return vendorSaid(account, task);
    case 'resolveDelivery':
      return done(account, task) >= mostChoices ? 'cannotSend' : 'didNotArrive';
    case 'attemptOralNotice':
      return pick([['attempted', 3] as const, ['told', 2] as const], drawn);
    default:
      return assertNever(kind);
  }
}

/** Refused once, or past its legal date, there is nothing to send any more. */
function isLate({ task, refusals }: OpenWork, { today }: Desk): boolean {
  return refusals > 0 || (task.legalOn !== null && task.legalOn < today);
}

function payerAnswer({ accountNumber, account, task }: OpenWork, { today, answers }: Desk): TaskOutcome | null {
  const path = caseOf(account, task.subject)?.paths.at(-1);
  const said = answers.find(
    (a) =>
      a.account === accountNumber &&
      a.kind === path?.kind &&
      (a.kind !== 'appeal' || a.level === path.level) &&
      a.answeredOn !== null &&
      a.answeredOn <= today,
  );
  if (said !== undefined) return said.answer === 'overturned' || said.answer === 'partlyOverturned' ? 'overturned' : 'upheld';
  const isOverdue = task.safeByOn !== null && task.safeByOn < today;
  return isOverdue || daysBetween(task.openedOn, today) > patienceDays ? 'upheld' : null;
}

function patientAnswer({ accountNumber, task }: OpenWork, { today, answers }: Desk): TaskOutcome | null {
  const said = answers.find((a) => a.account === accountNumber && a.kind === 'planOffer' && a.answeredOn !== null && a.answeredOn <= today);
  if (said !== undefined) return said.answer === 'accepted' ? 'planAccepted' : 'planDeclined';
  return daysBetween(task.openedOn, today) > patientDays ? 'planDeclined' : null;
}

/** Twice it is on its way; then the payer does not have it. */
function called(account: Account, task: Task, drawn: number): TaskOutcome {
  if (done(account, task) >= mostCalls) return 'notOnFile';
  return pick([['inProcess', 7] as const, ['paymentComing', 2] as const, ['notOnFile', 1] as const], drawn);
}

function vendorSaid(account: Account, { subject }: Task): TaskOutcome {
  const placement = account.patient.placements.find((p) => subject.kind === 'placement' && p.id === subject.placementId);
  return placement?.status === 'offered' ? 'acknowledged' : 'returned';
}

function chosen({ account, task }: OpenWork, drawn: number): TaskOutcome {
  if (done(account, task) >= mostChoices) return 'writeOff';
  const { subject } = task;
  const claim =
    subject.kind === 'claim' || subject.kind === 'case' ? account.claims.find((c) => c.sequence === subject.sequence) : undefined;
  if (subject.kind === 'claim') {
    if (claim?.submissions.at(-1)?.status === 'rejected' || claim?.remittances.length === 0)
      return pick([['newClaim', 5] as const, ['writeOff', 1] as const], drawn);
    return pick([['writeOff', 1] as const, ['wait', 1] as const], drawn);
  }
  const found = caseOf(account, subject);
  if (found?.denials.some(({ rarcs }) => rarcs.includes('MA130')) === true) return 'newClaim';
  if (found?.denials.every(({ group }) => group === 'PR') === true) return 'moveToPatient';
  return pick(
    [
      ['appeal', 5] as const,
      ['reconsideration', 3] as const,
      ['replacementClaim', 4] as const,
      ['writeOff', 3] as const,
      ['wait', 1] as const,
    ],
    drawn,
  );
}

/** How often such a task about the same was completed before. */
function done(account: Account, { kind, subject }: Task): number {
  const about = subjectKey(subject);
  return account.tasks.filter((t) => t.kind === kind && t.status === 'done' && subjectKey(t.subject) === about).length;
}

function caseOf(account: Account, subject: Subject): DenialCase | undefined {
  return subject.kind === 'case' ? findCase(account, subject.caseId)?.case : undefined;
}

/** What the task asks for by name, they have. */
function foundOut({ reason }: Task): Pick<TaskForm, 'evidence'> {
  const asks = (name: string) => reason.includes(`(evidence ${name})`);
  const evidence = {
    ...(asks('contracted') ? { contracted: true } : {}),
    ...(asks('memberConsent') ? { memberConsent: true } : {}),
    ...(asks('waiverOfLiability') ? { waiverOfLiability: true } : {}),
    ...(asks('minimumInControversyCents') ? { minimumInControversyCents: 20_000 } : {}),
  };
  return Object.keys(evidence).length === 0 ? {} : { evidence };
}

function details({ account, accountNumber, task }: OpenWork, outcome: TaskOutcome, { seed, today }: Desk): Partial<TaskForm> {
  const drawn = chance(seed, accountNumber, task.id, 'details');
  switch (outcome) {
    case 'told':
    case 'attempted': {
      const at = instantAt(addDays(today, -1), 11, account.opened?.zone ?? 'UTC');
      return { assistance: { attempt: { channel: 'call', outcome: outcome === 'told' ? 'conversation' : 'noAnswer', at } } };
    }
    case 'planAccepted': {
      const offered = account.commands.findLast(({ command }) => command.kind === 'offerPaymentPlan')?.command.params.instalmentCents;
      return { instalmentCents: Math.max(1, Number(offered ?? Math.ceil(task.amountCents / 6))) };
    }
    case 'ready':
      return task.kind === 'correctClaim' && caseOf(account, task.subject)?.category === 'AUT'
        ? { authorizationNumber: `AUTH${between(100_000, 999_999, drawn)}` }
        : foundOut(task);
    default:
      return {};
  }
}
