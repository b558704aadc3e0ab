import { DomainError } from '../../rules/domain/failures.ts';
import type { Gateway } from '../dependencies.ts';

/** A payer's portal: a person uploads the packet and enters the confirmation number, which is the receipt (task `uploadToPortal`). */
export const portal: Gateway = {
  deliver: () => {
    throw new DomainError('gateway.portal', 'the packet waits for a person to upload it');
  },
  find: async () => Promise.resolve({ kind: 'absent' }),
};
