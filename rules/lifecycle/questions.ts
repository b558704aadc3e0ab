import type { Account, ClaimTrack } from '../domain/account.ts';
import type { CivilDate } from '../domain/civil-date.ts';
import type { DecisionPoint } from '../domain/decision.ts';
import { type Bucket, type Subject, worksBeside } from '../domain/task.ts';
import { bucketBalance, findCase, liveCases, payerBucket, standingRemittances } from './balances.ts';
import { creditsInOrder } from './credits.ts';
import { isInstalmentTimer } from './plan.ts';
import { subjectKey } from './turn.ts';
import { answerKinds } from './windows.ts';

/** Something the payer rules must decide now. `key` is asked once in an account's life. */
export type Question = { readonly key: string; readonly subject: Subject } & (
  | { readonly point: Exclude<DecisionPoint, 'silent'> }
  | { readonly point: 'silent'; readonly waitingFor: string; readonly since: CivilDate }
);

/** Silence that a rule is asked about; every other deadline that passes is a person's (invariant 4). */
const clockKinds: ReadonlySet<string> = new Set([
  'functionalAcknowledgement',
  'claimAcknowledgement',
  'statusInquiry',
  'payerCall',
  ...answerKinds,
]);

/** All questions open now, most urgent first. */
export function openQuestions(account: Account): readonly Question[] {
  const asked = new Set(account.decided.filter((d) => d.reopenedOn === undefined).map((d) => d.key));
  const all = [
    ...account.claims.flatMap((claim) => claimQuestions(account, claim)),
    ...silences(account),
    ...creditQuestions(account),
    ...patientQuestions(account),
  ];
  return all.filter((question) => !asked.has(question.key));
}

function claimQuestions(account: Account, claim: ClaimTrack): readonly Question[] {
  const subject: Subject = { kind: 'claim', sequence: claim.sequence };
  const last = claim.submissions.at(-1);
  const rejected: readonly Question[] = last?.status === 'rejected' ? [{ point: 'rejected', key: `rejected:${last.key}`, subject }] : [];
  const cases = claim.cases.flatMap((c): readonly Question[] => {
    const about: Subject = { kind: 'case', sequence: claim.sequence, caseId: c.id };
    const again = c.paths.length + firedTimers(account, about);
    if (c.status === 'open' && !isWaiting(account, about)) return [{ point: 'denied', key: `denied:${c.id}#${again}`, subject: about }];
    if (c.status === 'upheld' && !isWaiting(account, about)) return [{ point: 'upheld', key: `upheld:${c.id}#${again}`, subject: about }];
    return [];
  });
  return [...rejected, ...cases, ...nextPayerQuestion(account, claim)];
}

function nextPayerQuestion(account: Account, claim: ClaimTrack): readonly Question[] {
  const next = account.claims.find((c) => c.sequence === claim.sequence + 1);
  if (next === undefined || next.submissions.length > 0 || next.remittances.length > 0) return [];
  if (standingRemittances(claim).length === 0 || liveCases(claim).length > 0) return [];
  if (bucketBalance(account, payerBucket(next.sequence)) <= 0) return [];
  const subject: Subject = { kind: 'claim', sequence: next.sequence };
  if (isWaiting(account, subject)) return [];
  return [{ point: 'nextPayer', key: `nextPayer:${next.sequence}#${firedTimers(account, subject)}`, subject }];
}

function silences(account: Account): readonly Question[] {
  const reached = account.deadlines
    .filter((d) => d.status === 'reached' && clockKinds.has(d.deadline.kind) && stillWaits(account, d.subject))
    .map((d): Question => {
      const isAppeal = answerKinds.includes(d.deadline.kind) && d.deadline.kind !== 'reconsiderationAnswer';
      const waitingFor = isAppeal ? 'appealAnswer' : d.deadline.kind;
      return { point: 'silent', key: `silent:${d.id}`, subject: d.subject, waitingFor, since: d.deadline.anchorOn };
    });
  const payments = account.timers
    .filter((t) => t.status === 'fired' && t.id.startsWith('payment:') && stillWaits(account, t.subject))
    .map((t): Question => ({ point: 'silent', key: `silent:${t.id}`, subject: t.subject, waitingFor: 'payerCall', since: t.on }));
  const answers = account.timers
    .filter((t) => t.status === 'fired' && t.id.startsWith('answer:') && stillWaits(account, t.subject))
    .map((t): Question => ({ point: 'silent', key: `silent:${t.id}`, subject: t.subject, waitingFor: 'appealAnswer', since: t.on }));
  const again = account.timers
    .filter(
      (t) =>
        t.status === 'fired' &&
        t.subject.kind === 'claim' &&
        !t.id.startsWith('payment:') &&
        awaitsAdjudication(account, t.subject.sequence),
    )
    .map((t): Question => ({ point: 'silent', key: `silent:${t.id}`, subject: t.subject, waitingFor: 'statusInquiry', since: t.on }));
  return [...reached, ...payments, ...answers, ...again];
}

