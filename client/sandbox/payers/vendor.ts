import { addDays, type CivilDate, civilDateAt, type Instant, later } from '../../../rules/domain/civil-date.ts';
import { allocate, cents, sum, zeroCents } from '../../../rules/domain/money.ts';
import type { ReadRecord } from '../../../rules/vendors/read-records.ts';
import type { WrittenRecord } from '../../../rules/vendors/write-records.ts';
import type { Delivery } from '../peer.ts';
import { chanceOf } from './chance.ts';
import { safeName } from './check-runs.ts';
import type { VendorManners } from './manners.ts';
import { daysEvery, hourOn } from './moments.ts';
import type { World } from './payer.ts';
import type { PlacementTruth, VendorMistake } from './truth.ts';
import { unremittedOf, VendorBooks } from './vendor-books.ts';
import { VendorDesk } from './vendor-desk.ts';
import { back, collection, type CollectionEvent, collectionsOf, type Placement, type VendorEvent } from './vendor-placement.ts';

type Report = VendorEvent['kind'];

/** A wrong acknowledgement is followed by a right one after so many days. */
const correctedAfterDays = 2;

/** It goes on listing for so long after the last balance came back. */
const listsAfterDays = 14;

/** A collection agency: counts the files that it gets, reports what it collects, hears and gives back, follows recalls and updates; some of it with mistakes. */
export class Vendor {
  readonly #world: World;
  readonly #manners: VendorManners;
  readonly #id: string;
  readonly #desk: VendorDesk;
  readonly #books: VendorBooks;
  readonly #placements = new Map<string, Placement>();
  readonly #reports = new Set<string>();

  constructor(world: World, manners: VendorManners, id: string) {
    this.#world = world;
    this.#manners = manners;
    this.#id = id;
    this.#desk = new VendorDesk(id);
    this.#books = new VendorBooks({ world, manners, desk: this.#desk, id, placements: this.#placements });
  }

