import type { AdjustmentGroup } from '../../../rules/domain/remittance.ts';

/** How a payer says no: group and CARC on the line, remark codes of the line (LQ) and of the claim (MOA). */
export interface DenialReason {
  readonly group: AdjustmentGroup;
  readonly carc: string;
  readonly lineRemarks: readonly string[];
  readonly claimRemarks: readonly string[];
}

/** By the name that manners files use. */
export const denialReasons = {
  deniedAuthorization: { group: 'CO', carc: '197', lineRemarks: [], claimRemarks: [] },
  deniedUnprocessable: { group: 'CO', carc: '16', lineRemarks: ['N290'], claimRemarks: ['MA130'] },
  deniedInformation: { group: 'CO', carc: '16', lineRemarks: ['N382'], claimRemarks: [] },
  deniedDocuments: { group: 'CO', carc: '252', lineRemarks: ['M127'], claimRemarks: [] },
  deniedTimely: { group: 'CO', carc: '29', lineRemarks: [], claimRemarks: [] },
  deniedNecessity: { group: 'CO', carc: '50', lineRemarks: ['N115'], claimRemarks: [] },
  deniedDuplicate: { group: 'CO', carc: '18', lineRemarks: ['N522'], claimRemarks: [] },
  deniedBundled: { group: 'CO', carc: '97', lineRemarks: ['M15'], claimRemarks: [] },
  deniedOtherPayer: { group: 'CO', carc: '22', lineRemarks: [], claimRemarks: ['MA04'] },
  deniedCoverage: { group: 'PR', carc: '96', lineRemarks: ['N130'], claimRemarks: [] },
  deniedByPayer: { group: 'PI', carc: '226', lineRemarks: ['N706'], claimRemarks: [] },
} as const satisfies Readonly<Record<string, DenialReason>>;

export type Denial = keyof typeof denialReasons;

export const denialNames = [
  'deniedAuthorization',
  'deniedUnprocessable',
  'deniedInformation',
  'deniedDocuments',
  'deniedTimely',
  'deniedNecessity',
  'deniedDuplicate',
  'deniedBundled',
  'deniedOtherPayer',
  'deniedCoverage',
  'deniedByPayer',
] as const satisfies readonly Denial[];

/** What the payer decides: as contracted, below the contract, all of it the patient's deductible (zero paid), one line refused, or all of it refused. */
export const outcomeNames = ['paid', 'underpaid', 'deductible', 'partlyDenied', ...denialNames] as const;
export type Outcome = (typeof outcomeNames)[number];

/** What becomes of a claim before it is adjudicated: who refuses it (277CA), or who never speaks. `silent` = accepted by the payer, then no 835. */
export const frontNames = ['accepted', 'rejectedByClearinghouse', 'rejectedByPayer', 'lost', 'silent'] as const;
export type Front = (typeof frontNames)[number];

/** What the payer does with its own decision later. Deferred: lent back (PLB WO negative) and taken from a later check. Untold: taken by PLB alone. */
export const afterwardsNames = ['nothing', 'corrected', 'correctedApart', 'takenBack', 'takenBackDeferred', 'takenBackUntold'] as const;
export type Afterwards = (typeof afterwardsNames)[number];

export const remitNames = ['once', 'newName', 'otherEnvelope'] as const;
export type Remit = (typeof remitNames)[number];

export const shareNames = ['nothing', 'copay', 'deductible', 'coinsurance'] as const;
export type PatientShare = (typeof shareNames)[number];

export const answerNames = ['overturned', 'upheld', 'silent'] as const;
export type LetterAnswer = (typeof answerNames)[number];

export const interchangeNames = ['accepted', 'refused'] as const;
export const groupNames = ['accepted', 'acceptedWithErrors', 'partial', 'rejected'] as const;
export type GroupVerdict = (typeof groupNames)[number];

/** STC01 of a 277CA that refuses a claim: category, status code, entity. */
export const claimRejections = {
  returned: ['A3', '21', null],
  missing: ['A6', '145', '85'],
  invalidMember: ['A7', '164', 'IL'],
  invalidProvider: ['A7', '562', '85'],
  duplicate: ['A3', '54', null],
  unknownOriginal: ['A7', '464', null],
} as const satisfies Readonly<Record<string, readonly [string, string, string | null]>>;

export type ClaimRejection = keyof typeof claimRejections;
export const rejectionNames = ['returned', 'missing', 'invalidMember', 'invalidProvider'] as const satisfies readonly ClaimRejection[];
