import { bucketBalance } from '../rules/lifecycle/balances.ts';
import { carryOut, type Commission, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { letterToPatient } from './patient-letters.ts';
import { gatherFor } from './runs/gather.ts';

type StatementActivities = Pick<CommandActivities, 'sendStatement' | 'offerPaymentPlan'>;

/** What goes to the patient. */
export function statementActivities(sending: Sending): StatementActivities {
  return {
    sendStatement: (input) => gatherFor(sending, input, () => 'statements'),
    offerPaymentPlan: (input) => carryOut(sending, input, { prepare: planOffer }),
  };
}

function planOffer(commission: Commission): Promise<Prepared> {
  const { source, params } = commission;
  const balanceCents = bucketBalance(source.account, 'patient');
  const fields = { months: Number(params.months), instalmentCents: Number(params.instalmentCents), balanceCents };
  return letterToPatient(commission, { kind: 'planOffer', fields });
}
