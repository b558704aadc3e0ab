import { Command, InvalidArgumentError } from 'commander';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { amountText, cents } from '../../../rules/domain/money.ts';
import type { BadDebtLogView } from '../../views/assistance-shapes.ts';
import { type Answer, money, moneyCell, section, table } from '../output.ts';
import type { Session } from '../session.ts';

/** `recourse bad-debt log`: Medicare bad debt for the cost report (42 CFR 413.89). */
export function badDebtCommand(session: Session): Command {
  const log = new Command('log')
    .description('what may be claimed of a year, what came in after it was claimed, and what may not be claimed and why')
    .requiredOption('--year <year>', 'in which the cost reporting period begins', readYear)
    .option('--from-month <month>', 'in which it begins, 1 to 12', readMonth, 1)
    .option('--csv', 'print the log as comma-separated values')
    .action(({ year, fromMonth, csv }: { readonly year: number; readonly fromMonth: number; readonly csv?: true }) =>
      session.ask(async ({ assistance }): Promise<Answer> => {
        const shown = await assistance.badDebtLog(spanOf(year, fromMonth));
        return { document: shown, lines: csv === true ? csvLines(shown) : logLines(shown) };
      }),
    );
  return new Command('bad-debt').description('Medicare bad debt (42 CFR 413.89)').addCommand(log);
}

function spanOf(year: number, month: number) {
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const next = new Date(Date.UTC(year + 1, month - 1, 0)).toISOString().slice(0, 10);
  return { from: civilDate(first), through: civilDate(next) };
}

function logLines({ from, through, cents: total, entries, notClaimed }: BadDebtLogView): readonly string[] {
  const head = ['account', 'serviced', 'what', 'on', 'first bill', 'effort over', 'deductible', 'coinsurance', 'amount'];
  const rows = entries.map((e) => [
    e.accountNumber,
    e.servicedFrom,
    e.kind === 'recovery' ? 'recovery' : e.basis,
    e.on,
    e.firstBillOn ?? '',
    e.effortEndsOn ?? '',
    moneyCell(e.deductibleCents),
    moneyCell(e.coinsuranceCents),
    moneyCell(e.cents),
  ]);
  return [
    `Medicare bad debt ${from} to ${through}: ${money(total)} in ${entries.length} entries`,
    ...table(head, rows),
    ...section(
      'Written off and not to be claimed',
      notClaimed.map(({ accountNumber, why }) => `${accountNumber}: ${why}`),
    ),
  ];
}

const columns = [
  'account_number',
  'patient',
  'member_id',
  'serviced_from',
  'serviced_through',
  'kind',
  'basis',
  'on',
  'first_bill_on',
  'effort_over_on',
  'medicare_remittance_on',
  'medicaid_remittance_on',
  'returned_by_agency_on',
  'deductible',
  'coinsurance',
  'amount',
];

function csvLines({ entries }: BadDebtLogView): readonly string[] {
  const rows = entries.map((e) => {
    const about = [e.accountNumber, e.patient, e.memberId, e.servicedFrom, e.servicedThrough, e.kind, e.basis, e.on];
    const days = [e.firstBillOn, e.effortEndsOn, e.medicareRemittanceOn, e.medicaidRemittanceOn, e.returnedOn].map((on) => on ?? '');
    const amounts = [e.deductibleCents, e.coinsuranceCents, e.cents].map((amount) => amountText(cents(amount)));
    return [...about, ...days, ...amounts];
  });
  return [columns, ...rows].map((cells) => cells.map(quoted).join(','));
}

function quoted(value: string): string {
  const text = /^[=+@\t]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function readYear(text: string): number {
  if (/^20\d\d$/.test(text)) return Number(text);
  throw new InvalidArgumentError('It must be a year such as 2026.');
}

function readMonth(text: string): number {
  const month = Number(text);
  if (/^\d{1,2}$/.test(text) && month >= 1 && month <= 12) return month;
  throw new InvalidArgumentError('It must be a month from 1 to 12.');
}
