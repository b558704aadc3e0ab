import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { cents, dollars } from '../../rules/domain/money.ts';
import { accountBalance, bucketBalance } from '../../rules/lifecycle/balances.ts';
import { recordStatus, recoveredCents } from '../../rules/lifecycle/denials.ts';
import { nextDate } from '../../rules/lifecycle/dates.ts';
import { isSettled, ownerOf, phaseOf } from '../../rules/lifecycle/phase.ts';
import { planCheck } from './check-plan.ts';
import { proposalsOf } from '../../rules/lifecycle/proposals.ts';
import { assistanceChecks, paramsCheck } from './check-assistance.ts';
import type { Failure } from './failure.ts';
import type { Expectation, Never } from './format.ts';

/** Compares the account, as it is at the end of that day, with what the scenario says must be true. */
export function check(account: Account, expected: Expectation, today: CivilDate): readonly Failure[] {
  const cases = account.claims.flatMap((c) => c.cases);
  const owner = ownerOf(account, today);
  return [
    ...same('phase', expected.phase, phaseOf(account)),
    ...same('balance', expected.balance === undefined ? undefined : dollars(expected.balance), dollars(accountBalance(account))),
    ...Object.entries(expected.buckets ?? {}).flatMap(([bucket, amount]) => bucketCheck(account, bucket, amount)),
    ...same('path', expected.path, lastPath(account)),
    ...same('category', expected.category, cases.at(-1)?.category ?? 'none'),
    ...same('owner', expected.owner, owner.kind === 'queue' ? owner.queue : owner.kind),
    ...same('next', expected.next, nextDate(account, today)?.on ?? 'none'),
    ...(expected.claims === undefined
      ? []
      : same('claims', expected.claims.join(', '), account.claims.map((one) => one.status).join(', '))),
    ...planCheck(account, expected, today),
    ...(expected.denials === undefined ? [] : denialsCheck(account, expected.denials)),
    ...Object.entries(expected.posted ?? {}).flatMap(([kind, amount]) => postedCheck(account, kind, amount)),
    ...Object.entries(expected.deadlines ?? {}).flatMap(([kind, dates]) => deadlineCheck(account, kind, dates)),
    ...Object.entries(expected.timers ?? {}).flatMap(([name, on]) => timerCheck(account, name, on)),
    ...(expected.tasks ?? []).flatMap((task) => taskCheck(account, task)),
    ...(expected.proposals === undefined
      ? []
      : same(
          'proposals',
          expected.proposals.join(', '),
          proposalsOf(account)
            .map(({ kind, state }) => `${kind}: ${state}`)
            .join(', '),
        )),
    ...(expected.noTasks === true ? same('open tasks', 'none', openKinds(account) || 'none') : []),
    ...(expected.sent ?? []).flatMap((command) => commandCheck(account, command)),
    ...same(
      'proof of timely filing',
      expected.proof,
      account.claims.flatMap((c) => c.submissions).find((s) => s.acceptedOn !== null)?.acceptedOn ?? 'none',
    ),
    ...same('terminal', expected.terminal, isSettled(account)),
    ...assistanceChecks(account, expected, today),
  ];
}

function same(what: string, expected: string | boolean | undefined, came: unknown): readonly Failure[] {
  return expected === undefined || expected === came ? [] : [{ what, expected: String(expected), came: String(came) }];
}

function bucketCheck(account: Account, bucket: string, amount: number | undefined): readonly Failure[] {
  const name = (['payer1', 'payer2', 'payer3', 'patient'] as const).find((b) => b === bucket);
  if (name === undefined || amount === undefined) return [];
  return same(`balance of ${bucket}`, dollars(cents(amount)), dollars(bucketBalance(account, name)));
}

/** `newClaim`, `reconsideration`, `appeal` …: the path taken last, or what the open correction of a rejected claim is. */
function lastPath(account: Account): string {
  const paths = account.claims.flatMap((c) => c.cases).flatMap((c) => c.paths);
  const rejected = account.claims.some((c) => c.submissions.at(-1)?.status === 'rejected');
  return paths.at(-1)?.kind ?? (rejected ? 'newClaim' : 'none');
}

function deadlineCheck(account: Account, kind: string, dates: NonNullable<Expectation['deadlines']>[string]): readonly Failure[] {
  const found = account.deadlines.findLast((d) => d.deadline.kind === kind);
  if (found === undefined) return [{ what: `deadline ${kind}`, expected: 'to be set', came: 'not set' }];
  return [
    ...same(`deadline ${kind}, nominal`, dates.nominal, found.deadline.nominalOn),
    ...same(`deadline ${kind}, legal`, dates.legal, found.deadline.legalOn),
    ...same(`deadline ${kind}, safe by`, dates.safeBy, found.deadline.safeByOn),
    ...same(`deadline ${kind}, status`, dates.status, found.status),
  ];
}

function timerCheck(account: Account, name: string, on: string): readonly Failure[] {
  const armed = account.timers.findLast((t) => t.status === 'armed' && t.id.startsWith(`${name}:`));
  return same(`timer ${name}`, on, armed?.on ?? 'not armed');
}

