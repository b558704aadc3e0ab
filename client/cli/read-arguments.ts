import { InvalidArgumentError } from 'commander';
import { type CivilDate, type Instant, instant, isCivilDate } from '../../rules/domain/civil-date.ts';
import { type Cents, parseAmount } from '../../rules/domain/money.ts';
import type { GivenEvidence } from '../../rules/domain/task.ts';

/** Commander turns what these throw into a message that names the option, and exit 2. */

export function readDate(text: string): CivilDate {
  if (isCivilDate(text)) return text;
  throw new InvalidArgumentError('It must be an existing date written YYYY-MM-DD.');
}

/** Dollars as people write them, `50` or `50.00`; whole cents inside. */
export function readAmount(text: string): Cents {
  const amount = parseAmount(text.replace(/^\$/, ''));
  if (amount !== null && amount > 0) return amount;
  throw new InvalidArgumentError('It must be dollars above zero with at most two decimals, such as 50.00.');
}

const knowable = ['contracted', 'selfFunded', 'memberConsent', 'waiverOfLiability', 'medicalJudgement', 'ourDataWrong'] as const;

/** `memberConsent,contracted=false,minimumInControversyCents=20000`: what is named alone is true. */
export function readEvidence(text: string): GivenEvidence {
  return text.split(',').reduce<GivenEvidence>((said, part) => {
    const [name = '', value = 'true'] = part.trim().split('=');
    const known = knowable.find((one) => one === name);
    if (known !== undefined && (value === 'true' || value === 'false')) return { ...said, [known]: value === 'true' };
    if (name === 'minimumInControversyCents' && /^[1-9]\d{0,8}$/.test(value)) return { ...said, minimumInControversyCents: Number(value) };
    throw new InvalidArgumentError(
      `"${part}" says nothing known; names are ${knowable.join(', ')} (true or false) and minimumInControversyCents.`,
    );
  }, {});
}

export function readCount(text: string): number {
  const count = Number(text);
  if (/^\d{1,5}$/.test(text) && count > 0) return count;
  throw new InvalidArgumentError('It must be a whole number from 1 to 99999.');
}

/** As PostgreSQL takes it: a draft or another row. */
export function readId(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be an id as recourse rules drafts shows it.');
}

export function readInstant(text: string): Instant {
  const at = new Date(text);
  if (/^\d{4}-\d{2}-\d{2}T/.test(text) && !Number.isNaN(at.getTime())) return instant(at.toISOString());
  throw new InvalidArgumentError('It must be a moment such as 2026-12-01T06:00:00-05:00.');
}

export interface TaskName {
  readonly account: string;
  readonly task: string;
}

/** `unmatched/1a2b3c4d`, the last eight digits alone, or the whole id. */
export function readUnmatchedName(text: string): string {
  const name = text.replace(/^unmatched\//, '').toLowerCase();
  if (/^([0-9a-f]{8}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.test(name)) return `unmatched/${name}`;
  throw new InvalidArgumentError('It must name an unmatched task, such as unmatched/1a2b3c4d.');
}

/** `ACCOUNT/t3`: an account number or id, and the id of a task on it. The last slash parts them. */
export function readTaskName(text: string): TaskName {
  const match = /^(.+)\/(t\d{1,6})$/.exec(text);
  const [, account, task] = match ?? [];
  if (account !== undefined && task !== undefined) return { account, task };
  throw new InvalidArgumentError('It must name a task of an account, such as 10023/t3.');
}

/** As it stands on a statement: digits, leading zeros or not. */
export function readStatementNumber(text: string): string {
  if (/^\d{1,12}$/.test(text)) return text.padStart(9, '0');
  throw new InvalidArgumentError('It must be the number that stands on the statement, such as 000000123.');
}
