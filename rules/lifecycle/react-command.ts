import { addDays, type CivilDate } from '../domain/civil-date.ts';
import type { AccountEvent, Command } from '../domain/event.ts';
import { heldCode } from '../domain/hold.ts';
import { bucketBalance, bucketNamed, findCase } from './balances.ts';
import { stepInWords, words } from './describe.ts';
import { anchorsOf } from './facts.ts';
import { dateExtraordinary, statementSent } from './react-assistance.ts';
import { stoppedByHold } from './react-holds.ts';
import { patientSettled } from './react-patient.ts';
import { endWork } from './settle-case.ts';
import { vendorInformed } from './inform-vendor.ts';
import { expectWord } from './vendor-terms.ts';
import { waitForClaim } from './requests.ts';
import { submitted, takeBackTimer } from './react-submission.ts';
import { subjectKey, type Turn } from './turn.ts';
import { stepTaken } from './ways.ts';

/** A payer should have taken back what it paid on a voided claim within this many days; then someone calls. */
const takeBackDays = 30;

/** What follows when a command was carried out. */
export function carriedOut(turn: Turn, event: Extract<AccountEvent, { kind: 'commandCarriedOut' }>): void {
  const command = turn.account.commands.find((c) => c.command.key === event.key)?.command;
  if (command === undefined) return;
  if (event.result === 'sent') return followSent(turn, command, event.on);
  const reason = event.reason ?? 'no reason was given';
  if (event.result === 'refused' && reason.startsWith(heldCode)) return stoppedByHold(turn, command);
  if (reason.startsWith(portalCode)) return toUpload(turn, command);
  if (event.result === 'refused' && askedAgain.some((code) => reason.startsWith(code))) return;
  const how = event.result === 'refused' ? 'It was not sent' : 'It may or may not have arrived';
  deliveryInDoubt(turn, command, `${how}: ${reason}. Nothing is sent again until this is settled.`);
}

/** The gateway of a payer's portal answers with this code: a person has to upload it. */
const portalCode = 'gateway.portal';

/** The patient paid, or the balance changed, between the decision and the sending: it is asked again. */
const askedAgain = ['statement.nothing-due', 'placement.balance-changed'];

/** What follows when a command is known to have left, at once or after all. */
export function followSent(turn: Turn, command: Command, on: CivilDate): void {
  switch (command.kind) {
    case 'submitClaim':
    case 'billNextPayer':
      submitted(turn, command.params.sequence === 2 || command.params.sequence === 3 ? command.params.sequence : 1);
      return command.params.frequency === '8' ? voided(turn, command, on) : undefined;
    case 'fileReconsideration':
    case 'fileAppeal':
      return filed(turn, command, on);
    case 'sendDocuments':
      turn.meetDeadlines(['documents'], command.subject);
      return waitForClaim(turn, command.subject, on);
    case 'placeWithVendor':
      return expectWord(turn, 'vendorAcknowledgement', { subject: command.subject, vendor: String(command.params.vendor), on });
    case 'recallFromVendor':
      return expectWord(turn, 'recallConfirmation', { subject: command.subject, vendor: String(command.params.vendor), on });
    case 'updateVendor':
      return vendorInformed(turn, String(command.params.placementId));
    case 'postWriteOff':
      return writtenOff(turn, command);
    case 'requestRefund':
      return refunded(turn, command);
    case 'sendStatement':
      return statementSent(turn);
    case 'sendCollectionNotice':
      return dateExtraordinary(turn);
    case 'sendStatusInquiry':
    case 'sendAssistanceLetter':
    case 'allowExtraordinaryAction':
    case 'withdrawExtraordinaryAction':
    case 'offerPaymentPlan':
    case 'sendPlanLetter':
      return;
  }
}

/** A void makes the payer take back what it paid: until it does, the money is expected to go (DOMAIN §1.3). */
function voided(turn: Turn, { subject, params }: Command, on: CivilDate): void {
  const sequence = params.sequence === 2 || params.sequence === 3 ? params.sequence : 1;
  if (subject.kind === 'case') turn.cancelTimers(subject);
  turn.setTimer(takeBackTimer, { kind: 'claim', sequence }, addDays(on, takeBackDays));
}

function deliveryInDoubt(turn: Turn, command: Command, reason: string): void {
  turn.openTask({
    kind: 'resolveDelivery',
    queue: 'supervisor',
    title: `Find out whether "${command.kind}" arrived`,
    reason,
    ruleId: 'lifecycle',
    subject: command.subject,
    amountCents: 0,
    commandKey: command.key,
  });
}

