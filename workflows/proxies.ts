/**
 * The activities as workflows call them, each with its timeouts. Bookkeeping and commands are tried until they succeed, because an
 * account must not lose its clock to a database that is away; the send inside a command is attempted once, by its ledger entry. Only
 * a failure that the activity itself calls final ends the trying.
 */
import { proxyActivities, type RetryPolicy } from '@temporalio/workflow';
import type {
  AccountActivities,
  AcknowledgementActivities,
  CommandActivities,
  IntakeActivities,
  ProofActivities,
  PublicationActivities,
  RunActivities,
  SettleActivities,
  VendorActivities,
} from '../activities/index.ts';

const patient: RetryPolicy = { initialInterval: '1 second', maximumInterval: '10 minutes' };

export const { resumeAccount, advance } = proxyActivities<AccountActivities>({ startToCloseTimeout: '1 minute', retry: patient });

export const commands = proxyActivities<CommandActivities>({ startToCloseTimeout: '2 minutes', retry: patient });

/** A gigabyte takes many minutes; a worker that is gone is noticed by its silence, and the next attempt goes on where it stopped. */
export const { readInboundFile } = proxyActivities<IntakeActivities>({
  startToCloseTimeout: '12 hours',
  heartbeatTimeout: '1 minute',
  retry: patient,
});

export const { deliverEvents } = proxyActivities<IntakeActivities>({ startToCloseTimeout: '2 minutes', retry: patient });

export const { acknowledgeInboundFile } = proxyActivities<AcknowledgementActivities>({ startToCloseTimeout: '1 hour', retry: patient });

export const { settleUnmatched: settle } = proxyActivities<SettleActivities>({ startToCloseTimeout: '2 minutes', retry: patient });
export const { publishDraft } = proxyActivities<PublicationActivities>({ startToCloseTimeout: '2 minutes', retry: patient });

export const { findDestinations } = proxyActivities<RunActivities>({ startToCloseTimeout: '2 minutes', retry: patient });

/** Thousands of statements are typeset and told in minutes; an attempt that dies is finished by the next. */
export const { sendOutboundRun } = proxyActivities<RunActivities>({
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '1 minute',
  retry: patient,
});

export const { tellAccounts, tellHeld } = proxyActivities<PublicationActivities>({ startToCloseTimeout: '10 minutes', retry: patient });

export const { lookAtVendors } = proxyActivities<VendorActivities>({ startToCloseTimeout: '10 minutes', retry: patient });

/** A million accounts take a minute; what an older database makes of them takes hours. Who cannot look says so instead of trying for ever. */
export const { proveDeadlines } = proxyActivities<ProofActivities>({
  startToCloseTimeout: '12 hours',
  heartbeatTimeout: '1 minute',
  retry: { initialInterval: '5 seconds', maximumAttempts: 3 },
});
