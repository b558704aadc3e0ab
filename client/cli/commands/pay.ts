import { randomUUID } from 'node:crypto';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import type { PaidFor } from '../../../rules/domain/payment.ts';
import type { PaymentToTake, ReversalToTake } from '../../plan-office.ts';
import type { PaymentView } from '../../views/plan-shapes.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { money, moneyCell, table } from '../output.ts';
import { readAmount, readDate } from '../read-arguments.ts';
import type { Session } from '../session.ts';

interface Told {
  readonly account?: string;
  readonly plan?: string;
  readonly guarantor?: string;
  readonly guarantorOf?: string;
  readonly returned?: string;
  readonly moved?: string;
  readonly number?: string;
  readonly on?: CivilDate;
  readonly via: 'direct' | 'vendor';
  readonly reason: string;
}

export function payCommand(session: Session): Command {
  return new Command('pay')
    .description('take a payment of a patient; or, with --returned or --moved, take one back. The same number again changes nothing')
    .argument('<amount>', 'dollars', readAmount)
    .option('--account <number>', 'for this account')
    .option('--plan <number>', 'for a payment plan: spread over its accounts, to the cent')
    .option('--guarantor-of <account>', 'for everything that the guarantor of this account owes')
    .option('--guarantor <id>', 'the same, by the id of the guarantor')
    .option('--returned <payment>', 'the bank took this payment back')
    .option('--moved <payment>', 'so much of this payment belongs where one of the options above says')
    .option('--number <text>', 'the bank’s, the portal’s or your own number of it; a new one when absent')
    .option('--on <date>', 'when it was paid; today when absent', readDate)
    .option('--reason <text>', 'why it came back or was moved', '')
    .addOption(new Option('--via <whom>', 'to whom it was paid').choices(['direct', 'vendor']).default('direct'))
    .action((amount: number, told: Told) =>
      session.ask(async ({ plans }) => {
        const view = await plans.take(rowOf(amount, told));
        return { document: view, lines: paymentLines(view) };
      }),
    );
}

export function paymentCommand(session: Session): Command {
  return new Command('payment')
    .description('one payment: where it went, and what came back of it')
    .argument('<number>')
    .action((number: string) =>
      session.ask(async ({ plans }) => {
        const view = await plans.payment(number);
        if (view !== null) return { document: view, lines: paymentLines(view) };
        const next = 'recourse show ACCOUNT lists what was posted, with the file it came in';
        throw new CommandFailure({ exit: exitCode.no, what: 'No payment came in under that number.', where: number, next });
      }),
    );
}

function rowOf(cents: number, told: Told): PaymentToTake | ReversalToTake {
  const { returned, moved, on, reason, via } = told;
  const number = told.number ?? `P-${randomUUID().slice(0, 13).toUpperCase()}`;
  if (returned !== undefined && moved !== undefined) throw new InvalidArgumentError('Give --returned or --moved, not both.');
  if (returned !== undefined) return { event: 'returned', reversalId: number, of: returned, reason, on, cents };
  if (moved !== undefined) return { event: 'moved', reversalId: number, of: moved, reason, to: purposeOf(told), on, cents };
  return { event: 'payment', paymentId: number, to: purposeOf(told), via, on, cents };
}

function purposeOf({ account, plan, guarantor, guarantorOf }: Told): PaidFor {
  const given = [account, plan, guarantor, guarantorOf].filter((one) => one !== undefined).length;
  if (given !== 1) throw new InvalidArgumentError('Say what it is for: one of --account, --plan, --guarantor-of and --guarantor.');
  if (account !== undefined) return { kind: 'account', accountNumber: account };
  if (plan !== undefined) return { kind: 'plan', planId: plan };
  if (guarantorOf !== undefined) return { kind: 'guarantorOf', accountNumber: guarantorOf };
  return { kind: 'guarantor', guarantorId: guarantor ?? '' };
}

function paymentLines({ paymentId, amountCents, paidOn, paidFor, status, parts, reversals }: PaymentView): readonly string[] {
  const where =
    status === 'posted'
      ? table(
          ['Account', 'Amount'],
          parts.map((part) => [part.accountNumber, moneyCell(part.amountCents)]),
        )
      : ['Nobody is known for it yet: a task in the queue unmatched asks whose it is.'];
  const back = reversals.map((one) => {
    const what = one.kind === 'moved' ? `moved to ${one.paidFor ?? ''}` : `came back${one.reason === '' ? '' : ` (${one.reason})`}`;
    return `${money(one.amountCents)} ${what} on ${one.on} as ${one.reversalId}${one.isApplied ? '' : '; waits for the payment'}`;
  });
  return [`✓ Payment ${paymentId}: ${money(amountCents)} on ${paidOn}, for ${paidFor}`, ...where, ...back];
}