function awaitsAdjudication(account: Account, sequence: number): boolean {
  const claim = account.claims.find((c) => c.sequence === sequence);
  return claim !== undefined && claim.submissions.length > 0 && standingRemittances(claim).length === 0;
}

/** A case is silent only while an answer or its money is outstanding; a claim while it is not adjudicated. */
function stillWaits(account: Account, subject: Subject): boolean {
  if (subject.kind === 'case') {
    const status = findCase(account, subject.caseId)?.case.status;
    return status === 'awaitingAnswer' || status === 'overturned';
  }
  return true;
}

function patientQuestions(account: Account): readonly Question[] {
  const placement = account.patient.placements.at(-1);
  if (placement?.status === 'placed') {
    const subject: Subject = { kind: 'placement', placementId: placement.id };
    const key = `placed:${placement.id}#${firedTimers(account, subject)}`;
    return isWaiting(account, subject) ? [] : [{ point: 'placed', key, subject }];
  }
  if (placement?.status === 'offered' || placement?.status === 'recallSent' || isPlacementOnItsWay(account)) return [];
  const subject: Subject = { kind: 'patient' };
  if (bucketBalance(account, 'patient') <= 0 || isWaiting(account, subject)) return [];
  const asked = account.decided.filter((d) => d.key.startsWith('patientBalance#')).length;
  return [{ point: 'patientBalance', key: `patientBalance#${asked + 1}`, subject }];
}

/** The balance was given to a vendor in this very turn, or nobody knows yet whether the file arrived. */
export function isPlacementOnItsWay(account: Account): boolean {
  const asked = new Set(account.tasks.flatMap((t) => (t.status === 'open' ? [t.commandKey] : [])));
  return account.commands.some(
    ({ command, status }) =>
      command.kind === 'placeWithVendor' &&
      (status === 'issued' || status === 'unknown' || (status === 'refused' && asked.has(command.key))),
  );
}

/** A negative bucket is money to give back, once its claim has settled; of several the first in their order (DOMAIN §6.5). */
function creditQuestions(account: Account): readonly Question[] {
  return creditsInOrder(account)
    .filter((bucket) => hasSettled(account, bucket))
    .slice(0, 1)
    .flatMap((bucket): readonly Question[] => {
      const subject: Subject = { kind: 'credit', bucket };
      if (isWaiting(account, subject)) return [];
      const refunds = account.commands.filter(
        (c) => c.command.kind === 'requestRefund' && subjectKey(c.command.subject) === subjectKey(subject),
      ).length;
      return [
        { point: 'credit', key: `credit:${bucket}#${refunds + firedTimers(account, subject)}:${bucketBalance(account, bucket)}`, subject },
      ];
    });
}

function hasSettled(account: Account, bucket: Bucket): boolean {
  return account.claims.every((claim) => bucket !== 'patient' || claim.submissions.length === 0 || standingRemittances(claim).length > 0);
}

/** Something dated or someone is already on it: an armed timer, an open task, or a command on its way. */
export function isWaiting(account: Account, subject: Subject): boolean {
  const key = subjectKey(subject);
  return (
    account.timers.some((t) => t.status === 'armed' && subjectKey(t.subject) === key && !isInstalmentTimer(t.id)) ||
    account.tasks.some(
      (t) => t.status === 'open' && t.kind !== 'heedEarlierDate' && !worksBeside.has(t.kind) && subjectKey(t.subject) === key,
    ) ||
    account.commands.some(
      ({ command, status }) =>
        (status === 'issued' || status === 'unknown') && command.kind !== 'updateVendor' && subjectKey(command.subject) === key,
    )
  );
}

function firedTimers(account: Account, subject: Subject): number {
  const key = subjectKey(subject);
  return account.timers.filter((t) => t.status === 'fired' && subjectKey(t.subject) === key).length;
}
