import { startPulse } from './intake/pulse.ts';
import { prove } from './deadline-proof/prove.ts';
import type { ProofDependencies } from './dependencies.ts';
import type { ProofActivities } from './index.ts';

export function proofActivities(dependencies: ProofDependencies): ProofActivities {
  return {
    proveDeadlines: async (input) => {
      const pulse = startPulse();
      const beat = (accounts: number): void => pulse.beat({ bytes: 0, percent: 0, claims: accounts, rate: 0 });
      try {
        return await prove({ ...dependencies, beat }, input);
      } finally {
        pulse.stop();
      }
    },
  };
}
