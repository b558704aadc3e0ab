import { expect, test } from '@jest/globals';
import { loadKnowledge } from '../../../client/knowledge.ts';
import type { Account } from '../../../rules/domain/account.ts';
import { accountBalance, buckets, bucketBalance, findCase } from '../../../rules/lifecycle/balances.ts';
import { describeEvent } from '../../../rules/lifecycle/describe.ts';
import { emptyAccount, evolve } from '../../../rules/lifecycle/evolve.ts';
import { shareLine } from '../../../rules/lifecycle/open-paths.ts';
import type { LedgerLine } from '../../../rules/domain/ledger.ts';
import { ownerOf } from '../../../rules/lifecycle/phase.ts';
import { anchorsOf, claimOf } from '../../../rules/lifecycle/windows.ts';
import { Turn } from '../../../rules/lifecycle/turn.ts';
import { waysOf } from '../../../rules/lifecycle/ways.ts';
import { RandomNumbers } from '../../support/random-numbers.ts';
import { oneWorkingOwner } from '../../support/one-working-owner.ts';
import { RandomAccount, type TakenTurn } from '../../support/random-account.ts';
import { remembering } from '../../support/remembering.ts';

const knowledge = remembering(loadKnowledge());
const seed = Number(process.env['SEED'] ?? 20_261_126);
/** Fewer only where the tests are tried on mutants. */
const sequences = Number(process.env['SEQUENCES'] ?? 20_000);

const wholeClaim: ReadonlySet<string> = new Set(['newClaim', 'replacement', 'void']);

/** DESIGN §4, by number: what is broken after this turn, in words. */
function broken(turn: TakenTurn): readonly string[] {
  return [
    ...moneyAddsUp(turn),
    ...contractualIsNeverThePatients(turn),
    ...rightPaths(turn),
    ...noneTooLate(turn),
    ...holdsHold(turn),
    ...datesNeverLater(turn),
    ...postedOnce(turn),
    ...ownedAndDated(turn),
    ...oneWorkingOwner(turn.before, turn.advanced),
  ];
}

function moneyAddsUp({ advanced: { account } }: TakenTurn): readonly string[] {
  const total = buckets.reduce((sum, bucket) => sum + bucketBalance(account, bucket), 0);
  const sourceless = account.lines.filter(({ source }) => !('fileId' in source) && !('cause' in source));
  return total === accountBalance(account) && sourceless.length === 0
    ? []
    : ['1: the buckets are not the balance, or a line has no source'];
}

