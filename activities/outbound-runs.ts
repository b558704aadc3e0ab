import { instant } from '../rules/domain/civil-date.ts';
import { readDestinations } from '../prisma/reads/runs.ts';
import { refuse } from './failures.ts';
import type { ActivityDependencies } from './dependencies.ts';
import type { RunActivities } from './index.ts';
import { startPulse } from './intake/pulse.ts';
import { type RunSending, sendRun } from './runs/send-run.ts';
import { statementWriter } from './runs/statements.ts';
import { vendorWriter } from './vendors/writer.ts';
import type { RunWriter } from './runs/writer.ts';

/** What was gathered leaves, destination by destination. */
export function runActivities(sending: RunSending & Pick<ActivityDependencies, 'rules'>): RunActivities {
  return {
    findDestinations: () => readDestinations(sending.prisma),
    sendOutboundRun: async ({ destination, asOf, ...rest }) => {
      const pulse = startPulse();
      try {
        return await sendRun(sending, writerFor(destination, sending.rules), { destination, asOf: instant(asOf), ...rest });
      } finally {
        pulse.stop();
      }
    },
  };
}

function writerFor(destination: string, rules: ActivityDependencies['rules']): RunWriter {
  if (destination === 'statements') return statementWriter;
  if (destination.startsWith('vendor:')) return vendorWriter(rules);
  throw refuse('run.unknown-destination', `nothing is written for the destination "${destination}"`);
}
