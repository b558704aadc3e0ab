import { words } from '../../rules/lifecycle/describe.ts';
import type { AccountView } from '../views/account-shapes.ts';
import { ownerWords } from './account-lines.ts';
import { money } from './output.ts';

/** Where the account stands after somebody did something to it. */
export function standing({ phase, owner, balanceCents, nextStep, tasks }: AccountView): readonly string[] {
  return [
    `Now ${words(phase)}, ${money(balanceCents)}, owner ${ownerWords(owner)}.`,
    nextStep === null ? 'No dated step is ahead.' : `Next: ${nextStep.on}, ${nextStep.reason}.`,
    ...tasks.map((task) => `Open: ${task.id} ${task.title} [${task.queue}]${task.assignee === null ? '' : ` (${task.assignee})`}`),
  ];
}
