import { parseAmount, type Cents } from '../../../rules/domain/money.ts';

/** What a payer reads in a letter of ours about a denial. */
export interface Letter {
  readonly file: string;
  readonly kind: 'appeal' | 'reconsideration' | 'documents';
  /** Of an appeal; 1 otherwise. */
  readonly level: number;
  readonly account: string;
  readonly memberId: string;
  readonly payerClaimNumber: string | null;
}

/** Null when it is no such letter. */
export function readLetter(file: string, content: string): Letter | null {
  const text = utf8(content);
  const account = lineAfter(text, 'Account');
  const asked = askedIn(text);
  if (account === null || asked === null) return null;
  const number = lineAfter(text, 'Claim number of the payer');
  return {
    file,
    account,
    ...asked,
    memberId: lineAfter(text, 'Member ID') ?? '',
    payerClaimNumber: number === 'not known' ? null : number,
  };
}

function askedIn(text: string): Pick<Letter, 'kind' | 'level'> | null {
  const appeal = /^Appeal, level (\d+)$/m.exec(text)?.[1];
  if (appeal !== undefined) return { kind: 'appeal', level: Number(appeal) };
  if (/^Request for reconsideration$/m.test(text)) return { kind: 'reconsideration', level: 1 };
  return /^Documents you asked for$/m.test(text) ? { kind: 'documents', level: 1 } : null;
}

export interface PatientMail {
  readonly account: string;
  readonly kind: 'statement' | 'planOffer';
  /** To pay, or one instalment. */
  readonly amount: Cents;
  readonly number: number;
}

/** A statement, with its number, or the offer of a plan, with its number of payments; null when it is neither. */
export function readPatientMail(content: string): PatientMail | null {
  const text = utf8(content);
  const account = lineAfter(text, 'Account');
  const statement = /^Statement (\d+)$/m.exec(text)?.[1];
  const [, payments, instalment] = /a payment plan: (\d+) payments of (\$[\d,.]+),/.exec(text) ?? [];
  const amount = parseAmount((instalment ?? lineAfter(text, 'Please pay') ?? '').replaceAll(/[$,]/g, ''));
  if (account === null || amount === null) return null;
  if (payments !== undefined) return { account, kind: 'planOffer', amount, number: Number(payments) };
  return statement === undefined ? null : { account, kind: 'statement', amount, number: Number(statement) };
}

function lineAfter(text: string, label: string): string | null {
  return new RegExp(`^${label}: (.+)$`, 'm').exec(text)?.[1]?.trim() ?? null;
}

function utf8(content: string): string {
  return Buffer.from(content, 'latin1').toString('utf8');
}
