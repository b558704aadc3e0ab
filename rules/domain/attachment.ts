/** What a document is that goes with a letter, in the words of DOMAIN §1.3. */
export const attachmentKinds = [
  'medicalRecords',
  'authorization',
  'contractPage',
  'acceptanceProof',
  'denialNotice',
  'planForm',
  'waiverOfLiability',
  'memberConsent',
  'itemisedBill',
  'earlierDecision',
  'other',
] as const;
export type AttachmentKind = (typeof attachmentKinds)[number];

export const attachmentTitles: Readonly<Record<AttachmentKind, string>> = {
  medicalRecords: 'Medical records',
  authorization: 'Authorization',
  contractPage: 'Contract or policy page',
  acceptanceProof: 'Proof that the payer accepted the claim',
  denialNotice: 'Denial notice',
  planForm: 'Form of the plan',
  waiverOfLiability: 'Waiver of liability, signed',
  memberConsent: 'Consent of the member, signed',
  itemisedBill: 'Itemised bill',
  earlierDecision: 'Decision of the level before',
  other: 'Other document',
};

/** A document kept for an account, without its bytes. */
export interface Attachment {
  readonly id: string;
  readonly kind: AttachmentKind;
  /** Of one denial case; null for all of the account. */
  readonly caseId: string | null;
  readonly name: string;
  readonly mediaType: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
  readonly pages: number;
  /** Nine digits: PWK06, and on the cover. */
  readonly controlNumber: string;
}

export function isAttachmentKind(text: string): text is AttachmentKind {
  return attachmentKinds.some((kind) => kind === text);
}
