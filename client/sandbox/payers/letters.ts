import { z } from 'zod';
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

/** What a payer's mail room takes from the manifest that comes with a packet (activities/outbound/manifest.ts). */
const packet = z.object({
  about: z.object({
    kind: z.enum(['appeal', 'reconsideration', 'documents']),
    level: z.int(),
    account: z.string(),
    memberId: z.string(),
    payerClaimNumber: z.string().nullable(),
  }),
});

/** Null when it is no manifest of such a packet. */
export function readLetter(file: string, content: string): Letter | null {
  if (!file.endsWith('.manifest.json')) return null;
  const parsed = packet.safeParse(JSON.parse(utf8(content)));
  return parsed.success ? { file, ...parsed.data.about } : null;
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
