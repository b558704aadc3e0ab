import { assistanceCommandKinds } from './assistance.ts';
import type { Subject } from './task.ts';

/** How a denial is pursued (DESIGN §1). */
export type PathKind =
  | 'newClaim'
  | 'replacement'
  | 'void'
  | 'documents'
  | 'reconsideration'
  | 'appeal'
  | 'reopening'
  | 'openNegotiation'
  | 'disputeResolution'
  | 'otherPayer'
  | 'nextPayer'
  | 'patient'
  | 'writeOff';

/**
 * A named effect on the world, recorded as an intent before it is carried out. `key` is its business key within the account:
 * the same key is never carried out twice.
 */
export interface Command {
  readonly key: string;
  readonly kind: CommandKind;
  readonly subject: Subject;
  readonly params: Readonly<Record<string, string | number | boolean | null>>;
}

export const commandKinds = [
  'submitClaim',
  'sendStatusInquiry',
  'sendDocuments',
  'fileReconsideration',
  'fileAppeal',
  'billNextPayer',
  'sendStatement',
  'offerPaymentPlan',
  /** `letterKind`: planConfirmation or planDefault; the fields of each are the command's params. */
  'sendPlanLetter',
  'requestRefund',
  'placeWithVendor',
  'recallFromVendor',
  'updateVendor',
  'postWriteOff',
  ...assistanceCommandKinds,
] as const;
export type CommandKind = (typeof commandKinds)[number];
