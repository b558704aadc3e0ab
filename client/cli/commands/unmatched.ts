import { randomUUID } from 'node:crypto';
import { Argument, Command, Option } from 'commander';
import { type Settlement, type UnmatchedOutcome, unmatchedOutcomes } from '../../../rules/domain/unmatched.ts';
import { words } from '../../../rules/lifecycle/describe.ts';
import type { Engine } from '../../engine.ts';
import type { SettleAnswer } from '../../settling.ts';
import type { AccountView } from '../../views/account-shapes.ts';
import type { UnmatchedView } from '../../views/work-shapes.ts';
import { ownerWords } from '../account-lines.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { findAccount } from '../find-account.ts';
import { type Answer, money, table } from '../output.ts';
import { readCount, readUnmatchedName } from '../read-arguments.ts';
import type { Session } from '../session.ts';

const outcomes: readonly string[] = [...new Set<string>(Object.values(unmatchedOutcomes).flat())];
const theTask = () => new Argument('<task>', 'such as unmatched/1a2b3c4d (recourse queue unmatched)').argParser(readUnmatchedName);

export function candidatesCommand(session: Session): Command {
  return new Command('candidates')
    .description('what came in without an account, and the accounts it may belong to, with what agrees and what does not')
    .addArgument(theTask())
    .action((name: string) =>
      session.ask(async ({ reads }) => {
        const task = await findUnmatched(reads, name);
        return { document: task, lines: candidateLines(task) };
      }),
    );
}

interface SettleOptions {
  readonly account?: string;
  readonly candidate?: number;
  readonly submission?: string;
  readonly sent?: string;
  readonly outcome?: UnmatchedOutcome;
  readonly by: string;
  readonly reference?: string;
  readonly note?: string;
  readonly formId?: string;
}

export function settleCommand(session: Session): Command {
  return new Command('settle')
    .description('end a task that has no account: give what came in to an account, or close it with a reason')
    .addArgument(theTask())
    .addOption(
      new Option('--candidate <n>', 'the nth account that recourse task candidates lists')
        .argParser(readCount)
        .conflicts(['account', 'sent']),
    )
    .option('--account <account>', 'the account to which it belongs, by number or id')
    .addOption(
      new Option('--submission <key>', 'the submission (CLM01) that was answered, when the account has several').conflicts('candidate'),
    )
    .addOption(
      new Option('--sent <file>', 'the file of ours, by name, that a TA1, 999 or refused batch answers').conflicts([
        'account',
        'submission',
      ]),
    )
    .addOption(new Option('--outcome <outcome>', 'matched when an account is named').choices(outcomes))
    .requiredOption('--by <name>', 'who decided it')
    .option('--reference <trace>', 'with correctedReceived: TRN02 of the remittance that corrects it')
    .option('--note <text>', 'why, when it is closed without an account')
    .option('--form-id <uuid>', 'the same again changes nothing and gets the same answer')
    .action((name: string, options: SettleOptions) =>
      session.ask(async (engine) => {
        const task = await findUnmatched(engine.reads, name);
        const owner = await ownerChosen(engine, task, options);
        const outcome = options.outcome ?? (owner === null ? null : 'matched');
        if (outcome === null) throw undecided(task);
        const formId = options.formId ?? randomUUID();
        const settlement = settlementOf(options, outcome, owner);
        const answer = await engine.settle({ taskId: task.id, settlement, formId });
        const where = 'accountId' in answer && answer.accountId !== null ? await engine.reads.account(answer.accountId) : null;
        return answered(answer, { task, outcome, formId, account: where?.view ?? null });
      }),
    );
}

function settlementOf({ by, reference, note }: SettleOptions, outcome: UnmatchedOutcome, owner: Owner | null): Settlement {
  return {
    outcome,
    by,
    ...owner,
    ...(reference === undefined ? {} : { reference }),
    ...(note === undefined ? {} : { note }),
  };
}

async function findUnmatched(reads: Pick<Engine['reads'], 'unmatched'>, name: string): Promise<UnmatchedView> {
  const found = await reads.unmatched(name);
  if (found !== null && found !== 'many') return found;
  throw new CommandFailure({
    exit: exitCode.no,
    what: found === null ? 'There is no such unmatched task.' : 'Several unmatched tasks end so.',
    where: name,
    next: 'recourse queue unmatched lists the open ones; with --json each has its whole id',
  });
}

type Owner = Required<Pick<Settlement, 'accountId'>> & Pick<Settlement, 'submissionKey'>;

