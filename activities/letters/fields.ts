import type { AttachmentKind } from '../../rules/domain/attachment.ts';
import type { CasePath, ClaimTrack, DenialCase } from '../../rules/domain/account.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Coverage, SubmittedClaim } from '../../rules/domain/claim.ts';
import type { PostedAdjustment } from '../../rules/domain/event.ts';
import { cents, dollars } from '../../rules/domain/money.ts';
import type { TaskForm } from '../../rules/domain/task.ts';
import type { RemittanceNotice } from '../../prisma/reads/letter-source.ts';

/** Every field that a letter may name, in a biller's words. */
export const fieldTitles = {
  'letter.level': 'level of the dispute',
  'payer.name': 'name of the payer',
  'payer.address': 'address of the payer: in channels.json, or on the claim',
  'provider.name': 'name of the billing provider',
  'provider.npi': 'NPI of the billing provider',
  'provider.taxId': 'tax ID of the billing provider',
  'patient.name': 'name of the patient',
  'patient.bornOn': 'date of birth of the patient',
  'member.id': 'member ID',
  'member.group': 'group number',
  'claim.payerNumber': 'claim number of the payer, CLP07 of the 835 or the 277CA',
  'claim.ourNumber': 'number of our submission, CLM01',
  'claim.servicedFrom': 'first day of service',
  'claim.servicedThrough': 'last day of service',
  'claim.chargeCents': 'total charge',
  'claim.diagnoses': 'diagnoses of the claim',
  'claim.procedures': 'procedures of the claim',
  'denial.on': 'day of the decision',
  'denial.codes': 'codes of the denial',
  'denial.lines': 'what was denied, line by line',
  'remit.trace': 'trace number of the remittance, TRN02',
  'dispute.amountCents': 'amount in dispute',
  'filing.sentOn': 'day on which the accepted claim was sent',
  'filing.acceptedOn': 'day on which the payer accepted the claim',
  'filing.submission': 'number of the submission that the payer accepted',
  'earlier.filedOn': 'day on which the level before was filed',
  'earlier.answeredOn': 'day on which the level before was answered',
  'reasons.statement': 'reasons in a person’s words, the note of the task',
  'authorization.number': 'authorization number',
  'reference.payer': 'number that the payer gave, the reference of the task',
  'request.controlNumber': 'attachment control number of the payer’s request, TRN02 of the 277 RFAI',
  'attached.authorization': 'the authorization as a document',
} as const satisfies Readonly<Record<string, string>>;

export interface LetterFacts {
  readonly claim: SubmittedClaim;
  readonly coverage: Coverage | null;
  readonly track: ClaimTrack | null;
  readonly case: DenialCase | null;
  readonly notice: RemittanceNotice | null;
  readonly form: TaskForm | null;
  readonly level: number;
  readonly amountCents: number;
  readonly attached: readonly AttachmentKind[];
  /** The payer's attachment control number, when it asked for documents under one. */
  readonly asked: string | null;
}

/** Two levels of names. A field that is not known is not there at all. */
export type Fields = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export function fieldsOf(facts: LetterFacts): Fields {
  const { claim, coverage, track, form, notice } = facts;
  const { billingProvider: provider, patient } = claim;
  const earlier = earlierPath(facts.case);
  const accepted = track?.submissions.find((s) => s.acceptedOn !== null) ?? null;
  return known({
    letter: { level: facts.level },
    payer: { name: coverage?.payerName },
    provider: { name: provider.name, npi: provider.npi, taxId: provider.taxId },
    patient: { name: nameOf(patient.name), bornOn: patient.bornOn },
    member: { id: coverage?.memberId, group: coverage?.groupNumber },
    claim: claimFields(facts),
    denial: denialFields(facts.case),
    remit: { trace: notice?.trace },
    dispute: { amountCents: facts.amountCents > 0 ? facts.amountCents : null },
    filing: { sentOn: accepted?.sentOn, acceptedOn: accepted?.acceptedOn, submission: accepted?.key },
    earlier: { filedOn: earlier?.filedOn, answeredOn: earlier?.answeredOn },
    reasons: { statement: paragraphsOf(form?.note) },
    authorization: { number: form?.authorizationNumber ?? claim.authorizationNumber },
    reference: { payer: form?.reference },
    request: { controlNumber: facts.asked },
    attached: { authorization: facts.attached.includes('authorization') ? true : null },
  });
}

export function nameOf({ first, middle, last }: SubmittedClaim['patient']['name']): string {
  return [first, middle, last].filter((part) => part !== '').join(' ');
}

/** `line 2, procedure 99284: CO-197 $120.00, remarks N130` */
export function denialText({ lineNumber, service, group, carc, cents: amount, rarcs }: PostedAdjustment): string {
  const code = service?.procedureCode ?? service?.revenueCode ?? null;
  const place = lineNumber === null ? 'whole claim' : `line ${lineNumber}${code === null ? '' : `, ${code}`}`;
  return `${place}: ${group}-${carc}, ${dollars(cents(amount))}${rarcs.length === 0 ? '' : `, remarks ${rarcs.join(', ')}`}`;
}

/** The last path that was answered: what this letter goes on from. */
function earlierPath(found: DenialCase | null): CasePath | null {
  return found?.paths.findLast(({ answeredOn, filedOn }) => answeredOn !== null && filedOn !== null) ?? null;
}

function claimFields({ claim, track }: LetterFacts) {
  const procedures = [...new Set(claim.lines.flatMap(({ procedureCode, revenueCode }) => [procedureCode ?? revenueCode ?? []].flat()))];
  return {
    payerNumber: track?.payerClaimNumber,
    ourNumber: claim.submissionKey,
    servicedFrom: claim.servicedFrom,
    servicedThrough: claim.servicedThrough,
    chargeCents: claim.chargeCents,
    diagnoses: claim.diagnoses.join(', '),
    procedures: procedures.join(', '),
  };
}

function denialFields(found: DenialCase | null): { readonly on?: CivilDate; readonly codes?: string; readonly lines?: readonly string[] } {
  if (found === null) return {};
  const codes = [...new Set(found.denials.map(({ group, carc }) => `${group}-${carc}`))];
  return { on: found.deniedOn, codes: codes.join(', '), lines: found.denials.map(denialText) };
}

function paragraphsOf(note: string | undefined): readonly string[] {
  return (note ?? '').split(/\n\s*\n/).flatMap((paragraph) => (paragraph.trim() === '' ? [] : [paragraph.trim()]));
}

function known(groups: Readonly<Record<string, Readonly<Record<string, unknown>>>>): Fields {
  const isKnown = (value: unknown): boolean =>
    value !== undefined && value !== null && value !== '' && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(
    Object.entries(groups).map(([name, group]) => [name, Object.fromEntries(Object.entries(group).filter(([, value]) => isKnown(value)))]),
  );
}

/** Null when the field is not known. */
export function fieldIn(fields: Fields, name: string): unknown {
  const [group = '', field = ''] = name.split('.');
  return fields[group]?.[field] ?? null;
}
