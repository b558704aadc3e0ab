import { addDays, type CivilDate, dayOfWeek, type Instant, instantAt } from '../../../rules/domain/civil-date.ts';
import type { ContactChannel, ContactOutcome } from '../../../rules/domain/contact.ts';
import { chanceOf } from './chance.ts';
import type { VendorManners } from './manners.ts';
import type { World } from './payer.ts';
import type { Placement } from './vendor-placement.ts';

/** A contact that a vendor made about a placement. */
export interface VendorCall {
  readonly contactId: string;
  readonly reference: string;
  readonly on: CivilDate;
  readonly at: Instant;
  readonly channel: ContactChannel;
  readonly outcome: ContactOutcome;
  readonly isNotice: boolean;
  /** Outside the hours that the law allows. */
  readonly isAgainstRules: boolean;
}

const outcomes = [
  { choice: 'noAnswer', weight: 60 },
  { choice: 'leftMessage', weight: 25 },
  { choice: 'conversation', weight: 15 },
] as const;

/** By day: a letter with the validation notice on the day after it took the placement, then calls until it is paid, called back, given back or something stops it. */
export function callsOf(placement: Placement, through: CivilDate, world: World, manners: VendorManners): readonly VendorCall[] {
  const { reference, acknowledgedOn, recalledOn, events } = placement;
  if (acknowledgedOn === null) return [];
  const ends = [...events.map(({ on }) => on), ...(recalledOn === null ? [] : [recalledOn])];
  const isOver = (on: CivilDate) => on > through || ends.some((end) => end <= on);
  const calls: VendorCall[] = [];
  const first = addDays(acknowledgedOn, 1);
  for (let on = first, n = 0; !isOver(on); on = addDays(on, manners.callsEveryDays), n += 1) {
    const chance = (decision: string) => chanceOf(world.seed, 'vendor call', reference, String(n), decision);
    const isNotice = n === 0;
    if (!isNotice && dayOfWeek(on) > 5) continue;
    const isAgainstRules = !isNotice && chance('contacts').pick(manners.contacts) === 'atNight';
    const hour = isAgainstRules ? 22 : chance('hour').between({ from: 10, to: 17 });
    calls.push({
      contactId: `${reference}-C${n}`,
      reference,
      on,
      at: instantAt(on, hour, world.zone),
      channel: isNotice ? 'letter' : 'call',
      outcome: isNotice ? 'sent' : chance('outcome').pick(outcomes),
      isNotice,
      isAgainstRules,
    });
  }
  return calls;
}