/** Of several of a kind the one with those words is meant. */
function taskCheck(account: Account, expected: NonNullable<Expectation['tasks']>[number]): readonly Failure[] {
  const open = account.tasks.filter((t) => t.status === 'open' && t.kind === expected.kind);
  const task = open.find((t) => saysCheck(t, expected.says).length === 0) ?? open[0];
  if (task === undefined) return [{ what: `task ${expected.kind}`, expected: 'to be open', came: openKinds(account) || 'no open task' }];
  return [
    ...same(`task ${expected.kind}, queue`, expected.queue, task.queue),
    ...same(`task ${expected.kind}, assignee`, expected.assignee, task.assignee ?? 'nobody'),
    ...same(`task ${expected.kind}, safe by`, expected.safeBy, task.safeByOn),
    ...same(`task ${expected.kind}, legal`, expected.legal, task.legalOn),
    ...same(`task ${expected.kind}, rule`, expected.rule, task.ruleId),
    ...same(`task ${expected.kind}, opened`, expected.opened, task.openedOn),
    ...same(
      `task ${expected.kind}, amount`,
      expected.amount === undefined ? undefined : dollars(expected.amount),
      dollars(cents(task.amountCents)),
    ),
    ...saysCheck(task, expected.says),
  ];
}

function saysCheck({ title, reason }: Account['tasks'][number], says: string | undefined): readonly Failure[] {
  const text = `${title}: ${reason}`;
  return says === undefined || text.includes(says) ? [] : [{ what: 'the words of the task', expected: says, came: text }];
}

type ExpectedDenial = NonNullable<Expectation['denials']>[number];

/** Of each record only what the story says of it is compared. */
function denialsCheck(account: Account, expected: readonly ExpectedDenial[]): readonly Failure[] {
  const came = account.claims
    .flatMap((claim) => claim.cases)
    .flatMap((c) => c.denials.map((d, n) => ({ c, d, n })))
    .map(({ c, n, d }, index) =>
      denialText(expected[index], {
        of: `${d.group}-${d.carc}`,
        line: d.lineNumber ?? 0,
        amount: cents(d.cents),
        recovered: cents(recoveredCents(c)[n] ?? 0),
        status: recordStatus(c, n),
        work: c.status,
      }),
    );
  const wanted = expected.map((one) => denialText(one, one));
  return same('denial records', wanted.join('; ') || 'none', came.join('; ') || 'none');
}

function denialText(like: ExpectedDenial | undefined, { of, line, amount, recovered, status, work }: ExpectedDenial): string {
  const parts = [
    of,
    like?.line === undefined ? '' : `line ${line}`,
    dollars(amount),
    like?.recovered === undefined ? '' : `recovered ${dollars(recovered ?? cents(0))}`,
    like?.status === undefined ? '' : status,
    like?.work === undefined ? '' : `work ${work}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function postedCheck(account: Account, kind: string, amount: number): readonly Failure[] {
  const posted = account.lines.filter((line) => line.kind === kind).reduce((total, line) => total + line.cents, 0);
  return same(`posted as ${kind}`, dollars(cents(amount)), dollars(cents(posted)));
}

function openKinds(account: Account): string {
  return account.tasks
    .filter((t) => t.status === 'open')
    .map((t) => t.kind)
    .join(', ');
}

function commandCheck(account: Account, expected: NonNullable<Expectation['sent']>[number]): readonly Failure[] {
  const last = account.commands.findLast((c) => c.command.kind === expected.kind);
  if (last === undefined) return [{ what: `command ${expected.kind}`, expected: 'to be carried out', came: 'never issued' }];
  return [
    ...same(`command ${expected.kind}`, expected.status, last.status),
    ...same(`command ${expected.kind}, frequency`, expected.frequency, last.command.params.frequency),
    ...paramsCheck(account, expected),
  ];
}

/** What must not have happened at any time: the whole story is searched, not only its end. */
export function checkNever(account: Account, never: Never): readonly Failure[] {
  const found = (what: string, unwanted: readonly string[], came: readonly string[]): readonly Failure[] =>
    unwanted.filter((name) => came.includes(name)).map((name) => ({ what, expected: `never ${name}`, came: name }));
  const cases = account.claims.flatMap((c) => c.cases);
  const frequencies = account.claims.flatMap((c) => c.submissions).map((s) => s.frequency);
  const patientOwed = account.lines.some((l) => l.bucket === 'patient') || account.patient.statements.length > 0;
  return [
    ...found(
      'tasks',
      never.tasks,
      account.tasks.map((t) => t.kind),
    ),
    ...found(
      'paths',
      never.paths,
      cases.flatMap((c) => c.paths).map((p) => p.kind),
    ),
    ...found(
      'commands',
      never.commands,
      account.commands.map((c) => c.command.kind),
    ),
    ...found('frequencies', never.frequencies, frequencies),
    ...found(
      'deadlines',
      never.deadlines,
      account.deadlines.map((d) => d.deadline.kind),
    ),
    ...(never.denials && cases.length > 0 ? [{ what: 'denials', expected: 'none', came: String(cases.length) }] : []),
    ...(never.patientBilled && patientOwed ? [{ what: 'patient', expected: 'never billed', came: 'billed' }] : []),
  ];
}
