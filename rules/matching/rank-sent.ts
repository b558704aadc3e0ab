import { type CivilDate, daysBetween } from '../domain/civil-date.ts';
import type { FileAnswer } from '../domain/unmatched.ts';
import { type Candidate, mostCandidates } from './rank.ts';

/** One file, or group of a file, of ours that an acknowledgement may answer. */
export interface SentFile {
  readonly name: string;
  readonly senderId: string;
  readonly receiverId: string;
  /** ISA13, or GS06. */
  readonly controlNumber: string;
  /** ST02 of its transaction sets. */
  readonly transactionNumbers: readonly string[];
  readonly sentOn: CivilDate;
  readonly claims: number;
  /** Something of this level answered it before. */
  readonly isAnswered: boolean;
  /** One of its submissions and the account of that. */
  readonly accountId: string;
  readonly accountNumber: string;
  readonly submissionKey: string;
}

/** Everything is worth something, so that what agrees in more of the same stands higher. */
const weights = { partners: 16, receiver: 8, equalNumber: 16, similarNumber: 8, transactionNumbers: 8, unanswered: 8, soon: 4 } as const;

/** Acknowledgements come within days. */
const soonDays = 3;

/** The files that it may answer, the likelier first, at most five: sent between the same partners, or under a similar number, and not after it. */
export function rankSentFiles(answer: FileAnswer, sent: readonly SentFile[]): readonly Candidate[] {
  const weighed = sent.flatMap((file) => {
    const { partners, number, transactionNumbers, daysBefore } = evidenceOf(answer, file);
    if (daysBefore < 0 || (partners === 'differ' && number === 'differs')) return [];
    const weight =
      (partners === 'equal' ? weights.partners : partners === 'receiver' ? weights.receiver : 0) +
      (number === 'equal' ? weights.equalNumber : number === 'similar' ? weights.similarNumber : 0) +
      (transactionNumbers === 'equal' ? weights.transactionNumbers : 0) +
      (file.isAnswered ? 0 : weights.unanswered) +
      (daysBefore <= soonDays ? weights.soon : 0);
    return [{ file, weight, daysBefore }];
  });
  return weighed
    .sort((a, b) => b.weight - a.weight || a.daysBefore - b.daysBefore || (a.file.submissionKey < b.file.submissionKey ? -1 : 1))
    .slice(0, mostCandidates)
    .map(({ file }) => {
      const { accountId, accountNumber, submissionKey } = file;
      return { accountId, accountNumber, submissionKey, why: why(answer, file) };
    });
}

function why(answer: FileAnswer, file: SentFile): string {
  const { partners, number, transactionNumbers, daysBefore } = evidenceOf(answer, file);
  const when = daysBefore === 0 ? 'the same day' : `${daysBefore} ${daysBefore === 1 ? 'day' : 'days'} before`;
  const said = [
    `${file.name} (${file.claims} ${file.claims === 1 ? 'claim' : 'claims'}), sent ${when}`,
    partners === 'equal' ? 'partners equal' : partners === 'receiver' ? 'receiver equal' : 'partners differ',
    `control number ${file.controlNumber} ${number}`,
    transactionNumbers === 'silent' ? '' : `transaction numbers ${transactionNumbers === 'equal' ? 'equal' : 'differ'}`,
    file.isAnswered ? 'answered before' : 'not answered yet',
  ];
  return said.filter((text) => text !== '').join(', ');
}

function evidenceOf(answer: FileAnswer, file: SentFile) {
  const { senderId, receiverId, sentOn } = answer.envelope;
  const isReceiver = file.receiverId === senderId;
  const named = answer.kind === 'functional' ? answer.acknowledgement.transactions.map(({ controlNumber }) => controlNumber) : [];
  return {
    partners: isReceiver && file.senderId === receiverId ? 'equal' : isReceiver ? 'receiver' : 'differ',
    number: likenessOf(controlNumberOf(answer), file.controlNumber),
    transactionNumbers: named.length === 0 ? 'silent' : named.every((one) => file.transactionNumbers.includes(one)) ? 'equal' : 'differ',
    daysBefore: daysBetween(file.sentOn, sentOn),
  } as const;
}

/** GS06 that a 999 names, ISA13 that a TA1 or the trace of a batch names. */
export function controlNumberOf(answer: FileAnswer): string {
  switch (answer.kind) {
    case 'functional':
      return answer.acknowledgement.groupControlNumber;
    case 'interchange':
      return answer.acknowledgement.interchangeControlNumber;
    case 'batch':
      return answer.acknowledgement.trace.padStart(9, '0');
  }
}

/** Similar: one digit other, or the same digits in another order, as typed by hand; leading zeros say nothing. */
function likenessOf(a: string, b: string): 'equal' | 'similar' | 'differs' {
  const [x, y] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')];
  if (x === y) return 'equal';
  if (x.length !== y.length || x.length < 3) return 'differs';
  const [digits, known] = [x.split(''), y.split('')];
  const others = digits.filter((digit, n) => digit !== known[n]).length;
  const isReordered = digits.sort().join('') === known.sort().join('');
  return others === 1 || isReordered ? 'similar' : 'differs';
}
