import { payerClasses } from '../domain/deadline.ts';
import { type DecisionPoint, decisionPoints, type Facts } from '../domain/decision.ts';
import { DenialCategory, usualActions } from '../domain/denial.ts';

export type FactType = 'integer' | 'text' | 'boolean' | 'list';
export type Unit = 'cents' | 'days' | 'count' | 'date';
/** A published code list a value must come from (rules/reference). */
export type CodeSet = 'carc' | 'rarc';

export interface FactDeclaration {
  readonly type: FactType;
  /** `date` is ISO text `YYYY-MM-DD`; a list's values have no unit. */
  readonly unit: Unit | null;
  /** All values there are; null when the set is open or is a code set. */
  readonly values: readonly string[] | null;
  readonly codeSet: CodeSet | null;
  readonly nullable: boolean;
  readonly doc: string;
  /** Where it can be known at all; elsewhere it is null, so a rule that asks for it there is dead. */
  readonly points: readonly DecisionPoint[];
}

/** Changes when an id, a type or a meaning changes. */
export const catalogueVersion = '1';

type About = Partial<Omit<FactDeclaration, 'type' | 'doc' | 'points'>>;
type Declare = (doc: string, points: readonly DecisionPoint[], about?: About) => FactDeclaration;

const declare =
  (type: FactType, unit: Unit | null): Declare =>
  (doc, points, about = {}) => ({ type, unit, values: null, codeSet: null, nullable: true, ...about, doc, points });

const text = declare('text', null);
const list = declare('list', null);
const truth = declare('boolean', null);
const money = declare('integer', 'cents');
const days = declare('integer', 'days');
const count = declare('integer', 'count');

const everywhere = decisionPoints;
const ofClaim = ['rejected', 'silent', 'denied', 'upheld', 'nextPayer', 'credit'] as const;
const ofCase = ['silent', 'denied', 'upheld'] as const;
const ofPatient = ['patientBalance', 'placed', 'credit', 'nextPayer'] as const;

const groups = ['CO', 'PR', 'OA', 'PI', 'CR'];
const categories = Object.values(DenialCategory);
const pathKinds = [
  'newClaim',
  'replacement',
  'void',
  'documents',
  'reconsideration',
  'appeal',
  'otherPayer',
  'nextPayer',
  'patient',
  'writeOff',
];
const waits = ['functionalAcknowledgement', 'claimAcknowledgement', 'statusInquiry', 'payerCall', 'reconsiderationAnswer', 'appealAnswer'];
const plans = ['none', 'offered', 'active', 'defaulted', 'declined', 'kept'];
const placements = ['offered', 'placed', 'refused', 'recallSent', 'returned'];
const tiers = ['earlyOut', 'badDebt1', 'badDebt2'];
const buckets = ['payer1', 'payer2', 'payer3', 'patient'];

