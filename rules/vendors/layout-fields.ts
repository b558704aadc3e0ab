/** What a file between us and a vendor may say, by kind of file (DOMAIN §8). A placement says no more than a vendor needs: no diagnosis, no notes. */
export const layoutFields = {
  placement: {
    placementId: 'text',
    clientId: 'text',
    facilityId: 'text',
    accountNumber: 'text',
    guarantorLastName: 'text',
    guarantorFirstName: 'text',
    address1: 'text',
    address2: 'text',
    city: 'text',
    state: 'text',
    postalCode: 'text',
    phone: 'text',
    email: 'text',
    consents: 'text',
    language: 'text',
    patientLastName: 'text',
    patientFirstName: 'text',
    patientBornOn: 'date',
    relation: 'text',
    servicedFrom: 'date',
    servicedThrough: 'date',
    chargesCents: 'cents',
    paymentsCents: 'cents',
    adjustmentsCents: 'cents',
    balanceCents: 'cents',
    firstStatementOn: 'date',
    lastPaymentOn: 'date',
    lastPaymentCents: 'cents',
    payers: 'text',
    payerStatus: 'text',
    assistance: 'text',
    collectionNoticeOn: 'date',
    earliestExtraordinaryActionOn: 'date',
    mayReportCredit: 'flag',
    holds: 'text',
    isMailReturned: 'flag',
    plan: 'text',
    tier: 'text',
    feeCode: 'text',
  },
  recall: { placementId: 'text', accountNumber: 'text', recalledOn: 'date', reason: 'text', balanceCents: 'cents' },
  /** `what`: payment, insurancePayment, adjustment, hold, holdReleased. */
  update: {
    placementId: 'text',
    accountNumber: 'text',
    what: 'text',
    on: 'date',
    cents: 'cents',
    balanceCents: 'cents',
    reference: 'text',
  },
  /** One row per file with its count and total, and one for each row that was refused. `verdict`: received, accepted, rejected. */
  acknowledgement: {
    file: 'text',
    verdict: 'text',
    on: 'date',
    count: 'count',
    totalCents: 'cents',
    placementId: 'text',
    reason: 'text',
  },
  /** `basis`: direct (the vendor has the money), toClient (we have it). */
  payments: { placementId: 'text', paymentId: 'text', cents: 'cents', paidOn: 'date', basis: 'text', feeCents: 'cents' },
  statuses: { placementId: 'text', status: 'text', on: 'date', reference: 'text' },
  returns: { placementId: 'text', returnedOn: 'date', reason: 'text' },
  /** `status`: open (worked), held (kept without work), closed. Without a column `vendor` it is that whose contract names the layout. */
  inventory: { vendor: 'text', asOf: 'date', placementId: 'text', status: 'text', balanceCents: 'cents', lastWorkedOn: 'date' },
  /** `paidTo`: vendor, client; `paidBy`: patient, payer; `cents` is negative for what is taken back. */
  remit: {
    vendor: 'text',
    remitId: 'text',
    remittedOn: 'date',
    placementId: 'text',
    paymentId: 'text',
    paidOn: 'date',
    paidTo: 'text',
    paidBy: 'text',
    cents: 'cents',
    feeCents: 'cents',
  },
  /** Gross is what the vendor collected, net what it transfers; neither proves a remit whole, for what does not add up is asked about. */
  trailer: {
    recordCount: 'count',
    totalCents: 'cents',
    contentHash: 'text',
    vendor: 'text',
    asOf: 'date',
    remitId: 'text',
    remittedOn: 'date',
    grossCents: 'cents',
    feeCents: 'cents',
    netCents: 'cents',
  },
} as const;

export type FieldType = 'text' | 'date' | 'cents' | 'count' | 'flag';
export type LayoutKind = Exclude<keyof typeof layoutFields, 'trailer'>;
export type FieldOf<K extends keyof typeof layoutFields> = keyof (typeof layoutFields)[K] & string;

const ofRemit: ReadonlySet<string> = new Set(['remitId', 'remittedOn', 'grossCents', 'feeCents', 'netCents']);

/** What the last record of a file of that kind may say. */
export function trailerFieldsOf(kind: LayoutKind): readonly string[] {
  return Object.keys(layoutFields.trailer).filter((field) => {
    if (field === 'vendor') return kind === 'inventory' || kind === 'remit';
    if (field === 'asOf') return kind === 'inventory';
    if (field === 'totalCents') return totalledBy[kind] !== null;
    return kind === 'remit' || !ofRemit.has(field);
  });
}

/** What a record is totalled by; null where a file of that kind has no total. */
export const totalledBy: Readonly<Record<LayoutKind, string | null>> = {
  placement: 'balanceCents',
  recall: null,
  update: null,
  acknowledgement: null,
  payments: 'cents',
  statuses: null,
  returns: null,
  inventory: 'balanceCents',
  remit: null,
};

export function typeOfField(kind: keyof typeof layoutFields, field: string): FieldType | null {
  const found = Object.entries(layoutFields[kind]).find(([name]) => name === field);
  return found?.[1] ?? null;
}

export function isLaidOutKind(kind: string): kind is LayoutKind {
  return kind !== 'trailer' && Object.hasOwn(layoutFields, kind);
}
