import { actions } from '../domain/decision.ts';
import type { Command } from '../domain/event.ts';
import type { Subject } from '../domain/task.ts';
import { refusalOf } from './legal.ts';
import { isPlacementOnItsWay } from './questions.ts';
import type { Turn } from './turn.ts';

/** What did not arrive goes out once more, unless a hold or a balance that is gone stops it by now: then its question is asked again. */
export function sendAgain(turn: Turn, { kind, subject, params }: Command): void {
  const action = actions.find((name) => name === kind);
  const isPatients = subject.kind === 'patient' || kind === 'placeWithVendor';
  const isStopped = isPatients && action !== undefined && refusalOf(turn, 'patientBalance', subject, action) !== null;
  const isPlaced = kind === 'placeWithVendor' && isPlacementOnItsWay(turn.account);
  if (kind === 'updateVendor' && !isWorked(turn, subject)) return;
  if (!isStopped && !isPlaced) turn.issueCommand(kind, subject, params);
}

/** Only a vendor that has the balance needs to hear of it. */
function isWorked({ account }: Turn, subject: Subject): boolean {
  return account.patient.placements.some(
    (p) => subject.kind === 'placement' && p.id === subject.placementId && (p.status === 'offered' || p.status === 'placed'),
  );
}
