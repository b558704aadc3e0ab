import type { AssistanceEvent } from '../domain/assistance.ts';
import { cents, dollars } from '../domain/money.ts';
import { words } from './words.ts';

/** Assistance on the timeline; nothing of what the applicant earns but its share of the poverty guideline. */
export function describeAssistance(event: AssistanceEvent): string {
  switch (event.kind) {
    case 'assistanceApplied':
      return `Application for assistance ${event.applicationId} came on ${event.on}`;
    case 'assistanceScreened':
      return `Screening on ${event.on}: assistance is ${event.result}`;
    case 'personAssistanceChanged':
      return `Application for assistance ${event.applicationId} is ${words(event.status)} on another account of the person`;
    case 'assistanceJoined':
      return `Application for assistance ${event.applicationId} of ${event.receivedOn} covers this account too`;
    case 'assistanceProposed':
      return `${event.by} proposes to forgive ${event.discountPercent} % (${event.applicationId}); a second person decides`;
    case 'assistanceMoved':
      return `Application for assistance ${event.applicationId} is ${words(event.status)}: ${event.reason}`;
    case 'assistanceDecided': {
      const { applicationId, discountPercent, incomePercent, denial, owesCents, by } = event;
      const income = incomePercent === null ? '' : `, income ${incomePercent} % of the poverty guideline`;
      return discountPercent > 0
        ? `Assistance granted by ${by} (${applicationId}): ${discountPercent} % forgiven${income}; the patient owes ${dollars(cents(owesCents))} for the care`
        : `Assistance denied by ${by} (${applicationId}): ${words(denial ?? '')}${income}`;
    }
  }
}
