import { type CivilDate, later } from '../../../rules/domain/civil-date.ts';
import { cents, minus, zeroCents } from '../../../rules/domain/money.ts';
import { remitSums } from '../../../rules/vendors/cash.ts';
import type { WrittenRecord } from '../../../rules/vendors/write-records.ts';
import { chanceOf } from './chance.ts';
import { feedText } from './feed.ts';
import type { VendorManners } from './manners.ts';
import type { World } from './payer.ts';
import type { VendorMistake } from './truth.ts';
import { callsOf, type VendorCall } from './vendor-calls.ts';
import type { VendorDesk } from './vendor-desk.ts';
import { collectionsOf, isListed, type Placement } from './vendor-placement.ts';

/** As activities/feeds/vendor-contacts.ts reads them. */
const contactColumns = [
  'contact_id',
  'placement_id',
  'at',
  'direction',
  'channel',
  'purpose',
  'outcome',
  'automated',
  'place',
  'opt_out',
  'validation_notice',
  'said',
];

export interface BooksDoors {
  readonly world: World;
  readonly manners: VendorManners;
  readonly desk: VendorDesk;
  /** Of the vendor. */
  readonly id: string;
  readonly placements: ReadonlyMap<string, Placement>;
}

/** What a vendor says of all its placements at once: its list, what it transfers, whom it called. It remembers where it said something wrong. */
export class VendorBooks {
  readonly #mistakes: Omit<VendorMistake, 'isPutRight'>[] = [];
  #listedOn: CivilDate | null = null;
  readonly #doors: BooksDoors;
  readonly #told = new Set<string>();

  constructor(doors: BooksDoors) {
    this.#doors = doors;
  }

  /** A list is put right by the next, a fee by a later remit; what was transferred and whom it called stands. */
  mistakes(): readonly VendorMistake[] {
    const corrected = new Set(this.#placements.flatMap(collectionsOf).flatMap((one) => (one.correctedIn === null ? [] : [one.paymentId])));
    return this.#mistakes.map((mistake) => {
      const { kind, on, about } = mistake;
      const isOfList = kind === 'missing' || kind === 'extra' || kind === 'balance';
      return { ...mistake, isPutRight: isOfList ? on !== this.#listedOn : kind === 'fee' && corrected.has(about) };
    });
  }

  inventory(asOf: CivilDate): string {
    const { desk, id: vendor, manners } = this.#doors;
    this.#listedOn = this.#listedOn === null ? asOf : later(asOf, this.#listedOn);
    const held = this.#placements.filter((placement) => isListed(placement, asOf));
    const rows = held.flatMap((placement) => this.#row(placement, asOf));
    const extra = `X${asOf}-p1`;
    if (this.#chance(asOf, 'extra').happens(manners.extras)) {
      rows.push({ placementId: extra, status: 'open', balanceCents: 12_345 });
      this.#mistake('extra', asOf, extra);
    }
    const records = rows.map((row) => ({ vendor, asOf, ...row }));
    return desk.write('inventory', records, asOf, { vendor, asOf });
  }

  /** What it collected and told since the last, and what it puts right of its fees. */
  remit(remittedOn: CivilDate): string {
    const { desk, id: vendor, manners } = this.#doors;
    const about = { vendor, remitId: `${vendor}-${remittedOn}`, remittedOn };
    const lines = this.#placements.flatMap((placement) => this.#remitted(placement, about.remitId, remittedOn));
    const { grossCents, feeCents, netCents } = remitSums(lines);
    const isWrong = lines.length > 0 && this.#chance(remittedOn, 'remit').pick(manners.remits) === 'wrongNet';
    if (isWrong) this.#mistake('total', remittedOn, about.remitId);
    const transferred = isWrong ? minus(netCents, cents(100)) : netCents;
    const records = lines.map((line) => ({ ...about, ...line }));
    return desk.write('remit', records, remittedOn, { ...about, grossCents, feeCents, netCents: transferred });
  }

  /** Each contact once. */
  contacts(through: CivilDate): string {
    const calls = this.#placements
      .flatMap((placement) => this.#calls(placement, through))
      .filter(({ contactId }) => !this.#told.has(contactId));
    for (const { contactId, isAgainstRules } of calls) {
      this.#told.add(contactId);
      if (isAgainstRules) this.#mistake('contact', through, contactId);
    }
    return feedText(contactColumns, calls.map(contactCells));
  }

  #row(placement: Placement, asOf: CivilDate): readonly WrittenRecord<'inventory'>[] {
    const { reference: placementId, recalledOn, acknowledgedOn, state } = placement;
    const mayErr = recalledOn === null && acknowledgedOn !== null && acknowledgedOn < asOf;
    const list = mayErr ? this.#chance(placementId, asOf, 'list').pick(this.#doors.manners.lists) : 'right';
    if (list === 'missing') this.#mistake('missing', asOf, placementId);
    if (list === 'missing') return [];
    if (list === 'wrongBalance') this.#mistake('balance', asOf, placementId);
    const balanceCents = placement.owedCents + (list === 'wrongBalance' ? 500 : 0);
    const lastWorkedOn = this.#calls(placement, asOf).at(-1)?.on ?? null;
    return [{ placementId, status: state === 'returned' ? 'held' : 'open', balanceCents, lastWorkedOn }];
  }

  #remitted(placement: Placement, remitId: string, through: CivilDate) {
    return collectionsOf(placement).flatMap((one) => {
      if (!one.isTold || one.cents === 0 || one.on > through) return [];
      const line = {
        placementId: placement.reference,
        paymentId: one.paymentId,
        paidOn: one.on,
        paidTo: 'vendor',
        paidBy: 'patient',
      } as const;
      if (one.remitId === null) {
        one.remitId = remitId;
        if (one.overchargedCents > 0) this.#mistake('fee', through, one.paymentId);
        return [{ ...line, cents: one.cents, feeCents: one.feeCents }];
      }
      if (one.overchargedCents === 0 || one.correctedIn !== null) return [];
      if (!this.#chance(one.paymentId, 'corrects').happens(this.#doors.manners.corrects)) return [];
      one.correctedIn = remitId;
      return [{ ...line, cents: zeroCents, feeCents: minus(zeroCents, one.overchargedCents) }];
    });
  }

  #calls(placement: Placement, through: CivilDate): readonly VendorCall[] {
    return callsOf(placement, through, this.#doors.world, this.#doors.manners);
  }

  get #placements(): readonly Placement[] {
    return [...this.#doors.placements.values()];
  }

  #mistake(kind: VendorMistake['kind'], on: CivilDate, about: string): void {
    this.#mistakes.push({ vendor: this.#doors.id, kind, on, about });
  }

  #chance(...about: readonly string[]) {
    return chanceOf(this.#doors.world.seed, 'vendor', this.#doors.id, ...about);
  }
}

/** Payments told and in no remit yet. */
export function unremittedOf(placement: Placement): readonly string[] {
  return collectionsOf(placement).flatMap(({ paymentId, isTold, remitId }) => (isTold && remitId === null ? [paymentId] : []));
}

function contactCells({ contactId, reference, at, channel, outcome, isNotice }: VendorCall): readonly string[] {
  const purpose = isNotice ? 'notice' : 'collection';
  return [
    contactId,
    reference,
    at,
    'out',
    channel,
    purpose,
    outcome,
    'no',
    isNotice ? 'unknown' : 'home',
    'no',
    isNotice ? 'yes' : 'no',
    '',
  ];
}
