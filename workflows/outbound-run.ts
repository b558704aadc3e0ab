/**
 * What was gathered leaves: one parcel after another for each destination, until nothing waits. A schedule starts one at the cut-off, and people
 * whenever they like. A destination that does not take its parcel now is left for the next time, and the others go on. To one destination one run is
 * under way at a time: the workflow `outbound-run:<task queue>:<destination>` is it, and whoever finds it running waits for its turn.
 */
import { executeChild, sleep, workflowInfo } from '@temporalio/workflow';
import { WorkflowExecutionAlreadyStartedError } from '@temporalio/common';
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
    const { sent, reason } = await sendAlone({ destination: one, asOf: moment, ...rest });
    intents += sent;
    if (reason !== null) halted.push({ destination: one, reason });
  }
  return { intents, halted };
}

type OneRun = Parameters<typeof sendOutboundRun>[0];

interface SentAll {
  readonly sent: number;
  readonly reason: string | null;
}

/** Seconds between two looks whether the run that is under way has ended: 1, 2, 4 … 60. */
const longestLook = 60;
/** About two hours; a run of 100,000 statements takes twenty minutes. */
const mostLooks = 120;

async function sendAlone(run: OneRun): Promise<SentAll> {
  const workflowId = `outbound-run:${workflowInfo().taskQueue}:${run.destination}`;
  for (let look = 0; look < mostLooks; look += 1) {
    try {
      return await executeChild(destinationRun, { workflowId, args: [run] });
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error;
      await sleep(Math.min(2 ** look, longestLook) * 1000);
    }
  }
  return { sent: 0, reason: `workflow ${workflowId} has been under way for two hours; what waits leaves with the next run` };
}

/** Everything that waits for one destination, parcel by parcel. */
export async function destinationRun(run: OneRun): Promise<SentAll> {
  for (let sent = 0; ; ) {
    const { intents, hasEnded, halted } = await sendOutboundRun(run);
    sent += intents;
    if (!hasEnded) return { sent, reason: halted };
  }
}
