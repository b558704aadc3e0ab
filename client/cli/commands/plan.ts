import { randomUUID } from 'node:crypto';
import { Command } from 'commander';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import type { PlanEvent } from '../../../rules/domain/payment.ts';
import type { PlanView, QuoteView } from '../../views/plan-shapes.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { type Answer, money, moneyCell, table } from '../output.ts';
import { readAmount, readCount, readDate } from '../read-arguments.ts';
import type { Session } from '../session.ts';

interface Terms {
  readonly instalment?: number;
  readonly months?: number;
  readonly first?: CivilDate;
  readonly on?: CivilDate;
  readonly plan?: string;
  readonly by: string;
}

export function planCommand(session: Session): Command {
  const known = (name: string, event: PlanEvent, description: string) =>
    answered(new Command(name).description(description).argument('<plan>', 'its number')).action((plan: string, terms: Terms) =>
      tell(session, { event, planId: plan, accounts: [] }, terms),
    );
  const made = (name: string, event: PlanEvent, description: string) =>
    termed(answered(new Command(name).description(description).argument('<accounts...>', 'accounts of one guarantor')))
      .option('--plan <number>', 'the number it gets; the same again changes nothing')
      .action((accounts: readonly string[], terms: Terms) =>
        tell(session, { event, planId: terms.plan ?? `PL-${randomUUID().slice(0, 8).toUpperCase()}`, accounts }, terms),
      );
  const named = (name: string, description: string) =>
    new Command(name).description(description).argument('<plan>', 'its number, or an account');
  return new Command('plan')
    .description('payment plans over one account or several: monthly, without interest, each payment spread to the cent')
    .addCommand(made('offer', 'offered', 'offer a plan: the patient gets a letter, and the answer is awaited'))
    .addCommand(made('agree', 'agreed', 'agree a plan with the patient who is here or on the phone'))
    .addCommand(termed(known('accept', 'agreed', 'the patient accepts what was offered, or other terms')))
    .addCommand(known('decline', 'declined', 'the patient declines it'))
    .addCommand(known('end', 'ended', 'end a plan by agreement: the accounts go on without it'))
    .addCommand(named('show', 'what is agreed, what is paid, what is due').action((name: string) => show(session, name)))
    .addCommand(named('quote', 'what pays everything off today, and how long that holds').action((name: string) => quote(session, name)));
}

function answered(command: Command): Command {
  return command.requiredOption('--by <name>', 'who takes it down').option('--on <date>', 'the day of it; today when absent', readDate);
}

function termed(command: Command): Command {
  return command
    .option('--instalment <dollars>', 'a month, for all accounts together', readAmount)
    .option('--months <count>', 'in so many months', readCount)
    .option('--first <date>', 'when the first instalment is due; a month later when absent', readDate);
}

function tell(
  session: Session,
  about: { readonly event: PlanEvent; readonly planId: string; readonly accounts: readonly string[] },
  { instalment, months, first, on, by }: Terms,
): Promise<void> {
  return session.ask(async ({ plans }): Promise<Answer> => {
    const terms = { instalmentCents: instalment ?? null, months: months ?? null, firstDueOn: first ?? null };
    const view = await plans.plan({ ...about, ...terms, by, on });
    return { document: view, lines: [`✓ Plan ${view.planId} is ${view.status}.`, ...planLines(view)] };
  });
}

function show(session: Session, name: string): Promise<void> {
  return session.ask(async ({ plans }) => {
    const view = await plans.show(name);
    if (view === null) throw none(name);
    return { document: view, lines: [`Plan ${view.planId}: ${view.status}`, ...planLines(view)] };
  });
}

function quote(session: Session, name: string): Promise<void> {
  return session.ask(async ({ plans }) => {
    const view = await plans.quote(name);
    if (view === null) throw none(name);
    return { document: view, lines: quoteLines(view) };
  });
}

function none(where: string): CommandFailure {
  const next = 'recourse plan agree ACCOUNT … makes one; recourse show ACCOUNT says whether the account has one';
  return new CommandFailure({ exit: exitCode.no, what: 'There is no such plan, and no account of that number with one.', where, next });
}

function planLines({
  totalCents,
  instalmentCents,
  firstDueOn,
  lastDueOn,
  next,
  leftCents,
  overdueCents,
  accounts,
}: PlanView): readonly string[] {
  const due = next === null ? 'nothing is due any more' : `next ${money(next.cents)} on ${next.dueOn}`;
  const rows = accounts.map((one) => [
    one.accountNumber,
    one.status,
    moneyCell(one.shareCents),
    moneyCell(one.balanceCents),
    moneyCell(one.overdueCents),
    String(one.left.length),
  ]);
  return [
    `${money(totalCents)} in instalments of ${money(instalmentCents)}, ${firstDueOn ?? '?'} to ${lastDueOn ?? '?'}`,
    `${money(leftCents)} left, ${money(overdueCents)} of it overdue; ${due}`,
    '',
    ...table(['Account', 'Plan', 'Share', 'Owed', 'Overdue', 'Left to pay'], rows),
  ];
}

function quoteLines({ totalCents, goodThrough, overdueCents, instalmentsLeft, lastDueOn, accounts }: QuoteView): readonly string[] {
  const instead = lastDueOn === null ? '' : ` It takes the place of ${instalmentsLeft} instalments to ${lastDueOn}.`;
  return [
    `${money(totalCents)} pays everything off, if it comes by ${goodThrough} and nothing else is posted before. No fee, no interest.${instead}`,
    ...(overdueCents === 0 ? [] : [`${money(overdueCents)} of it is overdue.`]),
    '',
    ...table(
      ['Account', 'Owed'],
      accounts.map(({ accountNumber, cents }) => [accountNumber, moneyCell(cents)]),
    ),
  ];
}