async function ownerChosen({ reads }: Engine, task: UnmatchedView, options: SettleOptions): Promise<Owner | null> {
  const { account, candidate, submission: submissionKey, sent } = options;
  if (sent !== undefined) return sentIn(reads, sent);
  const named = account ?? submissionKey;
  if (named !== undefined)
    return { accountId: (await findAccount(reads, named)).id, ...(submissionKey === undefined ? {} : { submissionKey }) };
  if (candidate === undefined) return null;
  const chosen = task.candidates[candidate - 1];
  if (chosen !== undefined) {
    const { accountId, submissionKey: key } = chosen;
    return { accountId, ...(key === undefined ? {} : { submissionKey: key }) };
  }
  throw new CommandFailure({
    exit: exitCode.no,
    what: `There is no candidate ${candidate}: the task has ${task.candidates.length}.`,
    where: task.name,
    next: 'name the account itself with --account',
  });
}

/** Any submission of a file stands for all of it. */
async function sentIn(reads: Pick<Engine['reads'], 'sentFile'>, name: string): Promise<Owner> {
  const [only, ...others] = await reads.sentFile(name);
  if (only !== undefined && others.length === 0) return only;
  throw new CommandFailure({
    exit: exitCode.no,
    what: only === undefined ? 'No file of ours with claims has that name.' : `That file holds ${others.length + 1} groups.`,
    where: name,
    next:
      only === undefined
        ? 'recourse files sent lists what was sent; nothing follows from an acknowledgement of a file without claims: end it with --outcome notOurs and a note'
        : 'name one claim of the group that is answered with --submission',
  });
}

function undecided({ name, outcomes: possible }: UnmatchedView): CommandFailure {
  return new CommandFailure({
    exit: exitCode.wrongUsage,
    what: 'It is not said how the task ends.',
    where: name,
    next: `add --account or --candidate, or --outcome with one of: ${possible.join(', ')}`,
  });
}

function candidateLines(task: UnmatchedView): readonly string[] {
  const { name, title, reason, payerId, amountCents, safeByOn, status, outcome, closedOn, closedBy, file, outcomes: possible } = task;
  const rows = task.candidates.map(({ accountNumber, why }, n) => [String(n + 1), accountNumber, why]);
  return [
    `${name}  ${title}`,
    reason,
    `${payerId === '' ? '' : `Payer ${payerId}, `}${money(amountCents)}, in ${file.name} at byte ${file.offset}, safe by ${safeByOn ?? 'no date'}`,
    ...(status === 'open' ? [`Outcomes: ${possible.join(', ')}`] : [`Ended on ${closedOn} by ${closedBy}: ${words(outcome ?? status)}`]),
    '',
    ...(rows.length === 0 ? ['No account resembles it.'] : table(['', 'Account', 'Evidence'], rows)),
  ];
}

interface About {
  readonly task: UnmatchedView;
  readonly outcome: UnmatchedOutcome;
  readonly formId: string;
  /** Where it was posted. */
  readonly account: AccountView | null;
}

function answered(answer: SettleAnswer, { task, outcome, formId, account }: About): Answer {
  const { name } = task;
  const document = { ...answer, task: task.id, outcome, formId, account };
  const no = (line: string): Answer => ({ document, lines: [line], exit: exitCode.no });
  switch (answer.kind) {
    case 'done':
      return { document, lines: account === null ? [`✓ ${name} is closed: ${words(outcome)}.`] : postedLines(task, account) };
    case 'refused':
      return no(`✗ ${name} was refused: ${answer.reason}`);
    case 'settledBefore': {
      const to = account === null ? '' : `, account ${account.accountNumber}`;
      return no(`✗ ${name} was settled before: ${words(answer.outcome)}${to}. Nothing was done again.`);
    }
    case 'underWay':
      return no(`✗ ${name} was taken but has no answer yet; repeat with --form-id ${formId} to get it.`);
  }
}

function postedLines({ kind, amountCents }: UnmatchedView, account: AccountView): readonly string[] {
  const { accountNumber, phase, owner, balanceCents, nextStep, tasks } = account;
  const isMoney = kind === 'matchRemittance' || kind === 'matchPayment';
  const done = isMoney ? `Posted ${money(amountCents)} to account ${accountNumber}` : `Given to account ${accountNumber}`;
  const next = nextStep === null ? 'no dated step is ahead' : `its next step is ${nextStep.on}, ${nextStep.reason}`;
  return [
    `✓ ${done}; ${next}.`,
    `Now ${words(phase)}, ${money(balanceCents)}, owner ${ownerWords(owner)}.`,
    ...tasks.map((task) => `Open: ${task.id} ${task.title} [${task.queue}]`),
  ];
}
