import { actions } from '../domain/decision.ts';
import type { Command } from '../domain/event.ts';
import type { Subject } from '../domain/task.ts';
import { refusalOfExtraordinary } from './extraordinary.ts';
import { refusalOf } from './legal.ts';
import { isPlacementOnItsWay } from './questions.ts';
import { isRecallable } from './react-vendor.ts';
import type { Turn } from './turn.ts';

/** What did not arrive goes out once more, unless a hold, a balance that is gone or a day stops it by now: then its question is asked again. */
export function sendAgain(turn: Turn, command: Command): void {
  const { kind, subject, params } = command;
  const action = actions.find((name) => name === kind);
  const isPatients = subject.kind === 'patient' || kind === 'placeWithVendor';
  const isStopped = isPatients && action !== undefined && refusalOf(turn, 'patientBalance', subject, action) !== null;
  const isTooEarly = action !== undefined && refusalOfExtraordinary(turn, { action, params }) !== null;
  const isPlaced = kind === 'placeWithVendor' && isPlacementOnItsWay(turn.account);
  if (kind === 'updateVendor' && !isWorked(turn, subject)) return;
  if (!isStopped && !isTooEarly && !isPlaced) turn.issueCommand(kind, subject, params);
}

/** Only a vendor that has the balance needs to hear of it. */
function isWorked({ account }: Turn, subject: Subject): boolean {
  return account.patient.placements.some((p) => subject.kind === 'placement' && p.id === subject.placementId && isRecallable(p));
}
