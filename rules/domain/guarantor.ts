import type { CivilDate } from './civil-date.ts';
import type { SubmittedClaim } from './claim.ts';

/** What a turn knows of the person who pays the patient's part, over all accounts of theirs; nothing that names them. */
export interface GuarantorStanding {
  readonly guarantorId: string;
  /** Two letters. */
  readonly state: string;
  /** ISO 639-1 */
  readonly language: string;
  /** Not of age on the day asked; null when the birth date is not known. */
  readonly isMinor: boolean | null;
  readonly mailReturnedOn: CivilDate | null;
  /** Accounts of theirs that are not ended, this one counted. */
  readonly accounts: number;
  /** Of the patient’s part of their other accounts, those that are in credit not counted. */
  readonly owedElsewhereCents: number;
  /** Of any account of theirs. */
  readonly lastStatementOn: CivilDate | null;
}

/** What is known of a person when an account is opened. PHI. */
export interface Person {
  readonly name: { readonly last: string; readonly first: string; readonly middle: string };
  readonly bornOn: CivilDate | null;
  readonly address: {
    readonly line1: string;
    readonly line2: string;
    readonly city: string;
    readonly state: string;
    readonly postalCode: string;
  };
}

/** An 837 names no guarantor: it is the patient where of age, else the subscriber. */
export function whoOwes({ patient, coverages, servicedFrom }: SubmittedClaim): Person {
  const isMinor = patient.bornOn !== null && isMinorOn(patient.bornOn, servicedFrom);
  const answering = isMinor
    ? coverages.find((one) => one.subscriberAddress !== undefined && one.subscriberIsOrganisation !== true)
    : undefined;
  if (answering?.subscriberAddress === undefined) return patient;
  return { name: answering.subscriber, bornOn: answering.subscriberBornOn ?? null, address: answering.subscriberAddress };
}

/** The age of majority in all states but Alabama and Nebraska (19) and Mississippi (21); state law may differ for medical care. */
const ofAge = 18;

/** Full years on that day. */
export function isMinorOn(bornOn: CivilDate, on: CivilDate): boolean {
  const [bornYear = '', ...bornRest] = bornOn.split('-');
  const [year = '', ...rest] = on.split('-');
  const years = Number(year) - Number(bornYear) - (rest.join('-') < bornRest.join('-') ? 1 : 0);
  return years < ofAge;
}

/**
 * As two mentions of a person are compared: name without case, accents and punctuation, birth date, five digits of the postal code. Null when the birth
 * date or a name is missing: too little to say that two accounts are one person's.
 */
export function identityOf({ name, bornOn, address }: Person): string | null {
  const last = compared(name.last);
  const first = compared(name.first);
  if (bornOn === null || last === '' || first === '') return null;
  return [last, first, bornOn, address.postalCode.slice(0, 5)].join('|');
}

function compared(name: string): string {
  return name
    .normalize('NFD')
    .replaceAll(/[^A-Za-z]/g, '')
    .toUpperCase();
}