/** Every fact a rule may look at, declared once (RULES §2). The lifecycle gives the values; a missing one is null. */
export const catalogue = {
  point: text('Where in the account’s life the rules are asked.', everywhere, { values: decisionPoints, nullable: false }),

  'payer.id': text('The payer’s id in our tables (NM109 of the payer loop).', everywhere),
  'payer.class': text('The kind of payer, which decides what law applies.', everywhere, { values: payerClasses }),
  'payer.sequence': count('1 primary, 2 secondary, 3 tertiary.', everywhere),
  'payer.state': text('Two-letter state whose law the payer follows for this account.', everywhere),
  'payer.contracted': truth('Whether we have a contract with the payer.', everywhere),
  'payer.funding': text('Who bears the risk: insured or self-funded plan.', everywhere),

  'claim.type': text('837P or 837I.', everywhere, { values: ['professional', 'institutional'] }),
  'claim.frequency': text('CLM05-3 of the last submission: 1 original, 7 replacement, 8 void.', everywhere, { values: ['1', '7', '8'] }),
  'claim.chargeCents': money('Total charge of the account.', everywhere),
  'claim.ageDays': days('Days since the last day of service.', everywhere),
  'claim.submissions': count('Submissions of this claim so far.', everywhere),

  'rejection.level': text('What was refused: the file (TA1), the group (999) or the claim (277CA).', ['rejected'], {
    values: ['interchange', 'functional', 'claim'],
  }),
  'rejection.category': text('277CA category, such as A3 or A7; TA1 or 999 code for a file.', ['rejected']),
  'rejection.status': text('277CA claim status code.', ['rejected']),
  'rejection.daysSince': days('Days since the rejection.', ['rejected']),

  'silence.waitingFor': text('What has not come.', ['silent'], { values: waits }),
  'silence.days': days('Days since the wait began.', ['silent']),
  'silence.inquiries': count('Status inquiries (276) already sent.', ['silent']),

  'denial.group': text('CAS group of the lead denial (the largest amount).', ofCase, { values: groups }),
  'denial.carc': text('CARC of the lead denial (the largest amount).', ofCase, { codeSet: 'carc' }),
  'denial.groups': list('CAS groups of all denials of the case.', ofCase, { values: groups }),
  'denial.carcs': list('CARCs of all denials of the case.', ofCase, { codeSet: 'carc' }),
  'denial.rarcs': list('RARCs of all denials of the case.', ofCase, { codeSet: 'rarc' }),
  'denial.category': text('Our category of the case.', ofCase, { values: categories }),
  'denial.usualAction': text('What is usually done first about the lead CARC (rules/reference/denial-categories.json).', ofCase, {
    values: usualActions,
  }),
  'denial.amountCents': money('Amount denied in the case.', ofCase),
  'denial.lines': count('Claim lines the case touches.', ofCase),
  'denial.wholeClaim': truth('Whether nothing at all was paid on the claim.', ofCase),
  'denial.ageDays': days('Days since the remittance that denied.', ofCase),

  'path.attempts': count('Paths already taken for this claim and category.', ofCase),
  'path.lastKind': text('The last path taken.', ofCase, { values: pathKinds }),
  'path.reconsiderations': count('Reconsiderations already taken.', ofCase),
  'path.appeals': count('Appeals already taken.', ofCase),

  'left.filingDays': days('Days to the legal filing limit; negative when past; null when none is known.', ['rejected', ...ofCase]),
  'left.correctedClaimDays': days('Days to the limit for a corrected claim.', ofCase),
  'left.reconsiderationDays': days('Days to the limit for a reconsideration.', ofCase),
  'left.appealDays': days('Days to the limit of the appeal level that would be filed next.', ofCase),

  'evidence.authorization': truth('Whether an authorization exists; null when nobody has looked.', ofClaim),
  'evidence.timelyFiling': truth('Whether a payer’s acceptance (277CA A2) proves timely filing.', ofClaim),

  'patient.balanceCents': money('What the patient owes.', ofPatient),
  'patient.statements': count('Statements sent.', ofPatient),
  'patient.daysSinceFirstStatement': days('Days since the first statement.', ofPatient),
  'patient.daysSinceLastStatement': days('Days since the last statement.', ofPatient),
  'patient.plan': text('Where the payment plan stands.', ofPatient, { values: plans }),
  'patient.holds': list('Reasons of the holds in force.', ofPatient),
  'patient.paidCents': money('What the patient has paid.', ofPatient),
  'patient.placements': count('Placements with vendors so far.', ofPatient),
  'patient.lastPlacement': text('Where the last placement stands; null when there was none.', ofPatient, { values: placements }),
  'patient.lastTier': text('Which kind of vendor had it last; null when there was none.', ofPatient, { values: tiers }),

  'placement.vendor': text('The vendor that holds the balance.', ['placed']),
  'placement.tier': text('Which kind of vendor holds it.', ['placed'], { values: tiers }),
  'placement.days': days('Days since the balance was placed.', ['placed']),
  'placement.status': text('Where the placement stands.', ['placed'], {
    values: placements,
  }),
  'placement.paidCents': money('What came through the vendor.', ['placed']),

  'credit.cents': money('What was received above what was owed.', ['credit']),
  'credit.bucket': text('Whose money it is.', ['credit'], { values: buckets }),

  'next.payerId': text('The payer that comes next.', ['nextPayer']),
  'next.class': text('The kind of payer that comes next.', ['nextPayer'], { values: payerClasses }),
  'next.crossover': truth('Whether the payer before forwarded the claim itself (CLP02 19-21).', ['nextPayer']),
  'next.waitedDays': days('Days since the remittance of the payer before.', ['nextPayer']),
} satisfies Record<string, FactDeclaration>;

export type FactId = keyof typeof catalogue;

const declarations: ReadonlyMap<string, FactDeclaration> = new Map(Object.entries(catalogue));

/** In catalogue order, which is also the order of the facts in a receipt. */
export const factIds: readonly string[] = [...declarations.keys()];

export function declarationOf(id: string): FactDeclaration | null {
  return declarations.get(id) ?? null;
}

export function emptyFacts(): Facts {
  return Object.fromEntries(factIds.map((id) => [id, null]));
}
