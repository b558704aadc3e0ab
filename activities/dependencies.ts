import type { PrismaClient } from '../prisma/client.ts';
import type { ArmedTimer } from '../rules/lifecycle/proof.ts';
import type { Standing } from '../rules/lifecycle/proof-findings.ts';
import type { Signer } from '../prisma/writes/deadline-proof.ts';
import type { Routes } from './gateways/routes.ts';
import type { RuleLibrary } from './rule-library.ts';

/** The one way back up: an activity that starts or signals an account. Joined to the Temporal client in worker/compose.ts. */
export interface AccountMessenger {
  /** Signals the account's workflow, starting it when it is not running. Delivering the same ids twice is harmless. */
  deliver(accountId: string, eventIds: readonly string[], clockShiftMs: number): Promise<void>;
}

/** A folder and name of ours, and the bytes. */
export interface ParcelFile {
  readonly folder: string;
  readonly name: string;
  readonly content: Uint8Array;
  readonly mediaType?: string;
}

/** What leaves together. A packet ends with its manifest (outbound/manifest.ts), which says to whom it goes. */
export interface Parcel {
  /** The same at every attempt: by it a receipt or a confirmation finds its way back. */
  readonly key: string;
  readonly channel: string;
  readonly files: readonly ParcelFile[];
}

/** What can be found out about a parcel that may have left. */
export type Whereabouts =
  | { readonly kind: 'arrived'; readonly receipt: string }
  /** It surely did not: it may be delivered. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'cannotTell' };

/** How something leaves the house. */
export interface Gateway {
  /**
   * Hands it over.
   * @returns the receipt
   * @throws DomainError `gateway.in-doubt` when it may have left; `gateway.portal` when a person has to do it; any other DomainError when it will not be
   * taken, and did not leave; any other error when it did not leave, and may be tried again.
   */
  deliver(parcel: Parcel): Promise<string>;
  /** Asked before anything is delivered that an earlier attempt may have handed over. Throws when the other side does not answer. */
  find(parcel: Parcel): Promise<Whereabouts>;
}

export interface ActivityDependencies {
  readonly prisma: PrismaClient;
  readonly rules: RuleLibrary;
  readonly messenger: AccountMessenger;
  readonly gateway: Gateway;
  /** Which channel something takes; those that ship with the house when absent. */
  readonly routes?: Routes;
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
