import type { PrismaClient } from '../prisma/client.ts';
import type { Knowledge } from '../rules/lifecycle/contract.ts';
import type { Shadow } from './shadow.ts';

/** The one way back up: an activity that starts or signals an account. Joined to the Temporal client in worker/compose.ts. */
export interface AccountMessenger {
  /** Signals the account's workflow, starting it when it is not running. Delivering the same ids twice is harmless. */
  deliver(accountId: string, eventIds: readonly string[], clockShiftMs: number): Promise<void>;
}

/** Where outbound files go. Writing the same name and content twice is one file; other content under a known name is refused. */
export interface Gateway {
  /** @returns the receipt: the place and hash of what was written. */
  deliver(file: { readonly folder: string; readonly name: string; readonly content: string }): Promise<string>;
}

export interface ActivityDependencies {
  readonly prisma: PrismaClient;
  readonly knowledge: Knowledge;
  /** Decides some decisions a second time, beside the work; absent where nobody watches. */
  readonly shadow?: Shadow;
  readonly messenger: AccountMessenger;
  readonly gateway: Gateway;
}
