import { type AssistanceForm, type AssistanceTaskKind, assistanceTaskOutcomes } from './assistance.ts';
import type { CivilDate } from './civil-date.ts';
import type { Queue } from './decision.ts';
import type { Role } from './role.ts';

/** What a task asks a person to do. */
export type TaskKind =
  | AssistanceTaskKind
  | 'correctClaim'
  | 'prepareReconsideration'
  | 'prepareAppeal'
  | 'prepareDocuments'
  | 'recordPayerAnswer'
  | 'callPayer'
  | 'answerRequest'
  | 'chooseNextStep'
  | 'approveWriteOff'
  | 'approveRefund'
  | 'approveSending'
  | 'billOtherPayer'
  | 'reviewPatientBalance'
  | 'recordPatientAnswer'
  | 'chaseVendor'
  | 'resolveDelivery'
  | 'uploadToPortal'
  | 'heedEarlierDate'
  /** The payer owes interest for a late payment. */
  | 'claimInterest'
  /** Something about the money does not fit: find out, and mend the posting or tell the payer. */
  | 'checkPosting'
  /** A hold is looked at again. */
  | 'reviewHold'
  /** The person has died: claim the balance from the estate. */
  | 'fileEstateClaim'
  /** Whether the patient owes it at all (QMB, Medicaid, advance notice, No Surprises, VA). */
  | 'reviewPatientShare'
  /** A credit of the patient, or a refund nobody cashed, has lain too long: write to its owner. */
  | 'sendDueDiligenceNotice'
  /** The owner did not answer: the state gets it. */
  | 'reportUnclaimed'
  /** Something a vendor says does not fit: find out. */
  | 'checkVendor'
  /** Coverage was found: record the payer, or say that there is none. */
  | 'recordCoverage';

/** Work beside what the claim waits for: no answer of the payer ends it, and it holds nothing up. */
export const worksBeside: ReadonlySet<TaskKind> = new Set<TaskKind>([
  'claimInterest',
  'checkPosting',
  'attemptOralNotice',
  'reverseExtraordinaryAction',
  'checkVendor',
]);

/** The outcomes a person may give, per kind of task. A task closes only with one of them. */
export const taskOutcomes = {
  correctClaim: ['ready', 'cannotCorrect'],
  prepareReconsideration: ['ready', 'notDisputable'],
  prepareAppeal: ['ready', 'notDisputable'],
  prepareDocuments: ['ready', 'notDisputable'],
  recordPayerAnswer: ['overturned', 'upheld'],
  /** `ready` sends the documents; `answered` says that they went another way, or that the patient was asked. */
  answerRequest: ['ready', 'answered', 'cannotAnswer'],
  callPayer: ['inProcess', 'notOnFile', 'paymentComing'],
  chooseNextStep: [
    'newClaim',
    'replacementClaim',
    'voidClaim',
    'sendDocuments',
    'reconsideration',
    'appeal',
    'reopening',
    'openNegotiation',
    'disputeResolution',
    'billOtherPayer',
    'moveToPatient',
    'writeOff',
    'wait',
  ],
  approveWriteOff: ['approved', 'declined'],
  approveRefund: ['approved', 'declined', 'investigating'],
  approveSending: ['approved', 'declined'],
  billOtherPayer: ['ready', 'noOtherPayer'],
  reviewPatientBalance: ['bill', 'hold', 'writeOff'],
  recordPatientAnswer: ['planAccepted', 'planDeclined'],
  chaseVendor: ['acknowledged', 'returned'],
  resolveDelivery: ['arrived', 'didNotArrive', 'cannotSend'],
  uploadToPortal: ['uploaded', 'cannotUpload'],
  heedEarlierDate: ['noted'],
  claimInterest: ['claimed', 'notOwed'],
  checkPosting: ['explained', 'disputed'],
  ...assistanceTaskOutcomes,
  reviewHold: ['keep', 'release', 'discharged'],
  fileEstateClaim: ['filed', 'noEstate'],
  /** `dispute`: it is the payer's. */
  reviewPatientShare: ['patientOwes', 'dispute', 'qmbMedicaid', 'veteran', 'noNotice', 'noSurprises'],
  sendDueDiligenceNotice: ['noticeSent', 'ownerFound'],
  reportUnclaimed: ['reported', 'ownerFound'],
  checkVendor: ['explained', 'disputed'],
  recordCoverage: ['recorded', 'noCoverage'],
} as const satisfies Record<TaskKind, readonly string[]>;

