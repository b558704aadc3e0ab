import { amountText, cents } from '../rules/domain/money.ts';
import { carryOut, type Commission, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { csvText } from './outbound/csv.ts';

type PostingActivities = Pick<CommandActivities, 'requestRefund' | 'postWriteOff'>;

/** Postings a person approved. A write-off leaves the house nowhere; a refund is asked of accounts payable. */
export function postingActivities(sending: Sending): PostingActivities {
  return {
    requestRefund: (input) => carryOut(sending, input, { prepare: refundRequest }),
    postWriteOff: (input) =>
      carryOut(sending, input, { prepare: ({ number }) => ({ files: [], parcel: `write-off-${number}`, channel: 'none' }) }),
  };
}

function refundRequest({ source, params, on, number, routes }: Commission): Prepared {
  const sequence = /^payer([123])$/.exec(String(params.bucket))?.[1];
  const payer = source.account.claims.find((c) => String(c.sequence) === sequence)?.payerId;
  const row = {
    account_number: source.accountNumber,
    refund_to: payer ?? 'patient',
    amount: amountText(cents(Number(params.amountCents))),
    requested_on: on,
    reference: `refund-${number}`,
  };
  const parcel = `refund-${number}`;
  const { channel } = routes.routeFor('refunds', row.refund_to);
  return { files: [{ folder: 'refunds', name: `${parcel}.csv`, content: csvText([row]) }], parcel, channel };
}