function toUpload(turn: Turn, command: Command): void {
  const asked = turn.account.tasks.find((t) => t.id === command.params.request);
  const open = turn.account.deadlines.find((d) => d.status === 'open' && subjectKey(d.subject) === subjectKey(command.subject))?.deadline;
  const due = asked ?? open;
  turn.openTask({
    kind: 'uploadToPortal',
    queue: 'appeals',
    title: `Upload "${command.kind}" at the payer’s portal`,
    reason: 'This payer takes it through its portal. The confirmation number that the portal gives is the receipt.',
    ruleId: 'lifecycle',
    subject: command.subject,
    safeByOn: due?.safeByOn ?? null,
    legalOn: due?.legalOn ?? null,
    amountCents: Number(command.params.amountCents ?? 0),
    commandKey: command.key,
  });
}

/** A report about what is known to have arrived is its confirmation, and nothing follows. */
export function deliveryReported(turn: Turn, event: Extract<AccountEvent, { kind: 'deliveryReported' }>): void {
  const command = turn.account.commands.find((c) => c.command.key === event.key)?.command;
  if (command === undefined) return;
  if (!event.arrived) {
    const reason = `It was not delivered: who carried it says so (${event.receipt}). Nothing is sent again until this is settled.`;
    return deliveryInDoubt(turn, command, reason);
  }
  const waiting = turn.account.tasks.filter((t) => t.status === 'open' && t.commandKey === event.key);
  if (waiting.length === 0) return;
  turn.withdrawTasks((t) => t.commandKey === event.key, 'it was delivered');
  followSent(turn, command, event.on);
}

/** Where no policy says when the answer is due, it is asked for after so many days. */
const unknownAnswerDays = 60;

/** A dispute is filed: its own deadline is met, the payer's answer has one, and a task waits to take the answer down. */
function filed(turn: Turn, command: Command, on: CivilDate): void {
  if (command.subject.kind !== 'case') return;
  const found = findCase(turn.account, command.subject.caseId);
  if (found === null) return;
  const step = stepTaken(turn, found);
  const title = step === null ? words(command.kind) : stepInWords(step);
  const anchors = { ...anchorsOf(turn, found.claim, found.case), filedOn: on };
  const answer = step?.answer ?? null;
  const due = answer === null ? null : turn.derive(answer, found.claim, anchors);
  if (step !== null) turn.meetDeadlines([step.deadline], command.subject);
  if (answer !== null) turn.setDeadline(answer, command.subject, found.claim, anchors);
  if (due === null) turn.setTimer('answer', command.subject, addDays(on, unknownAnswerDays));
  turn.openTask({
    kind: 'recordPayerAnswer',
    queue: 'appeals',
    title: `Take down the payer’s answer to ${title}`,
    reason: due === null ? 'The payer owes an answer.' : `The payer owes an answer by ${due.nominalOn}.`,
    ruleId: 'lifecycle',
    subject: command.subject,
    safeByOn: due?.nominalOn ?? addDays(on, unknownAnswerDays),
    amountCents: Number(command.params.amountCents ?? 0),
  });
}

function writtenOff(turn: Turn, command: Command): void {
  const bucket = bucketNamed(command.params.bucket);
  const amount = Number(command.params.amountCents);
  const cause = command.key;
  const line = {
    id: `${cause}#1`,
    bucket,
    kind: 'writeOff',
    cents: -amount,
    on: turn.today,
    source: { cause },
    remittanceClaimId: null,
    carc: null,
    undoes: null,
  } as const;
  turn.record({ kind: 'ledgerPosted', lines: [line], reason: String(command.params.reason ?? 'written off') });
  if (command.subject.kind === 'case') {
    endWork(turn, command.subject);
    turn.record({ kind: 'caseClosed', caseId: command.subject.caseId, status: 'writtenOff', on: turn.today });
  }
  if (bucket === 'patient' && bucketBalance(turn.account, 'patient') <= 0) patientSettled(turn);
}

function refunded(turn: Turn, command: Command): void {
  const bucket = bucketNamed(command.params.bucket);
  const cause = command.key;
  const cents = Number(command.params.amountCents);
  const line = {
    id: `${cause}#1`,
    bucket,
    kind: 'refund',
    cents,
    on: turn.today,
    source: { cause },
    remittanceClaimId: null,
    carc: null,
    undoes: null,
  } as const;
  turn.record({ kind: 'ledgerPosted', lines: [line], reason: 'the credit was refunded' });
}
