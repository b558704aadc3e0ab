import { invariant } from '../../rules/domain/failures.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import type { LedgerLine } from '../../rules/domain/ledger.ts';
import { words } from '../../rules/lifecycle/describe.ts';
import type { Transaction } from '../../prisma/client.ts';
import { readOutboundSource } from '../../prisma/reads/outbound-source.ts';
import type { GatheredIntent } from '../../prisma/reads/runs.ts';
import { addressLines, letter, money, patientName } from '../outbound/letters.ts';
import { lastClaim } from '../submissions.ts';
import { type Run, type RunWriter, writeEach } from './writer.ts';

/** Statements of a run: one for every guarantor, with all of their accounts that are due. */
export const statementWriter: RunWriter = {
  most: 500,
  write: async (tx, run, intents) => {
    const { made, refused } = await writeEach(intents, (intent) => accountPart(tx, intent));
    const people = grouped(made, ({ intent: { guarantorId, accountId } }) => guarantorId ?? accountId);
    const parts = [...people.values()].map((group) => group.map(({ part }) => part));
    const files = parts.map((accounts, n) => statement(run, `statement-${run.number}-${n + 1}`, accounts));
    return { files, channel: run.routes.routeFor('patients', '').channel, parcel: `statements-${run.number}`, refused };
  },
};

type AccountPart = Awaited<ReturnType<typeof accountPart>>;

function statement({ on }: Run, name: string, accounts: readonly AccountPart[]) {
  const [first] = accounts;
  invariant(first !== undefined, 'a statement has an account');
  const total = accounts.reduce((all, { balanceCents }) => all + balanceCents, 0);
  const body = [
    ...accounts.flatMap(({ lines }) => [...lines, '']),
    `Please pay: ${money(total)}`,
    '',
    'If you cannot pay this amount, ask us about financial assistance or a payment plan.',
  ];
  const { claim, accountNumber } = first;
  const to = [patientName(claim), ...addressLines(claim.patient.address)];
  const content = letter({ accountNumber, claim, on, reference: name }, { to, title: `Statement of ${on}`, body });
  return { folder: 'statements', name: `${name}.txt`, content };
}

async function accountPart(tx: Transaction, { accountId, command }: GatheredIntent) {
  const source = await readOutboundSource(tx, accountId, null);
  const claim = lastClaim({ source }, 1);
  const posted = source.account.lines.filter(({ bucket }) => bucket === 'patient').map(ledgerText);
  const lines = [`Account: ${source.accountNumber}`, `Serviced: ${claim.servicedFrom} to ${claim.servicedThrough}`, ...posted];
  return { accountNumber: source.accountNumber, claim, lines, balanceCents: Number(command.params.balanceCents ?? 0) };
}

function ledgerText({ on, kind, cents }: LedgerLine): string {
  const what = kind === 'transfer' ? 'your share' : words(kind);
  return `  ${on}  ${what}  ${money(cents)}`;
}
