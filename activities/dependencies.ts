import type { PrismaClient } from '../prisma/client.ts';
import type { ArmedTimer } from '../rules/lifecycle/proof.ts';
import type { Standing } from '../rules/lifecycle/proof-findings.ts';
import type { Signer } from '../prisma/writes/deadline-proof.ts';
import type { RuleLibrary } from './rule-library.ts';

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
  readonly rules: RuleLibrary;
  readonly messenger: AccountMessenger;
  readonly gateway: Gateway;
}

/** The timers of all accounts, as Temporal has them. Joined in worker/compose.ts. */
export interface Timers {
  /** Running accounts after that id, up to that one or the last; eventually consistent. */
  armed(after: string | null, upTo: string | null): Promise<readonly ArmedTimer[]>;
  /** The workflow's own word. */
  standing(accountId: string): Promise<Standing>;
  /** Lets the account resume from the database and take a turn; starts it when it does not run. Again and again is harmless. */
  lookAgain(accountId: string, told: { readonly formIds: readonly string[]; readonly clockShiftMs: number }): Promise<void>;
}

export interface ProofDependencies {
  readonly prisma: PrismaClient;
  readonly timers: Timers;
  readonly signer: Signer;
}
