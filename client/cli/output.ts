import Table from 'cli-table3';
import { type CivilDate, daysBetween } from '../../rules/domain/civil-date.ts';
import { cents, dollars } from '../../rules/domain/money.ts';
import { type CommandFailure, type ExitCode, exitCode } from './failure.ts';

/** What a command answers: one JSON document, and the same in lines for people. */
export interface Answer {
  readonly document: unknown;
  readonly lines: readonly string[];
  /** 0 when absent. */
  readonly exit?: ExitCode;
}

export interface Cell {
  readonly content: string;
  readonly hAlign: 'right';
}

/** Money as people read it, `$1,480.00`. */
export function money(amountCents: number): string {
  return dollars(cents(amountCents));
}

/** Money in a table stands at the right. */
export function moneyCell(amountCents: number): Cell {
  return { content: money(amountCents), hAlign: 'right' };
}

/** A table without frames; empty when there are no rows. */
export function table(head: readonly string[], rows: readonly (readonly (string | Cell)[])[]): readonly string[] {
  if (rows.length === 0) return [];
  const drawn = new Table({ head: [...head], chars: noFrame, style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 } });
  drawn.push(...rows.map((row) => [...row]));
  return drawn
    .toString()
    .split('\n')
    .map((line) => line.trimEnd());
}

const noFrame = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
};

/** A headed block of lines, after an empty line; nothing when there is nothing to say. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines.map((line) => (line === '' ? '' : `  ${line}`))];
}

/** `in 5 days`, `today`, `3 days late`. */
export function distance(today: CivilDate, on: CivilDate): string {
  const days = daysBetween(today, on);
  if (days === 0) return 'today';
  const count = `${Math.abs(days)} ${Math.abs(days) === 1 ? 'day' : 'days'}`;
  return days > 0 ? `in ${count}` : `${count} late`;
}

/** The text of an answer as it goes to stdout: in JSON mode exactly one document. */
export function printed({ document, lines }: Answer, isJson: boolean): string {
  return `${isJson ? JSON.stringify(document, null, 2) : lines.join('\n')}\n`;
}

/** The same for a command that ended early. */
export function printedFailure(failure: CommandFailure, isJson: boolean): string {
  const { message, where, next } = failure;
  if (isJson) return `${JSON.stringify({ error: { what: message, where, next, exit: failure.exit } }, null, 2)}\n`;
  return `✗ ${message}\n  Where: ${where}\n  Next:  ${next}\n`;
}

/** For an answer that is yes or no. */
export function exitFor(isYes: boolean): ExitCode {
  return isYes ? exitCode.done : exitCode.no;
}
