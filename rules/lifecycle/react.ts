import type { AccountEvent } from '../domain/event.ts';
import { carriedOut, deliveryReported } from './react-command.ts';
import { patientPaid, vendorAcknowledged, vendorReturned } from './react-patient.ts';
import { vendorClaimedPayment, vendorReported } from './react-vendor.ts';
import { providerAdjusted } from './react-provider.ts';
import { adjudicated } from './react-remittance.ts';
import { reversed } from './react-reversal.ts';
import { documentsRequested, statusAnswered } from './react-status.ts';
import { acknowledged, opened, submitted } from './react-submission.ts';
import type { Turn } from './turn.ts';

/** What follows at once from a fact of the world, before any rule is asked. The fact itself is folded already. */
export function react(turn: Turn, event: AccountEvent): void {
  switch (event.kind) {
    case 'accountOpened':
      return opened(turn, event);
    case 'submissionSent':
      return submitted(turn, event.sequence);
    case 'submissionAcknowledged':
      return acknowledged(turn, event);
    case 'statusAnswered':
      return statusAnswered(turn, event);
    case 'documentsRequested':
      return documentsRequested(turn, event);
    case 'remittancePosted':
      return event.status === '22' ? reversed(turn, event) : adjudicated(turn, event);
    case 'providerAdjusted':
      return providerAdjusted(turn, event);
    case 'patientPaid':
      return patientPaid(turn, event);
    case 'commandCarriedOut':
      return carriedOut(turn, event);
    case 'deliveryReported':
      return deliveryReported(turn, event);
    case 'vendorAcknowledged':
      return vendorAcknowledged(turn, event);
    case 'vendorReturned':
      return vendorReturned(turn, event);
    case 'vendorReported':
      return vendorReported(turn, event);
    case 'vendorClaimedPayment':
      return vendorClaimedPayment(turn, event);
    default:
      return;
  }
}
