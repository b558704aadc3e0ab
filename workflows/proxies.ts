/**
 * The activities as workflows call them, each with its timeouts. Bookkeeping and commands are tried until they succeed, because an
 * account must not lose its clock to a database that is away; the send inside a command is attempted once, by its ledger entry. Only
 * a failure that the activity itself calls final ends the trying.
 */
import { proxyActivities, type RetryPolicy } from '@temporalio/workflow';
import type { AccountActivities, CommandActivities, IntakeActivities, PublicationActivities } from '../activities/index.ts';

const patient: RetryPolicy = { initialInterval: '1 second', maximumInterval: '10 minutes' };

export const { resumeAccount, advance } = proxyActivities<AccountActivities>({ startToCloseTimeout: '1 minute', retry: patient });

export const commands = proxyActivities<CommandActivities>({ startToCloseTimeout: '2 minutes', retry: patient });

export const { readInboundFile } = proxyActivities<IntakeActivities>({ startToCloseTimeout: '30 minutes', retry: patient });

export const { deliverEvents } = proxyActivities<IntakeActivities>({ startToCloseTimeout: '2 minutes', retry: patient });

export const { publishDraft } = proxyActivities<PublicationActivities>({ startToCloseTimeout: '2 minutes', retry: patient });

export const { tellAccounts, tellHeld } = proxyActivities<PublicationActivities>({ startToCloseTimeout: '10 minutes', retry: patient });