function contractualIsNeverThePatients({ advanced: { account, events } }: TakenTurn): readonly string[] {
  const posted = events.flatMap((e) => (e.kind === 'ledgerPosted' ? e.lines : [])).filter((l) => l.bucket === 'patient' && l.cents > 0);
  return posted.flatMap((line) => {
    if (line.kind !== 'transfer' || line.undoes !== null) return [];
    const caseId = line.id.startsWith('move:') ? line.id.slice(5).replace(/#.*/, '') : null;
    const groups =
      caseId === null
        ? account.claims
            .flatMap((c) => c.remittances)
            .find((r) => r.remittanceClaimId === line.remittanceClaimId)
            ?.adjustments.filter((a) => a.carc === line.carc)
            .map((a) => a.group)
        : findCase(account, caseId)?.case.denials.map((d) => d.group);
    const isReviewed = events.some((e) => e.kind === 'taskCompleted' && e.outcome === 'patientOwes');
    if (caseId !== null && !isReviewed) return [`2: ${line.id} became the patient's without a review`];
    const isAllowed = groups?.includes('PR') === true || (caseId !== null && groups?.every((group) => group === 'PI') === true);
    return isAllowed ? [] : [`2: ${line.id} became the patient's without PR or PI`];
  });
}

function rightPaths({ before, advanced: { account, events } }: TakenTurn): readonly string[] {
  const wrong: string[] = [];
  for (const event of events) {
    if (event.kind === 'pathTaken' && event.subject.kind === 'case') {
      const c = findCase(account, event.subject.caseId)?.case;
      const isUnprocessable = c?.denials.some((d) => d.rarcs.includes('MA130')) === true;
      if (isUnprocessable && ['replacement', 'reconsideration', 'appeal', 'reopening', 'void'].includes(event.path))
        wrong.push(`3: ${event.path} of an unprocessable claim`);
    }
    if (event.kind === 'commandIssued' && event.command.kind === 'submitClaim' && event.command.params['frequency'] !== '1') {
      const claim = claimOf(account, event.command.subject);
      const was = before.claims.find((other) => other.sequence === claim?.sequence);
      const wasSaid = events.some((e) => e.kind === 'taskCompleted');
      if (claim !== null && (was?.remittances.length ?? 0) === 0 && wasSaid)
        wrong.push('3: a change of a claim that was never adjudicated');
    }
  }
  return [...wrong, ...twoPathsOnOneLine(account)];
}

function twoPathsOnOneLine(account: Account): readonly string[] {
  return account.claims.flatMap((claim) => {
    const open = claim.cases.filter((c) => c.status === 'working' || c.status === 'awaitingAnswer');
    return open.flatMap((a, i) =>
      open
        .slice(i + 1)
        .filter((b) => shareLine(a, b) || [a, b].some((c) => wholeClaim.has(c.paths.at(-1)?.kind ?? '')))
        .map((b) => `3: two paths on one line (${a.paths.at(-1)?.kind} of ${a.id}, ${b.paths.at(-1)?.kind} of ${b.id})`),
    );
  });
}

function noneTooLate({ advanced: { account, events }, arrivals, today }: TakenTurn): readonly string[] {
  const turn = new Turn(account, events[0]?.occurredAt ?? arrivals[0]?.occurredAt ?? ('' as never), knowledge);
  const late = events.flatMap((event) => {
    if (event.kind !== 'pathTaken' || event.subject.kind !== 'case' || event.step === undefined) return [];
    const found = findCase(account, event.subject.caseId);
    if (found === null) return [];
    const step = waysOf(turn, found)
      .flatMap((way) => way.steps)
      .find(({ name }) => name === event.step);
    if (step === undefined) return [];
    const deadline = turn.derive(step.deadline, found.claim, anchorsOf(turn, found.claim, found.case));
    return deadline !== null && deadline.legalOn < today ? [`4: ${step.name} was taken after ${deadline.legalOn}`] : [];
  });
  const isEnded = arrivals.some(
    (a) =>
      a.kind === 'remittancePosted' ||
      (a.kind === 'submissionAcknowledged' && a.verdict === 'accepted' && a.by === 'payer' && a.level === 'claim'),
  );
  const stopped = events.filter((e) => e.kind === 'deadlineMet' && e.deadlineId.startsWith('filing:'));
  const proved = account.claims.flatMap((c) => c.submissions).filter((s) => s.acceptedOn !== null && s.status === 'sent');
  return [
    ...late,
    ...(stopped.length > 0 && !isEnded ? ['4: the filing clock stopped without an acceptance'] : []),
    ...proved.map((s) => `4: ${s.key} is proof without an answer`),
  ];
}

function holdsHold({ before, advanced: { account, events } }: TakenTurn): readonly string[] {
  const isHeld = before.holds.some((h, n) => h.releasedOn === null && account.holds[n]?.releasedOn === null);
  const stopped = new Set(['sendStatement', 'offerPaymentPlan', 'placeWithVendor']);
  const sent = events.filter((e) => e.kind === 'commandIssued' && stopped.has(e.command.kind));
  const placed = events.filter((e) => e.kind === 'commandIssued' && e.command.kind === 'placeWithVendor');
  return [
    ...(isHeld && sent.length > 0 ? ['5: sent to the patient on hold'] : []),
    ...(placed.length > 0 && account.patient.statements.length === 0 ? ['5: placed without a statement'] : []),
  ];
}

/** A deadline that a person's step set goes with the step when it is undone; no other one may go. */
function datesNeverLater({ before, advanced: { account, events } }: TakenTurn): readonly string[] {
  const isUndoing = events.some((e) => e.kind === 'stepUndone');
  const now = new Map(account.deadlines.map((d) => [d.id, d.deadline.legalOn]));
  return before.deadlines.flatMap(({ id, deadline }) =>
    (now.get(id) ?? (isUndoing ? '' : '9')) > deadline.legalOn ? [`6: ${id} is later than it was`] : [],
  );
}

function postedOnce({ advanced: { account } }: TakenTurn): readonly string[] {
  const ids = account.lines.map((l) => l.id);
  // A payment may come back in parts, never more than it was.
  const isPart = (l: LedgerLine) => l.kind === 'patientPayment' && l.undoes !== null;
  const undone = account.lines.flatMap((l) => (isPart(l) ? [] : (l.undoes ?? [])));
  const tooMuch = account.lines.filter(
    (paid) =>
      account.lines.filter((l) => l.undoes === paid.id).reduce((total, { cents }) => total + cents, paid.cents) * Math.sign(paid.cents) < 0,
  );
  const isOnce = new Set(ids).size === ids.length && new Set(undone).size === undone.length && tooMuch.length === 0;
  return isOnce ? [] : ['7: posted or undone twice'];
}

function ownedAndDated({ advanced: { account, terminal, wakeAt }, today }: TakenTurn): readonly string[] {
  if (terminal) return ownerOf(account, today).kind === 'closed' ? [] : ['owner: settled, yet somebody owns it'];
  const hasWork =
    account.tasks.some((t) => t.status === 'open') ||
    account.commands.some((c) => c.status === 'issued' || c.status === 'unknown') ||
    wakeAt !== null ||
    account.patient.placements.length > 0;
  return hasWork ? [] : ['owner: nothing dated and nobody has it'];
}

function isSame(a: Account, b: Account): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** Some steps of one life, each looked at; throws with the whole story at the first fault. */
function live(life: RandomAccount, steps: number, name: string): void {
  const before = life.account;
  const from = life.history.length;
  const fail = (what: string) => new Error(`life ${name} of SEED=${seed}: ${what}\n${life.history.map(describeEvent).join('\n')}`);
  for (let step = 0; step < steps; step += 1) {
    const faults = broken(life.history.length === 0 ? life.open() : life.step());
    if (faults.length > 0) throw fail(faults.join('; '));
  }
  if (!isSame(life.history.slice(from).reduce(evolve, before), life.account)) throw fail('its events give another account');
}

function disputesOf({ account }: RandomAccount): number {
  const paths = account.claims.flatMap((c) => c.cases).flatMap((c) => c.paths);
  return paths.filter((p) => p.step !== undefined && p.filedOn !== null).length;
}

test(`${sequences.toLocaleString('en-US')} sequences under rules that answer anything keep the invariants, and their events give the account again (SEED=${seed})`, () => {
  const numbers = new RandomNumbers(seed);
  const lives: RandomAccount[] = [];
  let disputes = 0;
  for (let n = 0; n < sequences; n += 1) {
    const earlier = n % 8 === 0 ? undefined : lives[numbers.next(lives.length)];
    const life = earlier === undefined ? new RandomAccount(knowledge, seed + n, 'any') : earlier.fork(seed + n);
    live(life, 3, String(n));
    disputes += disputesOf(life);
    // Each goes on from a sequence before it, so that short ones reach far; the longest make room.
    if (life.history.length < 90) lives[lives.length < 500 ? lives.length : numbers.next(500)] = life;
  }
  // Lives that never reach a dispute would prove nothing about it.
  expect(disputes).toBeGreaterThan(sequences / 300);
}, 240_000);

test(`longer lives under the shipped rules do, too (SEED=${seed})`, () => {
  const lives = [...Array(120).keys()].map((n) => new RandomAccount(knowledge, seed + n));
  lives.forEach((life, n) => live(life, 25, `${n} under the shipped rules`));
  expect(lives.filter((life) => disputesOf(life) > 0).length).toBeGreaterThan(3);
}, 120_000);

test('any event at any time leaves an account that can be read: evolve never throws', () => {
  const events = [...Array(200).keys()].flatMap((n) => {
    const life = new RandomAccount(knowledge, seed - 1 - n, 'any');
    life.open();
    for (let step = 0; step < 12; step += 1) life.step();
    return life.history;
  });
  let account = emptyAccount('a');
  for (const event of [...events].reverse()) account = evolve(account, event);
  expect(account.eventCount).toBe(events.length);
});
