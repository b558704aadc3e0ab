import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { PayerContract } from '../../../rules/contracts/contract.ts';
import { percentText, priceOf } from '../../../rules/contracts/price.ts';
import { readContracts } from '../../../rules/contracts/read-contracts.ts';
import { DomainError } from '../../../rules/domain/failures.ts';
import { cents, dollars, parseAmount } from '../../../rules/domain/money.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import type { Answer } from '../output.ts';
import { readable } from '../read-file.ts';
import type { Session } from '../session.ts';

export function contractsCommand(session: Session): Command {
  const contracts = new Command('contracts').description(
    'what was agreed with payers: fees and shares of the charge, dated (rules/reference/contracts.json)',
  );
  const commands = [
    new Command('check')
      .description('read a contract file and report every fault with its place')
      .argument('<file>')
      .action((path: string) => session.say(checked(path))),
    new Command('price')
      .description('what a contract lets us expect for one line, and how it is computed')
      .argument('<file>')
      .argument('<contract>', 'its id')
      .argument('<code>', 'the procedure code, with its modifiers: 73721-26')
      .requiredOption('--charge <dollars>', 'the charge of the line')
      .option('--units <count>', 'units billed', '1')
      .action((path: string, id: string, code: string, about: { charge: string; units: string }) =>
        session.say(priced(path, id, { code, ...about })),
      ),
  ];
  for (const command of commands) contracts.addCommand(command);
  return contracts;
}

function checked(path: string): Answer {
  const read = contractsAt(path);
  if (typeof read === 'string') return faulty(path, read);
  return { document: { ok: true, contracts: read }, lines: [`✓ ${path}: ${read.length} contracts`, ...read.map(contractLine)] };
}

function contractLine({
  id,
  payerIds,
  linesOfBusiness,
  effective,
  fees,
  percentOfChargeBasisPoints: share,
  lesserOf,
  funding,
}: PayerContract): string {
  const rest = share === null ? 'nothing else has a price' : `anything else ${percentText(share)} of the charge`;
  const to = effective.to === null ? 'on' : `to ${effective.to}`;
  return `  ${id}: ${payerIds.join(', ')}${linesOfBusiness === undefined ? '' : ` (${linesOfBusiness.join(', ')})`}, services from ${effective.from} ${to}; ${fees.length} fees, ${rest}${lesserOf ? ', never more than the charge' : ''}; ${funding ?? 'funding not known'}`;
}

function priced(path: string, id: string, about: { readonly code: string; readonly charge: string; readonly units: string }): Answer {
  const read = contractsAt(path);
  if (typeof read === 'string') return faulty(path, read);
  const contract = read.find((one) => one.id === id);
  if (contract === undefined)
    throw usage(`there is no contract "${id}" in ${path}`, `name one of: ${read.map((one) => one.id).join(', ')}`);
  const chargeCents = parseAmount(about.charge);
  const units = Number(about.units);
  if (chargeCents === null || !(units > 0))
    throw usage('the charge or the units cannot be read', 'give dollars such as 200.00, and units above 0');
  const [code = '', ...modifiers] = about.code.split('-');
  const price = priceOf(contract, { number: 1, code, modifiers, units, chargeCents: cents(chargeCents) });
  if (price === null)
    return { document: { expectedCents: null }, lines: [`contract ${id} names no price for ${about.code}`], exit: exitCode.no };
  return { document: price, lines: [`${dollars(price.expectedCents)}  ${price.words}`] };
}

/** The contracts, or what is wrong with the file, a line per fault. */
function contractsAt(path: string): readonly PayerContract[] | string {
  const text = readable(() => readFileSync(path, 'utf8'));
  try {
    return readContracts(text);
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

function faulty(path: string, faults: string): Answer {
  const all = faults.split('\n');
  return {
    document: { ok: false, faults: all },
    lines: [`✗ ${path}: ${all.length} faults`, ...all.map((fault) => `  ${fault}`)],
    exit: exitCode.no,
  };
}

function usage(what: string, next: string): CommandFailure {
  return new CommandFailure({ exit: exitCode.wrongUsage, what, where: 'the command line', next });
}
