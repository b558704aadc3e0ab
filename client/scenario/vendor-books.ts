import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { StandingDifference } from '../../rules/vendors/difference.ts';
import { type Acceptance, aboutOf } from './format-vendor-ledger.ts';

/** A difference that stands, as a story sees it. */
export interface SeenDifference extends StandingDifference {
  readonly vendor: string;
  /** An open task asks about it. */
  readonly isAsked: boolean;
}

/** What stands open between the vendors and the accounts of a story. */
export interface VendorBooks {
  /** The look of that morning: what was not remitted in time is found without a file. */
  look(on: CivilDate): Promise<void>;
  differences(): Promise<readonly SeenDifference[]>;
  /** @returns why it was refused, or null when it was taken */
  accept(told: Acceptance, on: CivilDate): Promise<string | null>;
}

/** The one that is meant; in words when none stands. */
export function meantBy(told: Acceptance, standing: readonly SeenDifference[]): SeenDifference | string {
  const about = aboutOf(told);
  const isMeant = (one: SeenDifference) =>
    one.kind === told.kind && one.about === about && (told.vendor === undefined || one.vendor === told.vendor);
  return standing.find(isMeant) ?? `no difference of kind ${told.kind} about ${about} stands`;
}
