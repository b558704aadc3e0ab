import type { Instant } from '../../rules/domain/civil-date.ts';
import { type Contact, contactChannels, contactOutcomes, contactPlaces, contactPurposes } from '../../rules/domain/contact.ts';
import { instantCell, oneOf, requiredText, yesNoCell } from './cells.ts';
import { readCsv } from './csv.ts';

export const vendorContactColumns = [
  'contact_id',
  'placement_id',
  'at',
  'direction',
  'channel',
  'purpose',
  'outcome',
  'automated',
  'place',
  'opt_out',
  'validation_notice',
  'said',
] as const;

/** What a person said in a contact, besides what was spoken about; empty for nothing of the kind. */
const saidWords = ['', 'stop', 'agreed', 'cease', 'attorney', 'dispute', 'verified'] as const;

/** One contact of a vendor with a person about a placement of ours, as the vendor logged it. */
export interface VendorContactRow
  extends Pick<Contact, 'direction' | 'channel' | 'purpose' | 'outcome' | 'automated' | 'place' | 'offersOptOut' | 'validationNotice'> {
  /** The vendor's own number. */
  readonly contactId: string;
  /** Our number of the placement. */
  readonly reference: string;
  readonly at: Instant;
  readonly said: (typeof saidWords)[number];
  readonly offset: number;
}

/**
 * `said`: `stop` = no more by this channel, `agreed` = may be reached by it, `cease` = no more at all, `attorney` = there is one, `dispute` = in writing,
 * `verified` = the agency answered the dispute.
 */
export function readVendorContacts(content: Uint8Array): readonly VendorContactRow[] {
  return readCsv(content, vendorContactColumns).map((row) => ({
    contactId: requiredText(row, 'contact_id'),
    reference: requiredText(row, 'placement_id'),
    at: instantCell(row, 'at'),
    direction: oneOf(row, 'direction', ['out', 'in']),
    channel: oneOf(row, 'channel', contactChannels),
    purpose: oneOf(row, 'purpose', contactPurposes),
    outcome: oneOf(row, 'outcome', contactOutcomes),
    automated: yesNoCell(row, 'automated'),
    place: oneOf(row, 'place', contactPlaces),
    offersOptOut: yesNoCell(row, 'opt_out'),
    validationNotice: yesNoCell(row, 'validation_notice'),
    said: oneOf(row, 'said', saidWords),
    offset: row.offset,
  }));
}
