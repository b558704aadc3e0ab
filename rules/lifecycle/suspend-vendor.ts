import { assistanceHold } from '../domain/assistance.ts';
import type { Command } from '../domain/event.ts';
import type { Subject } from '../domain/task.ts';
import type { Turn } from './turn.ts';

/** While an application for assistance is open the vendor that has the balance rests, from the same day on; afterwards it goes on, unless it is recalled. */
export function keepVendorSuspended(turn: Turn): void {
  const placement = turn.account.patient.placements.at(-1);
  if (placement?.status !== 'placed') return;
  const mustRest = turn.account.holds.some((h) => h.reason === assistanceHold && h.releasedOn === null);
  const said = turn.account.commands.filter(
    ({ command: { kind, params } }) => kind === 'updateVendor' && params.placementId === placement.id,
  );
  const rests = said.findLast(({ status }) => status !== 'refused')?.command.params.what === 'suspend';
  if (mustRest === rests || isRecalled(turn, placement.id)) return;
  const subject: Subject = { kind: 'placement', placementId: placement.id };
  const what = mustRest ? 'suspend' : 'resume';
  turn.issueCommand('updateVendor', subject, { placementId: placement.id, vendor: placement.vendor, what, reason: assistanceHold });
}

/** Said anew at every turn from how things stand, so it is not sent again as it was. */
export function restsOrGoesOn({ kind, params }: Command): boolean {
  return kind === 'updateVendor' && (params.what === 'suspend' || params.what === 'resume');
}

function isRecalled({ account }: Turn, placementId: string): boolean {
  return account.commands.some(
    ({ command, status }) => command.kind === 'recallFromVendor' && command.params.placementId === placementId && status !== 'refused',
  );
}
