/**
 * What was gathered leaves: one parcel after another for each destination, until nothing waits. A schedule starts one at the cut-off, and people
 * whenever they like. A destination that does not take its parcel now is left for the next time, and the others go on.
 */
import { workflowInfo } from '@temporalio/workflow';
import { findDestinations, sendOutboundRun } from './proxies.ts';

export interface OutboundRunInput {
  /** Null for all. */
  readonly destination: string | null;
  /** ISO instant up to which what was gathered is taken, and which is written into what is sent; null for the moment of the run. */
  readonly asOf: string | null;
  readonly clockShiftMs: number;
  /** Null for all. */
  readonly accountIds: readonly string[] | null;
}

export interface OutboundRunEnd {
  readonly intents: number;
  readonly halted: readonly { readonly destination: string; readonly reason: string }[];
}

export async function outboundRun({ destination, asOf, ...rest }: OutboundRunInput): Promise<OutboundRunEnd> {
  const destinations = destination === null ? await findDestinations() : [destination];
  const moment = asOf ?? new Date(workflowInfo().startTime.getTime() + rest.clockShiftMs).toISOString();
  const halted: { readonly destination: string; readonly reason: string }[] = [];
  let intents = 0;
  for (const one of destinations) {
    const { sent, reason } = await sendAll({ destination: one, asOf: moment, ...rest });
    intents += sent;
    if (reason !== null) halted.push({ destination: one, reason });
  }
  return { intents, halted };
}

type OneRun = Parameters<typeof sendOutboundRun>[0];

async function sendAll(run: OneRun): Promise<{ readonly sent: number; readonly reason: string | null }> {
  for (let sent = 0; ; ) {
    const { intents, halted } = await sendOutboundRun(run);
    sent += intents;
    if (intents === 0) return { sent, reason: halted };
  }
}
