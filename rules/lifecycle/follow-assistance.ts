import type { AssistanceApplication } from '../domain/assistance.ts';
import { assertNever } from '../domain/failures.ts';
import { awardOn } from './award.ts';
import { takeDecision } from './decide-assistance.ts';
import { isOpen } from './evolve-assistance.ts';
import { behind, wantsHold } from './person-assistance.ts';
import { isSettled } from './phase.ts';
import { move, resumeCollection, suspend } from './react-assistance.ts';
import type { Turn } from './turn.ts';

/** What other accounts of the person lead counts here too: each in its own amounts, and without a word to the patient, who hears it from the other. */
export function followAssistanceElsewhere(turn: Turn): void {
  for (const led of behind(turn)) follow(turn, led);
  if (wantsHold(turn)) suspend(turn);
}

function follow(turn: Turn, led: AssistanceApplication): void {
  const known = ownOf(turn, led);
  const { id: applicationId, receivedOn } = led;
  if (known === null) turn.record({ kind: 'assistanceJoined', applicationId, receivedOn, on: turn.today });
  const own = ownOf(turn, led);
  if (own === null) return;
  switch (led.status) {
    case 'received':
    case 'incomplete':
    case 'complete':
    case 'proposed':
      return goesOn(turn, led, { own, wasOpen: known !== null && isOpen(known) });
    case 'lapsed':
    case 'withdrawn':
      move(turn, own, { status: led.status, reason: fromElsewhere });
      return resumeCollection(turn);
    case 'approved':
    case 'denied':
      return isDecided(turn, led, own);
    case 'late':
    case 'notTaken':
      return;
    default:
      return assertNever(led.status);
  }
}

const fromElsewhere = 'so it stands on the account that leads it';

function ownOf({ account }: Turn, { id }: AssistanceApplication): AssistanceApplication | null {
  return account.assistance?.applications.find((a) => a.id === id) ?? null;
}

/** Until a second person said yes nothing is decided here. */
function goesOn(
  turn: Turn,
  { status, missing, dueOn }: AssistanceApplication,
  { own, wasOpen }: { readonly own: AssistanceApplication; readonly wasOpen: boolean },
): void {
  const now = status === 'incomplete' || status === 'received' ? status : 'complete';
  const lacks = { ...(missing.length === 0 ? {} : { missing }), ...(dueOn === null ? {} : { dueOn }) };
  if (now !== own.status || now === 'incomplete') move(turn, own, { status: now, reason: fromElsewhere, ...lacks });
  if (!wasOpen && !isSettled(turn.account)) suspend(turn);
}

function isDecided(turn: Turn, { decision, receivedOn }: AssistanceApplication, own: AssistanceApplication): void {
  if (decision === null) return;
  const { owesCents } = awardOn(turn, { receivedOn, discountPercent: decision.discountPercent });
  takeDecision(turn, own, { ...decision, owesCents });
}
