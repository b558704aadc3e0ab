import { DomainError } from '../rules/domain/failures.ts';
import { bucketBalance } from '../rules/lifecycle/balances.ts';
import { carryOut, type Commission, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { letterToPatient } from './patient-letters.ts';
import { gatherFor } from './runs/gather.ts';

type StatementActivities = Pick<CommandActivities, 'sendStatement' | 'offerPaymentPlan' | 'sendPlanLetter'>;

/** What goes to the patient. */
export function statementActivities(sending: Sending): StatementActivities {
  return {
    sendStatement: (input) => gatherFor(sending, input, () => 'statements'),
    offerPaymentPlan: (input) => carryOut(sending, input, { prepare: planOffer }),
    sendPlanLetter: (input) => carryOut(sending, input, { prepare: planLetter }),
  };
}

function planOffer(commission: Commission): Promise<Prepared> {
  const { source, params } = commission;
  // Of a plan over several accounts what is owed on all of them.
  const balanceCents = Number(params.totalCents ?? bucketBalance(source.account, 'patient'));
  const fields = { months: Number(params.months), instalmentCents: Number(params.instalmentCents), balanceCents };
  return letterToPatient(commission, { kind: 'planOffer', fields });
}

function planLetter(commission: Commission): Promise<Prepared> {
  const { letterKind, ...params } = commission.params;
  const balanceCents = Number(params.balanceCents);
  switch (letterKind) {
    case 'planConfirmation': {
      const { months, instalmentCents, firstDueOn } = params;
      const fields = { months: Number(months), instalmentCents: Number(instalmentCents), balanceCents, firstDueOn: String(firstDueOn) };
      return letterToPatient(commission, { kind: 'planConfirmation', fields });
    }
    case 'planDefault': {
      const payBy = typeof params.payByOn === 'string' ? { payByOn: params.payByOn } : {};
      return letterToPatient(commission, {
        kind: 'planDefault',
        fields: { missedCents: Number(params.missedCents), balanceCents, ...payBy },
      });
    }
    default:
      throw new DomainError('letters.none', `there is no letter about a payment plan of kind ${String(letterKind)}`);
  }
}