  /** Null when the file is none of ours. A placement or recall that came before changes nothing. */
  receive(content: string, name: string, at: Instant): readonly Delivery[] | null {
    const today = civilDateAt(at, this.#world.zone);
    const placements = this.#desk.read('placement', content, today);
    if (placements !== null) return this.#accept(placements, name, at);
    const recalls = this.#desk.read('recall', content, today);
    if (recalls !== null) return recalls.flatMap((row) => this.#recall(row.required('placementId'), at));
    const updates = this.#desk.read('update', content, today);
    for (const row of updates ?? []) this.#update(row);
    return updates === null ? null : [];
  }

  truth(): { readonly placements: readonly PlacementTruth[]; readonly mistakes: readonly VendorMistake[] } {
    const placements = [...this.#placements.values()].map((placement): PlacementTruth => {
      const { reference, accountNumber, placedCents, state, acknowledgedOn, recalledOn, events } = placement;
      const isBack = events.some(({ kind, isTold }) => kind === 'returns' && isTold);
      return {
        vendor: this.#id,
        reference,
        accountNumber,
        placedCents,
        collectedCents: sum(collectionsOf(placement).map(({ isTold, cents: paid }) => (isTold ? paid : zeroCents))),
        state: isBack ? 'returned' : state,
        acknowledgedOn,
        recalledOn,
        unremitted: unremittedOf(placement),
      };
    });
    return { placements, mistakes: this.#books.mistakes() };
  }

  /** It says of the whole file what it counted, and of single records that it refuses them; or nothing at all. */
  #accept(rows: readonly ReadRecord<'placement'>[], name: string, at: Instant): readonly Delivery[] {
    const fresh = rows.filter((row) => !this.#placements.has(row.required('placementId')));
    const [first] = fresh;
    if (first === undefined) return [];
    const lead = first.required('placementId');
    const isSilent = this.#chance(lead, 'acknowledges').pick(this.#manners.acknowledges) === 'silent';
    const on = addDays(civilDateAt(at, this.#world.zone), this.#chance(lead, 'acknowledge days').between(this.#manners.acknowledgeDays));
    const refused = new Map<string, string>();
    const counts = isSilent ? 'right' : this.#chance(lead, 'counts').pick(this.#manners.counts);
    const agreedOn = counts === 'right' ? on : addDays(on, correctedAfterDays);
    const deliveries = fresh.flatMap((row) => {
      const placement = this.#hold(row, at);
      const says = this.#chance(placement.reference, 'acknowledges').pick(this.#manners.acknowledges);
      if (isSilent) return [];
      placement.state = says === 'rejected' ? 'rejected' : 'held';
      if (says === 'rejected') refused.set(placement.reference, 'not our kind of account');
      return says === 'rejected' ? [] : this.#work(placement, agreedOn, at);
    });
    if (isSilent) return [];
    const file = name.replace(/\.\w+$/, '');
    const totalCents = sum(rows.map((row) => row.cents('balanceCents') ?? zeroCents));
    const right = { count: rows.length, totalCents };
    const wrong = counts === 'wrongCount' ? { count: rows.length + 1, totalCents } : { count: rows.length, totalCents: totalCents - 100 };
    const told =
      counts === 'right'
        ? [{ on, said: right }]
        : [
            { on, said: wrong },
            { on: agreedOn, said: right },
          ];
    const acknowledgements = told.map(({ on: day, said }, n) => {
      const content = this.#desk.write('acknowledgement', acknowledged(name, { on: day, ...said, refused }), day);
      return { at: this.#at(day, at), name: `${safeName(this.#id)}-ack-${safeName(file)}-${n + 1}.csv`, content };
    });
    return [...acknowledgements, ...deliveries];
  }

  #hold(row: ReadRecord<'placement'>, at: Instant): Placement {
    const placedCents = row.cents('balanceCents') ?? zeroCents;
    const placement: Placement = {
      reference: row.required('placementId'),
      accountNumber: row.required('accountNumber'),
      tier: row.text('tier'),
      placedCents,
      offeredOn: civilDateAt(at, this.#world.zone),
      firstStatementOn: row.date('firstStatementOn'),
      owedCents: placedCents,
      state: 'offered',
      acknowledgedOn: null,
      recalledOn: null,
      events: [],
    };
    this.#placements.set(placement.reference, placement);
    return placement;
  }

  #work(placement: Placement, from: CivilDate, at: Instant): readonly Delivery[] {
    const { reference, placedCents } = placement;
    placement.acknowledgedOn = from;
    const outcome = this.#chance(reference, 'collects').pick(this.#manners.collects);
    const paidOn = addDays(from, this.#chance(reference, 'collect days').between(this.#manners.collectDays));
    const share = this.#chance(reference, 'collected share').between({ from: 10, to: 60 });
    const [part = zeroCents] = placedCents > 0 ? allocate(placedCents, [share, 100 - share]) : [];
    const collected = { nothing: zeroCents, part, all: placedCents }[outcome];
    if (collected > 0) placement.events.push(collection(paidOn, collected, `${reference}-V1`));
    const heard = this.#chance(reference, 'reports').pick(this.#manners.reports);
    const heardOn = addDays(from, this.#chance(reference, 'report days').between(this.#manners.collectDays));
    if (heard !== 'nothing') placement.events.push({ kind: 'statuses', on: heardOn, status: heard, isTold: false });
    const backOn = addDays(from, this.#manners.keepsDays);
    const paidBackOn = addDays(paidOn, 7);
    const returnedOn = outcome === 'all' || backOn <= paidOn ? paidBackOn : backOn;
    placement.events.push(back(returnedOn, outcome === 'all' ? 'paidInFull' : 'uncollectible'));
    const reports = placement.events.flatMap(({ kind, on }) => this.#report(kind, on, at));
    const until = addDays(
      placement.events.map(({ on }) => on).reduce((a, b) => later(a, b)),
      listsAfterDays,
    );
    return [...reports, ...this.#routine(from, until, at)];
  }

  /** On the morning after: a list of what it holds and whom it called, and what it transfers; of working days, as updates take one to arrive. */
  #routine(from: CivilDate, until: CivilDate, at: Instant): readonly Delivery[] {
    const { listsEveryDays, remitsEveryDays } = this.#manners;
    const books = this.#books;
    return [
      ...daysEvery(listsEveryDays, from, until).flatMap((on) => [
        ...this.#once(`inventory-${on}`, this.#morningAfter(on, at), () => books.inventory(on)),
        ...this.#once(`contacts-${on}`, this.#morningAfter(on, at), () => books.contacts(on)),
      ]),
      ...daysEvery(remitsEveryDays, from, until).flatMap((on) =>
        this.#once(`remit-${on}`, this.#morningAfter(on, at), () => books.remit(on)),
      ),
    ];
  }

  #recall(reference: string, at: Instant): readonly Delivery[] {
    const placement = this.#placements.get(reference);
    if (placement === undefined || placement.state !== 'held') return [];
    placement.recalledOn ??= civilDateAt(at, this.#world.zone);
    if (this.#chance(reference, 'recall').pick(this.#manners.recall) === 'silent') return [];
    const untold = placement.events.filter(({ isTold }) => !isTold);
    if (!untold.some(({ kind }) => kind === 'returns')) return [];
    for (const one of untold) placement.events.splice(placement.events.indexOf(one), 1);
    const on = addDays(civilDateAt(at, this.#world.zone), this.#chance(reference, 'recall days').between(this.#manners.recallDays));
    placement.events.push(back(on, 'recalled'));
    placement.state = 'returned';
    return this.#report('returns', on, at);
  }

  /** It asks nobody for what was paid or adjusted at the hospital. */
  #update(row: ReadRecord<'update'>): void {
    const placement = this.#placements.get(row.required('placementId'));
    const owed = row.cents('balanceCents');
    if (placement !== undefined && owed !== null) placement.owedCents = owed;
  }

  /** One report of a kind and day for all that happened up to it and was not told yet; what is in it is settled when the file is read. */
  #report(kind: Report, on: CivilDate, at: Instant): readonly Delivery[] {
    return this.#once(`${kind}-${on}`, this.#at(on, at), () => this.#settle(kind, on));
  }

  #once(about: string, at: Instant, settle: () => string): readonly Delivery[] {
    const name = `${safeName(this.#id)}-${about}.csv`;
    if (this.#reports.has(name)) return [];
    this.#reports.add(name);
    let content: string | null = null;
    return [
      {
        at,
        name,
        get content() {
          content ??= settle();
          return content;
        },
      },
    ];
  }

  #settle(kind: Report, through: CivilDate): string {
    const due = [...this.#placements.values()].flatMap((placement) =>
      placement.events.filter((one) => one.kind === kind && !one.isTold && one.on <= through).map((one) => ({ placement, one })),
    );
    const payments: WrittenRecord<'payments'>[] = [];
    const returns: WrittenRecord<'returns'>[] = [];
    const statuses: WrittenRecord<'statuses'>[] = [];
    for (const { placement, one } of due) {
      one.isTold = true;
      const { reference: placementId } = placement;
      if (one.kind === 'payments') payments.push(...this.#paid(placement, one));
      else if (one.kind === 'returns') returns.push({ placementId, returnedOn: one.on, reason: one.reason });
      else statuses.push({ placementId, status: one.status, on: one.on });
    }
    switch (kind) {
      case 'payments':
        return this.#desk.write('payments', payments, through);
      case 'returns':
        return this.#desk.write('returns', returns, through);
      case 'statuses':
        return this.#desk.write('statuses', statuses, through);
    }
  }

  /** Never more than it believes to be owed; now and then with a fee that is not the contract's. */
  #paid(placement: Placement, one: CollectionEvent): readonly WrittenRecord<'payments'>[] {
    one.cents = cents(Math.max(0, Math.min(one.cents, placement.owedCents)));
    if (one.cents === 0) return [];
    placement.owedCents -= one.cents;
    const { reference: placementId } = placement;
    const isWrong = this.#chance(placementId, 'fees').pick(this.#manners.fees) === 'wrong';
    one.overchargedCents = isWrong ? cents(100) : zeroCents;
    one.feeCents = sum([this.#desk.fee(placement, one), one.overchargedCents]);
    const { paymentId, on: paidOn, feeCents } = one;
    return [{ placementId, paymentId, cents: one.cents, paidOn, basis: 'direct', feeCents }];
  }

  #morningAfter(on: CivilDate, at: Instant): Instant {
    return hourOn(addDays(on, 1), 6, { at, zone: this.#world.zone });
  }

  #at(on: CivilDate, at: Instant): Instant {
    return hourOn(on, 18, { at, zone: this.#world.zone });
  }

  #chance(reference: string, decision: string) {
    return chanceOf(this.#world.seed, 'vendor', this.#id, reference, decision);
  }
}

interface Said {
  readonly on: CivilDate;
  readonly count: number;
  readonly totalCents: number;
  readonly refused: ReadonlyMap<string, string>;
}

function acknowledged(file: string, { on, count, totalCents, refused }: Said): readonly WrittenRecord<'acknowledgement'>[] {
  const rejected = [...refused].map(([placementId, reason]) => ({ file, verdict: 'rejected', on, placementId, reason }));
  return [{ file, verdict: 'received', on, count, totalCents }, ...rejected];
}
