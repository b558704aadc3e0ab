import { amountText, cents } from '../rules/domain/money.ts';
import type { PaidFor, PaymentRow, PlanRow } from '../rules/domain/payment.ts';

/** A payment or a plan that a person or the API gives is a file of one row like any other: it is kept with its bytes, and the same again is one. */
interface OneRowFile {
  readonly name: string;
  readonly text: string;
}

export function paymentFile(row: PaymentRow): OneRowFile {
  const id = row.event === 'payment' ? row.paymentId : row.reversalId;
  const target = 'to' in row ? purposeCells(row.to) : noPurpose;
  const via = row.event === 'payment' ? row.via : '';
  const cells = { event: row.event, payment_id: id, ...target, amount: amountText(cents(row.cents)), on: row.on, via };
  const rest = row.event === 'payment' ? { of: '', reason: '' } : { of: row.of, reason: row.reason };
  return { name: `payment-${fileName(id)}.csv`, text: csv({ ...cells, ...rest }) };
}

export function planFile({ planId, event, on, accounts, instalmentCents, months, firstDueOn, by }: PlanRow): OneRowFile {
  const terms = {
    instalment: instalmentCents === null ? '' : amountText(cents(instalmentCents)),
    months: months === null ? '' : String(months),
    first_due_on: firstDueOn ?? '',
  };
  return {
    name: `plan-${fileName(planId)}-${event}.csv`,
    text: csv({ plan_id: planId, event, on, accounts: accounts.join(' '), ...terms, by }),
  };
}

const noPurpose = { account_number: '', guarantor_id: '', plan_id: '' };

function purposeCells(to: PaidFor): typeof noPurpose {
  switch (to.kind) {
    case 'account':
      return { ...noPurpose, account_number: to.accountNumber };
    case 'plan':
      return { ...noPurpose, plan_id: to.planId };
    case 'guarantor':
      return { ...noPurpose, guarantor_id: to.guarantorId };
    case 'guarantorOf':
      return { ...noPurpose, guarantor_id: `of:${to.accountNumber}` };
  }
}

function csv(cells: Readonly<Record<string, string>>): string {
  return `${Object.keys(cells).join(',')}\n${Object.values(cells).map(quoted).join(',')}\n`;
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

function fileName(id: string): string {
  return id.replaceAll(/[^A-Za-z0-9_.-]/g, '_');
}
