import { payerClasses } from '../domain/deadline.ts';
import { decisionPoints } from '../domain/decision.ts';
import { DenialCategory, usualActions } from '../domain/denial.ts';
import { holdStops } from '../domain/hold.ts';
import { creditCauses } from '../domain/ledger.ts';
import { overrideActions, overrideReasons } from '../domain/instruction.ts';
import { facilityTypes, serviceCategories } from '../domain/service.ts';
import { vendorStatuses } from '../domain/vendor-report.ts';
import { stepNeeds } from '../domain/way-of-appeal.ts';
import { assistanceFacts } from './catalogue-assistance.ts';
import { planFactsDeclared } from './catalogue-plans.ts';
import { count, days, type FactDeclaration, list, money, percent, text, truth, date } from './declare-fact.ts';

/** Changes when an id, a type or a meaning changes. */
export const catalogueVersion = '4';

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
  'reopening',
  'openNegotiation',
  'disputeResolution',
  'otherPayer',
  'nextPayer',
  'patient',
  'writeOff',
];
const waits = ['functionalAcknowledgement', 'claimAcknowledgement', 'statusInquiry', 'payerCall', 'reconsiderationAnswer', 'appealAnswer'];
const placements = ['offered', 'placed', 'refused', 'recallSent', 'returned'];
const linesOfBusiness = [
  'medicareFfs',
  'medicareAdvantage',
  'medicaid',
  'commercial',
  'blue',
  'federalEmployee',
  'tricare',
  'veterans',
  'workersCompensation',
  'auto',
  'liability',
  'selfPay',
  'other',
];
const products = ['hmo', 'ppo', 'pos', 'epo', 'indemnity'];
const claimStatuses = ['1', '2', '3', '4', '19', '20', '21', '22', '23', '25'];
const answers = ['overturned', 'upheld'];
const coverage = ['active', 'inactive', 'unknown'];

/** What must be there before the facts that depend on it can be given. */
const until = {
  documents: { nullUntil: 'documents can be kept with an account' },
  eligibility: { nullUntil: 'eligibility answers (271) are read' },
  status: { nullUntil: 'answers to status inquiries (277) reach the account' },
  facilities: { nullUntil: 'facilities are configured' },
  estimates: { nullUntil: 'good-faith estimates are kept beside the account' },
  externalReview: { nullUntil: 'a policy for external review is written' },
} as const;

const buckets = ['payer1', 'payer2', 'payer3', 'patient'];

