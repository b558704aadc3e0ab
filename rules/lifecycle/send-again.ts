import { actions } from '../domain/decision.ts';
import type { Command } from '../domain/event.ts';
import { refusalOfExtraordinary } from './extraordinary.ts';
import { refusalOf } from './legal.ts';
import { restsOrGoesOn } from './suspend-vendor.ts';
import type { Turn } from './turn.ts';

/** What did not arrive goes out once more, unless a hold, a balance that is gone or a day stops it by now: then its question is asked again. */
export function sendAgain(turn: Turn, command: Command): void {
  const { kind, subject, params } = command;
  const action = actions.find((name) => name === kind);
  const isStopped = subject.kind === 'patient' && action !== undefined && refusalOf(turn, 'patientBalance', subject, action) !== null;
  const isTooEarly = action !== undefined && refusalOfExtraordinary(turn, { action, params }) !== null;
  if (!isStopped && !isTooEarly && !restsOrGoesOn(command)) turn.issueCommand(kind, subject, params);
}