export type TaskOutcome = (typeof taskOutcomes)[TaskKind][number];

/** What only a person can know of a case or its payer. It becomes a fact of the claim, and a step of a way of appeal may need it. */
export interface GivenEvidence {
  /** Whether we have a contract with the plan. */
  readonly contracted?: boolean;
  /** An employer bears the risk (ERISA). */
  readonly selfFunded?: boolean;
  /** The member agreed in writing that we appeal (42 CFR 438.402). */
  readonly memberConsent?: boolean;
  /** The waiver of liability is signed (42 CFR 422.574). */
  readonly waiverOfLiability?: boolean;
  /** The denial rests on a medical judgement (45 CFR 147.136). */
  readonly medicalJudgement?: boolean;
  /** What we sent was wrong or incomplete. */
  readonly ourDataWrong?: boolean;
  /** The amount in controversy that the year of filing asks for, where our table does not have that year yet. */
  readonly minimumInControversyCents?: number;
}

/**
 * What a person typed with the outcome. Kept in PostgreSQL only: the workflow carries the form's id.
 * Corrections are by name and may be PHI; the account's history keeps which fields changed, never their values.
 */
export interface TaskForm {
  readonly outcome: TaskOutcome;
  readonly by: string;
  /** In which role, as the person states it; what needs an approval needs one. */
  readonly role?: Role;
  /** When it happened; the day of completion when absent. */
  readonly on?: CivilDate;
  /** Confirmation or case number given by the other side. */
  readonly reference?: string;
  readonly authorizationNumber?: string;
  readonly memberId?: string;
  /** Of a payer that was found: NM109 and SBR09. */
  readonly payerId?: string;
  readonly filingIndicator?: string;
  readonly renderingProviderNpi?: string;
  /** Monthly instalment of an accepted plan. */
  readonly instalmentCents?: number;
  readonly note?: string;
  readonly evidence?: GivenEvidence;
  /** The level of appeal that the payer's answer speaks of, when it says one. */
  readonly answeredLevel?: number;
  /** Of an application for assistance. */
  readonly assistance?: AssistanceForm;
}

/** A work item for a person; `id` is unique within its account (`t3`). */
export interface Task {
  readonly id: string;
  readonly kind: TaskKind;
  readonly queue: Queue;
  readonly title: string;
  /** Why it exists, in a biller's words, and the rule that made it. */
  readonly reason: string;
  readonly ruleId: string;
  readonly subject: Subject;
  readonly openedOn: CivilDate;
  /** Queues sort by `safeByOn`; after `legalOn` the work is late and needs a supervisor. */
  readonly safeByOn: CivilDate | null;
  readonly legalOn: CivilDate | null;
  readonly amountCents: number;
  readonly status: 'open' | 'done' | 'withdrawn';
  readonly outcome: TaskOutcome | null;
  readonly closedOn: CivilDate | null;
  readonly closedBy: string | null;
  /** Of the command that it is about, when it is about one. */
  readonly commandKey?: string;
  /** In which role, as stated; absent when none was. */
  readonly closedAs?: Role;
  /** Of `answerRequest`, under which the payer wants the documents; null when it gave none, absent when it asks the patient. */
  readonly attachmentControlNumber?: string | null;
  /** The person who asked for it, who may not approve it; absent when a rule did. */
  readonly proposedBy?: string;
  /** Of `approveSending`: the task whose result goes out when it is approved. */
  readonly of?: string;
  /** Who works it; nobody when null or absent. */
  readonly assignee?: string | null;
}

/** What a question, task or deadline is about: a claim, one denial case of it, the patient balance, a placement, a credit, an application for assistance, or a hold. */
export type Subject =
  | { readonly kind: 'claim'; readonly sequence: 1 | 2 | 3 }
  | { readonly kind: 'case'; readonly sequence: 1 | 2 | 3; readonly caseId: string }
  | { readonly kind: 'patient' }
  | { readonly kind: 'placement'; readonly placementId: string }
  | { readonly kind: 'credit'; readonly bucket: Bucket }
  | { readonly kind: 'assistance'; readonly applicationId: string }
  | { readonly kind: 'hold'; readonly hold: string };

/** One balance bucket per payer sequence, and the patient's. */
export type Bucket = 'payer1' | 'payer2' | 'payer3' | 'patient';