/** Every fact a rule may look at, declared once (RULES §2). The lifecycle gives the values; a missing one is null. */
export const catalogue = {
  point: text('Where in the account’s life the rules are asked.', everywhere, { values: decisionPoints, nullable: false }),

  'payer.id': text('The payer’s id in our tables (NM109 of the payer loop).', everywhere),
  'payer.class': text('The kind of payer, which decides what law applies.', everywhere, { values: payerClasses }),
  'payer.sequence': count('1 primary, 2 secondary, 3 tertiary.', everywhere),
  'payer.state': text('Two-letter state whose law the payer follows for this account.', everywhere),
  'payer.contracted': truth('Whether we have a contract with the payer; null where none is stored and nobody has said.', everywhere),
  'payer.funding': text('Who bears the risk. State prompt-pay and appeal law binds insured plans only.', everywhere, {
    values: ['insured', 'selfFunded'],
  }),
  'payer.contract': text('Our id of the contract that governs the claim.', everywhere),
  'payer.lineOfBusiness': text('The payer’s line of business, by the claim filing indicator (SBR09).', everywhere, {
    values: linesOfBusiness,
  }),
  'payer.product': text('The kind of plan, by the claim filing indicator (SBR09); null where it does not tell.', everywhere, {
    values: products,
  }),
  'payer.plan': text('The plan’s own id within the payer.', everywhere, until.eligibility),

  'coverage.payers': count('Payers on the account, the patient not counted.', everywhere),
  'coverage.otherKnown': truth('Whether the account has another payer than this one.', everywhere),
  'coverage.classes': list('Classes of all payers on the account.', everywhere, { values: payerClasses }),
  'eligibility.onServiceDate': text('Whether the patient was covered on the date of service.', everywhere, {
    values: coverage,
    ...until.eligibility,
  }),

  'facility.id': text('Our id of the facility.', everywhere, until.facilities),
  'facility.taxExempt': truth('Whether 26 CFR 501(r) binds the hospital; null while nobody has said.', everywhere),

  'account.balanceCents': money('What all payers and the patient still owe.', everywhere),

  'claim.type': text('837P or 837I.', everywhere, { values: ['professional', 'institutional'] }),
  'claim.frequency': text('CLM05-3 of the last submission: 1 original, 7 replacement, 8 void.', everywhere, { values: ['1', '7', '8'] }),
  'claim.chargeCents': money('Total charge of the account.', everywhere),
  'claim.ageDays': days('Days since the last day of service.', everywhere),
  'claim.submissions': count('Submissions of this claim so far.', everywhere),
  'claim.servicedOn': date('First day of service.', everywhere),
  'claim.servicedThrough': date('Last day of service.', everywhere),
  'claim.placeOfService': text('CLM05-1 of a professional claim: two digits.', everywhere),
  'claim.billType': text('CLM05-1 of an institutional claim: the two leading digits of the bill type.', everywhere),
  'claim.facilityType': text('The kind of place, from the place of service or the bill type.', everywhere, { values: facilityTypes }),
  'claim.serviceCodes': list('Procedure codes of all lines as they were first billed.', everywhere),
  'claim.revenueCodes': list('Revenue codes of all lines as they were first billed.', everywhere),
  'claim.serviceCategories': list('Kinds of service of all lines, from their codes.', everywhere, { values: serviceCategories }),
  'claim.modifiers': list('Modifiers of all lines as they were first billed.', everywhere),
  'claim.paidCents': money('What this payer paid, by the remittances that stand.', everywhere),
  'claim.allowedCents': money('Paid plus what the payer left to the patient (PR); null before the first remittance.', everywhere),
  'claim.patientShareCents': money('What this payer left to the patient (PR).', everywhere),
  'claim.expectedCents': money('What the stored contract says the payer should allow on the lines that were not denied.', everywhere),
  'claim.varianceCents': money('Expected less allowed and less reductions that are explained; positive is paid short.', everywhere),
  'claim.balanceCents': money('What this payer still owes.', everywhere),
  'claim.remittances': count('Remittances of this payer that stand.', everywhere),
  'claim.payerNumberKnown': truth('Whether the payer’s claim number is known: a replacement needs it (REF*F8).', everywhere),
  'claim.daysSinceFirstSubmission': days('Days since the claim was first sent.', everywhere),
  'claim.daysSinceSubmission': days('Days since the claim was last sent.', everywhere),

  'rejection.level': text('What was refused: the file (TA1), the group (999) or the claim (277CA).', ['rejected'], {
    values: ['interchange', 'functional', 'claim'],
  }),
  'rejection.category': text('277CA category, such as A3 or A7; TA1 or 999 code for a file.', ['rejected']),
  'rejection.status': text('277CA claim status code.', ['rejected']),
  'rejection.daysSince': days('Days since the rejection.', ['rejected']),

  'silence.waitingFor': text('What has not come.', ['silent'], { values: waits }),
  'silence.days': days('Days since the wait began.', ['silent']),
  'silence.inquiries': count('Status inquiries (276) already sent.', ['silent']),
  'silence.statusCategory': text('Category of the payer’s last status answer (277 STC01-1), such as P1 or F2.', ['silent'], until.status),

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
  'denial.receivedOn': date('Day on which the remittance that denied came to us.', ofCase),
  'denial.claimStatus': text('CLP02 of the remittance that denied.', ofCase, { values: claimStatuses }),
  'denial.level': text('Whether the lead denial stands at a service line or at the claim.', ofCase, { values: ['claim', 'line'] }),
  'denial.serviceCodes': list('Procedure codes of the denied lines, as the payer returned them.', ofCase),
  'denial.revenueCodes': list('Revenue codes of the denied lines.', ofCase),
  'denial.serviceCategories': list('Kinds of service of the denied lines.', ofCase, { values: serviceCategories }),
  'denial.billedCents': money('Charge of the denied lines; of the claim when it was denied as a whole.', ofCase),
  'denial.allowedCents': money('What the payer allowed on the denied lines (AMT*B6); null when it did not say.', ofCase),
  'denial.paidCents': money('What the remittance that denied paid on the claim.', ofCase),
  'denial.sharePercent': percent('Amount denied as a share of the claim’s charge, rounded down.', ofCase),
  'denial.repeats': count('Earlier cases of this claim in the same category.', ofCase),
  'denial.previousCarc': text('Lead CARC of the case of this claim before; another one means the reason moved.', ofCase, {
    codeSet: 'carc',
  }),
  'denial.changeCents': money('Amount denied less that of the case before; null for the first.', ofCase),
  'denial.liveCases': count('Cases of this claim that are not closed, this one counted.', ofCase),

  'path.attempts': count('Paths already taken for this claim and category.', ofCase),
  'path.lastKind': text('The last path taken.', ofCase, { values: pathKinds }),
  'path.reconsiderations': count('Reconsiderations already taken.', ofCase),
  'path.appeals': count('Appeals already taken.', ofCase),
  'path.nextAppealLevel': count('The appeal level that would be filed next.', ofCase),
  'path.newClaims': count('New claims already taken as a path.', ofCase),
  'path.replacements': count('Replacements already taken.', ofCase),
  'path.documents': count('Times documents were already sent as a path.', ofCase),
  'path.lastAnswer': text('What the payer last answered to a path.', ofCase, { values: answers }),
  'path.lastReconsideration': text('What the last reconsideration brought.', ofCase, { values: answers }),
  'path.lastAppeal': text('What the last appeal brought.', ofCase, { values: answers }),
  'path.daysSinceFiled': days('Days since the last path was filed.', ofCase),

  'way.id': text('The way of appeal of the case (rules/reference/ways-of-appeal.json).', ofCase),
  'way.nextAppeal': text('Name of the appeal step it may take next; null when there is none or it is not open yet.', ofCase),
  'way.reconsiderationOpen': truth('Whether its way has a reconsideration that was not filed yet.', ofCase),
  'way.reopeningOpen': truth('Whether its way has a reopening.', ofCase),
  'way.asked': list('What a person must say or get before the next appeal may be filed.', ofCase, { values: stepNeeds }),

  'left.filingDays': days('Days to the legal filing limit; negative when past; null when none is known.', ['rejected', ...ofCase]),
  'left.correctedClaimDays': days('Days to the limit for a corrected claim.', ofCase),
  'left.reconsiderationDays': days('Days to the limit for a reconsideration.', ofCase),
  'left.appealDays': days('Days to the limit of the appeal level that would be filed next.', ofCase),
  'left.documentsDays': days('Days to the date by which the payer wants the documents.', ofCase),
  'left.externalReviewDays': days('Days to the limit for external review (45 CFR 147.136).', ofCase, until.externalReview),
  'left.secondaryFilingDays': days('Days to the filing limit of the payer that comes next.', ['nextPayer']),
  'left.refundDays': days('Days to the limit for giving the credit back, counted from the day it was last posted to.', ['credit']),
  ...assistanceFacts,

  'evidence.authorization': truth('Whether an authorization exists; null when nobody has looked.', ofClaim),
  'evidence.timelyFiling': truth('Whether a payer’s acceptance (277CA A2) by the filing limit proves timely filing.', ofClaim),
  'evidence.timelyFilingProof': truth('Of a denial for late filing: whether the proof was found. Null for other denials.', ofCase),
  'evidence.timelyFilingProofOn': date('The day of the earliest acceptance found, in time or not.', ofCase),
  'evidence.timelyFilingProofFile': text('The file in which that was said, and the byte: `<file id>@<offset>`.', ofCase),
  'evidence.referral': truth('Whether the claim carries a referral number (REF*9F).', ofClaim),
  'evidence.advanceNotice': truth('Whether a line carries modifier GA: the patient was told in writing (ABN).', ofClaim),
  'evidence.documentsSent': truth('Whether documents were already sent for this claim.', ofClaim),
  'evidence.records': truth('Whether medical records are at hand.', ofClaim, until.documents),
  'evidence.itemizedBill': truth('Whether an itemized bill is at hand.', ofClaim, until.documents),
  'evidence.operativeNote': truth('Whether an operative note is at hand.', ofClaim, until.documents),
  'evidence.patientConsent': truth(
    'Whether the patient’s written consent or a waiver of liability is at hand, by a person’s word.',
    ofClaim,
  ),
  'evidence.ourDataWrong': truth('Whether what we sent was wrong or incomplete, by a person’s word.', ofClaim),
  'evidence.medicalJudgement': truth('Whether the denial rests on a medical judgement, by a person’s word.', ofClaim),

  'override.action': text('What a person last chose in place of a rule about the same subject; null when nobody did.', everywhere, {
    values: overrideActions,
  }),
  'override.reason': text('Why, from our list.', everywhere, { values: overrideReasons }),
  'override.rule': text('The rule that was overruled.', everywhere),
  'override.on': date('The day on which that was.', everywhere),
  'override.by': text('The id of the person.', everywhere),

  'patient.balanceCents': money('What the patient owes.', ofPatient),
  'patient.statements': count('Statements sent.', ofPatient),
  'patient.daysSinceFirstStatement': days('Days since the first statement.', ofPatient),
  'patient.daysSinceLastStatement': days('Days since the last statement.', ofPatient),
  ...planFactsDeclared,
  'patient.holds': list('Reasons of the holds in force.', ofPatient),
  'patient.stopped': list('What holds in force stop.', ofPatient, { values: holdStops }),
  'patient.paidCents': money('What the patient has paid.', ofPatient),
  'patient.placements': count('Placements with vendors so far.', ofPatient),
  'patient.lastPlacement': text('Where the last placement stands; null when there was none.', ofPatient, { values: placements }),
  'patient.lastTier': text('Tier of the last placement.', ofPatient),
  'patient.lastReturnReason': text('Why the last placement came back: our recall, else the vendor’s word.', ofPatient),
  'patient.statementsSinceReturn': count('Statements since a vendor last gave the balance back.', ofPatient),
  'patient.balanceAgeDays': days('Days since anything first became the patient’s to pay.', ofPatient),
  'patient.daysSinceLastPayment': days('Days since the patient last paid.', ofPatient),
  'patient.estimateCents': money('The good-faith estimate given (45 CFR 149.610); null when none was.', ofPatient),
  'patient.aboveEstimateCents': money('What the patient was billed above the estimate, whatever was paid.', ofPatient),
  'patient.state': text('Two-letter state where the guarantor lives.', ofPatient),
  'patient.mailReturned': truth('Whether mail to the guarantor came back.', ofPatient),

  'guarantor.accounts': count('Accounts of the guarantor that are not ended, this one counted.', ofPatient),
  'guarantor.balanceCents': money('What the patient’s part of all accounts of the guarantor comes to.', ofPatient),
  'guarantor.daysSinceLastStatement': days('Days since a statement of any account went to the guarantor.', ofPatient),

  'placement.vendor': text('The vendor that holds the balance.', ['placed']),
  'placement.days': days('Days since the balance was placed.', ['placed']),
  'placement.status': text('Where the placement stands.', ['placed'], {
    values: placements,
  }),
  'placement.paidCents': money('What came through the vendor.', ['placed']),
  'placement.tier': text('Tier of the placement.', ['placed']),
  'placement.balanceCents': money('Balance at placement.', ['placed']),
  'placement.contractDaysLeft': days('Days until the vendor’s contract wants it back by age; null when it never does.', ['placed']),
  'placement.vendorStatus': text('What the vendor said last of it.', ['placed'], { values: vendorStatuses }),
  'placement.daysSinceLastPayment': days('Days since a payment came through the vendor.', ['placed']),

  'credit.cents': money('What was received above what was owed.', ['credit']),
  'credit.bucket': text('Whose money it is.', ['credit'], { values: buckets }),
  'credit.holderClass': text('The kind of payer the money belongs to; null when it is the patient’s.', ['credit'], {
    values: payerClasses,
  }),
  'credit.cause': text('How the credit came about, as far as the postings tell.', ['credit'], { values: creditCauses }),
  'credit.ageDays': days('Days since the last posting that touched it.', ['credit']),
  'credit.otherBalanceCents': money('What is still owed elsewhere on the account.', ['credit']),

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
