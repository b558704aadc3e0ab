import { addDays, type CivilDate, civilDateAt, type Instant } from '../../../rules/domain/civil-date.ts';
import { allocate, amountText, type Cents, parseAmount, sum, zeroCents } from '../../../rules/domain/money.ts';
import type { Delivery } from '../peer.ts';
import { chanceOf } from './chance.ts';
import { safeName } from './check-runs.ts';
import { feedText, readRows } from './feed.ts';
import type { VendorManners } from './manners.ts';
import { hourOn } from './moments.ts';
import type { World } from './payer.ts';
import type { PlacementTruth } from './truth.ts';

interface Placement {
  readonly reference: string;
  readonly accountNumber: string;
  readonly placedCents: Cents;
  state: PlacementTruth['state'];
  /** Told and to come. */
  readonly events: VendorEvent[];
}

interface VendorEvent {
  readonly on: CivilDate;
  readonly event: 'payment' | 'returned';
  readonly reason: string;
  readonly cents: Cents;
  readonly paymentId: string;
  isTold: boolean;
}

const columns = ['placement_id', 'event', 'on', 'reason', 'amount', 'payment_id'];

/** A collection agency: acknowledges placements, reports weekly what it collected and what it gives back, follows recalls. */
export class Vendor {
  readonly #world: World;
  readonly #manners: VendorManners;
  readonly #id: string;
  readonly #placements = new Map<string, Placement>();
  readonly #reports = new Set<string>();

  constructor(world: World, manners: VendorManners, id: string) {
    this.#world = world;
    this.#manners = manners;
    this.#id = id;
  }

  /** Null when the file is neither placements nor recalls. A placement or recall that came before changes nothing. */
  receive(content: string, name: string, at: Instant): readonly Delivery[] | null {
    const placements = readRows(content, ['placement_id', 'account_number', 'balance']);
    if (placements !== null) return this.#accept(placements, name, at);
    const recalls = readRows(content, ['placement_id', 'recalled_on']);
    if (recalls === null) return null;
    return recalls.flatMap((row) => this.#recall(row.placement_id, at));
  }

  truth(): readonly PlacementTruth[] {
    return [...this.#placements.values()].map(({ reference, accountNumber, placedCents, state, events }) => {
      const told = events.filter(({ isTold }) => isTold);
      const collectedCents = sum(told.map((one) => one.cents));
      const isBack = told.some(({ event }) => event === 'returned');
      return { vendor: this.#id, reference, accountNumber, placedCents, collectedCents, state: isBack ? 'returned' : state };
    });
  }

  #accept(
    rows: readonly { readonly placement_id: string; readonly account_number: string; readonly balance: string }[],
    name: string,
    at: Instant,
  ): readonly Delivery[] {
    const fresh = rows.filter((row) => !this.#placements.has(row.placement_id));
    const answers: string[][] = [];
    const deliveries: Delivery[] = [];
    const today = civilDateAt(at, this.#world.zone);
    const on = addDays(today, this.#chance(fresh[0]?.placement_id ?? '', 'acknowledge days').between(this.#manners.acknowledgeDays));
    for (const row of fresh) {
      const placedCents = parseAmount(row.balance) ?? zeroCents;
      const placement: Placement = {
        reference: row.placement_id,
        accountNumber: row.account_number,
        placedCents,
        state: 'offered',
        events: [],
      };
      this.#placements.set(row.placement_id, placement);
      const said = this.#chance(row.placement_id, 'acknowledges').pick(this.#manners.acknowledges);
      if (said === 'silent') continue;
      placement.state = said === 'accepted' ? 'held' : 'rejected';
      answers.push([row.placement_id, `ack-${said}`, on, said === 'accepted' ? '' : 'not our kind of account', '', '']);
      if (said === 'accepted') deliveries.push(...this.#work(placement, on, at));
    }
    if (answers.length === 0) return deliveries;
    const file = `${safeName(this.#id)}-ack-${safeName(name.replace(/\.csv$/, ''))}.csv`;
    return [{ at: this.#at(on, at), name: file, content: feedText(columns, answers) }, ...deliveries];
  }

  #work(placement: Placement, from: CivilDate, at: Instant): readonly Delivery[] {
    const { reference, placedCents } = placement;
    const outcome = this.#chance(reference, 'collects').pick(this.#manners.collects);
    const paidOn = addDays(from, this.#chance(reference, 'collect days').between(this.#manners.collectDays));
    const share = this.#chance(reference, 'collected share').between({ from: 10, to: 60 });
    const [part = zeroCents] = placedCents > 0 ? allocate(placedCents, [share, 100 - share]) : [];
    const collected = { nothing: zeroCents, part, all: placedCents }[outcome];
    if (collected > 0) placement.events.push(payment(reference, paidOn, collected));
    const backOn = addDays(from, this.#manners.keepsDays);
    const backReason = outcome === 'all' ? 'paid in full' : 'could not be collected';
    placement.events.push(back(outcome === 'all' ? addDays(paidOn, 7) : backOn > paidOn ? backOn : addDays(paidOn, 7), backReason));
    return placement.events.flatMap(({ on }) => this.#report(on, at));
  }

  #recall(reference: string, at: Instant): readonly Delivery[] {
    const placement = this.#placements.get(reference);
    if (placement === undefined || placement.state !== 'held') return [];
    if (this.#chance(reference, 'recall').pick(this.#manners.recall) === 'silent') return [];
    const untold = placement.events.filter(({ isTold }) => !isTold);
    if (!untold.some(({ event }) => event === 'returned')) return [];
    for (const one of untold) placement.events.splice(placement.events.indexOf(one), 1);
    const on = addDays(civilDateAt(at, this.#world.zone), this.#chance(reference, 'recall days').between(this.#manners.recallDays));
    placement.events.push(back(on, 'recalled'));
    placement.state = 'returned';
    return this.#report(on, at);
  }

  /** One report a day for all that happened up to it and was not told yet; what is in it is settled when the file is read. */
  #report(on: CivilDate, at: Instant): readonly Delivery[] {
    const name = `${safeName(this.#id)}-report-${on}.csv`;
    if (this.#reports.has(name)) return [];
    this.#reports.add(name);
    const settle = () => this.#settle(on);
    let content: string | null = null;
    return [
      {
        at: this.#at(on, at),
        name,
        get content() {
          content ??= settle();
          return content;
        },
      },
    ];
  }

  #settle(through: CivilDate): string {
    const due = [...this.#placements.values()].flatMap((placement) =>
      placement.events.filter((one) => !one.isTold && one.on <= through).map((one) => ({ placement, one })),
    );
    const rows = due.map(({ placement: { reference }, one }) => {
      one.isTold = true;
      return [reference, one.event, one.on, one.reason, one.event === 'payment' ? amountText(one.cents) : '', one.paymentId];
    });
    return feedText(columns, rows);
  }

  #at(on: CivilDate, at: Instant): Instant {
    return hourOn(on, 18, { at, zone: this.#world.zone });
  }

  #chance(reference: string, decision: string) {
    return chanceOf(this.#world.seed, 'vendor', this.#id, reference, decision);
  }
}

function payment(reference: string, on: CivilDate, amount: Cents): VendorEvent {
  return { on, event: 'payment', reason: '', cents: amount, paymentId: `${reference}-V1`, isTold: false };
}

function back(on: CivilDate, reason: string): VendorEvent {
  return { on, event: 'returned', reason, cents: zeroCents, paymentId: '', isTold: false };
}
