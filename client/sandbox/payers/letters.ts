import { z } from 'zod';
import { cents, parseAmount, type Cents } from '../../../rules/domain/money.ts';
import { readRows } from './feed.ts';

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
  /** Of the statement, or of payments. */
  readonly number: number;
}

const planOffer = z.object({
  about: z.object({
    kind: z.literal('planOffer'),
    account: z.string(),
    fields: z.object({ months: z.int(), instalmentCents: z.int() }),
  }),
});

/**
 * What patients find in their letterboxes: the statements of a run, which the mail house's index lists, each account as a mail of its own, or the offer
 * of a plan, with its number of payments. Null when it is neither.
 */
export function readPatientMail(name: string, content: string): readonly PatientMail[] | null {
  if (name.endsWith('-index.csv')) return readRows(content, ['statement', 'account_dues'])?.flatMap(statementsIn) ?? null;
  if (!name.endsWith('.manifest.json')) return null;
  const parsed = planOffer.safeParse(JSON.parse(utf8(content)));
  if (!parsed.success) return null;
  const { account, fields } = parsed.data.about;
  return [{ account, kind: 'planOffer', amount: cents(fields.instalmentCents), number: fields.months }];
}

function statementsIn({ statement, account_dues: dues }: Readonly<Record<'statement' | 'account_dues', string>>): readonly PatientMail[] {
  return dues.split('; ').flatMap((due) => {
    const [account = '', text = ''] = due.split(' ');
    const amount = parseAmount(text);
    return amount === null ? [] : [{ account, kind: 'statement' as const, amount, number: Number(statement) }];
  });
}

function utf8(content: string): string {
  return Buffer.from(content, 'latin1').toString('utf8');
}
