import { actions } from '../domain/decision.ts';
import type { Command } from '../domain/event.ts';
import { refusalOf } from './legal.ts';
import type { Turn } from './turn.ts';

/** What did not arrive goes out once more, unless a hold or a balance that is gone stops it by now: then its question is asked again. */
export function sendAgain(turn: Turn, { kind, subject, params }: Command): void {
  const action = actions.find((name) => name === kind);
  const isStopped = subject.kind === 'patient' && action !== undefined && refusalOf(turn, 'patientBalance', subject, action) !== null;
  if (!isStopped) turn.issueCommand(kind, subject, params);
}
