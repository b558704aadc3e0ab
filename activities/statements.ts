import type { LedgerLine } from '../rules/domain/ledger.ts';
import { words } from '../rules/lifecycle/describe.ts';
import { carryOut, type Commission, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { addressLines, letter, money, patientName } from './outbound/letters.ts';
import { lastClaim } from './submissions.ts';

type StatementActivities = Pick<CommandActivities, 'sendStatement' | 'offerPaymentPlan'>;

/** What goes to the patient. */
export function statementActivities(sending: Sending): StatementActivities {
  return {
    sendStatement: (input) => carryOut(sending, input, { prepare: statement }),
    offerPaymentPlan: (input) => carryOut(sending, input, { prepare: planOffer }),
  };
}

function statement(commission: Commission): Prepared {
  const { source, params } = commission;
  const lines = source.account.lines.filter(({ bucket }) => bucket === 'patient').map(ledgerText);
  const body = [
    ...lines,
    '',
    `Please pay: ${money(params.balanceCents)}`,
    '',
    'If you cannot pay this amount, ask us about financial assistance or a payment plan.',
  ];
  return toPatient(commission, { kind: 'statement', folder: 'statements', title: `Statement ${params.number}`, body });
}

function planOffer(commission: Commission): Prepared {
  const { params } = commission;
  const body = [`We offer you a payment plan: ${params.months} payments of ${money(params.instalmentCents)}, one each month.`];
  return toPatient(commission, { kind: 'plan-offer', folder: 'letters', title: 'Offer of a payment plan', body });
}

function ledgerText({ on, kind, cents }: LedgerLine): string {
  const what = kind === 'transfer' ? 'your share' : words(kind);
  return `  ${on}  ${what}  ${money(cents)}`;
}

/** A plain letter to the patient. */
export function toPatient(
  commission: Commission,
  about: { readonly kind: string; readonly folder: string; readonly title: string; readonly body: readonly string[] },
): Prepared {
  const { source, on, number, routes } = commission;
  const claim = lastClaim(commission, 1);
  const subject = { accountNumber: source.accountNumber, claim, on, reference: `${about.kind}-${number}` };
  const body = [`Account: ${source.accountNumber}`, `Serviced: ${claim.servicedFrom} to ${claim.servicedThrough}`, '', ...about.body];
  const content = letter(subject, { to: [patientName(claim), ...addressLines(claim.patient.address)], title: about.title, body });
  const parcel = `${about.kind}-${number}`;
  return { files: [{ folder: about.folder, name: `${parcel}.txt`, content }], parcel, channel: routes.routeFor('patients', '').channel };
}
