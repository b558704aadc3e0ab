import type { AccountEvent } from '../domain/event.ts';
import { assistanceApplied } from './react-assistance.ts';
import { carriedOut, deliveryReported } from './react-command.ts';
import { refundReturned } from './escheat.ts';
import { askAgain, holdReported } from './react-holds.ts';
import { paymentReversed, planAgreed, planCancelled, planOffered } from './react-plan.ts';
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
    case 'planOffered':
      return planOffered(turn, event);
    case 'planAgreed':
      return planAgreed(turn, event);
    case 'planCancelled':
      return planCancelled(turn, event);
    case 'patientPaymentReversed':
      return paymentReversed(turn, event);
    case 'commandCarriedOut':
      return carriedOut(turn, event);
    case 'deliveryReported':
      return deliveryReported(turn, event);
    case 'holdReported':
    case 'personHoldChanged':
      return holdReported(turn, event);
    case 'holdReleased':
      return askAgain(turn, event.hold);
    case 'refundReturned':
      return refundReturned(turn, event);
    case 'vendorAcknowledged':
      return vendorAcknowledged(turn, event);
    case 'vendorReturned':
      return vendorReturned(turn, event);
    case 'assistanceApplied':
      return assistanceApplied(turn, event);
    case 'vendorReported':
      return vendorReported(turn, event);
    case 'vendorClaimedPayment':
      return vendorClaimedPayment(turn, event);
    default:
      return;
  }
}
