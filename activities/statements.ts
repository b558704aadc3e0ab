import { carryOut, type Commission, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { addressLines, letter, money, patientName } from './outbound/letters.ts';
import { gatherFor } from './runs/gather.ts';
import { lastClaim } from './submissions.ts';

type StatementActivities = Pick<CommandActivities, 'sendStatement' | 'offerPaymentPlan'>;

/** What goes to the patient. */
export function statementActivities(sending: Sending): StatementActivities {
  return {
    sendStatement: (input) => gatherFor(sending, input, () => 'statements'),
    offerPaymentPlan: (input) => carryOut(sending, input, { prepare: planOffer }),
  };
}

function planOffer(commission: Commission): Prepared {
  const { source, on, number, params, routes } = commission;
  const claim = lastClaim(commission, 1);
  const parcel = `plan-offer-${number}`;
  const subject = { accountNumber: source.accountNumber, claim, on, reference: parcel };
  const body = [
    `Account: ${source.accountNumber}`,
    `Serviced: ${claim.servicedFrom} to ${claim.servicedThrough}`,
    '',
    `We offer you a payment plan: ${params.months} payments of ${money(params.instalmentCents)}, one each month.`,
  ];
  const to = [patientName(claim), ...addressLines(claim.patient.address)];
  const content = letter(subject, { to, title: 'Offer of a payment plan', body });
  return { files: [{ folder: 'letters', name: `${parcel}.txt`, content }], parcel, channel: routes.routeFor('patients', '').channel };
}
