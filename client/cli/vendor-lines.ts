import type { DifferenceView, NeverWorkedView, ScorecardView, VendorStanding, VendorView } from '../views/vendor-shapes.ts';
import { type Cell, money, moneyCell, section, table } from './output.ts';

/** Lines about vendors, for people. */

export function vendorListLines(vendors: readonly VendorView[]): readonly string[] {
  if (vendors.length === 0) return ['There is no vendor: contracts are in rules/reference/vendor-contracts.json.'];
  return table(
    ['Vendor', 'Name', 'Offered', 'Placed', 'Recalling', 'Inventory', 'Remit', 'Differences', 'At stake'],
    vendors.map((one) => [
      one.contract === null ? `${one.vendor} (no contract today)` : one.vendor,
      one.name,
      numberCell(one.offered),
      numberCell(one.placed),
      numberCell(one.recalling),
      one.inventoryOn ?? 'never',
      one.remittedOn ?? 'never',
      numberCell(one.differences),
      moneyCell(one.differingCents),
    ]),
  );
}

export function vendorLines(vendor: VendorStanding): readonly string[] {
  const { inventory: list, cash } = vendor;
  return [
    `${vendor.vendor}  ${vendor.name}, contract ${vendor.contract ?? 'none today'}, ${vendor.tiers.join(', ')}`,
    `${vendor.placed} placed, ${vendor.offered} offered, ${vendor.recalling} recalled and not back, ${vendor.returned} returned, ${vendor.refused} refused`,
    ...section('Terms', vendor.terms),
    ...section(
      'Inventory',
      list === null
        ? ['none came yet']
        : [
            `of ${list.asOf}: ours ${list.ours}, theirs ${list.theirs}; ${list.matched} matched, ${list.inFlight} in flight, ${list.differing} differ (${percent(list.differingBasisPoints)}, ${money(list.differingCents)})`,
          ],
    ),
    ...section('Money', cashLines(cash)),
    ...section('Differences', ageLines(vendor)),
  ];
}

function cashLines(cash: VendorStanding['cash']): readonly string[] {
  const over = cash.chargedFeeCents - cash.expectedFeeCents;
  const judged = over === 0 ? 'as agreed' : over > 0 ? `${money(over)} too much` : `${money(-over)} too little`;
  return [
    `${cash.matched} payments matched, ${cash.inFlight} not remitted yet, ${cash.differing} differ`,
    `collected ${money(cash.grossCents)}, fees ${money(cash.chargedFeeCents)}, by the contract ${money(cash.expectedFeeCents)}: ${judged}`,
  ];
}

function ageLines({ differences, differingCents, ageing }: VendorView): readonly string[] {
  if (differences === 0) return ['none stand'];
  const ages = ageing.filter(({ count }) => count > 0).map(({ name, count, cents }) => `${name} days: ${count}, ${money(cents)}`);
  return [`${differences} stand, ${money(differingCents)}`, ...ages];
}

export function differenceLines(differences: readonly DifferenceView[]): readonly string[] {
  if (differences.length === 0) return ['✓ no differences stand'];
  const rows = differences.map((one) => [
    one.id.slice(-8),
    one.vendor,
    one.kind,
    one.about,
    moneyCell(one.oursCents),
    moneyCell(one.theirsCents),
    `${one.days} d`,
    one.accepted === null ? one.words : `accepted by ${one.accepted.by}: ${one.accepted.note}`,
  ]);
  const kinds = [...new Map(differences.map(({ kind, next }) => [kind, next]))];
  return [
    ...table(['Id', 'Vendor', 'Kind', 'About', 'Ours', 'Theirs', 'Age', 'Why'], rows),
    ...section(
      'Next',
      kinds.map(([kind, next]) => `${kind}: ${next}`),
    ),
  ];
}

export function neverWorkedLines(late: readonly NeverWorkedView[]): readonly string[] {
  if (late.length === 0) return ['✓ every placement that is due was worked'];
  return table(
    ['Placement', 'Account', 'Placed', 'Days', 'Balance'],
    late.map((one) => [one.reference, one.accountNumber, one.placedOn, numberCell(one.days), moneyCell(one.balanceCents)]),
  );
}

export function scorecardLines(card: ScorecardView): readonly string[] {
  const list = card.inventory;
  return [
    `${card.vendor} as of ${card.asOf}: ${card.placements} placed, ${money(card.placedCents)}; collected ${money(card.collectedCents)}, ${percent(card.liquidationBasisPoints)}`,
    ...section('Liquidation by month of placement', batchLines(card)),
    ...section(
      'By balance',
      table(
        ['Balance', 'Placed', 'Amount', 'Collected', 'Share'],
        card.bands.map((band) => [
          band.name,
          numberCell(band.placements),
          moneyCell(band.placedCents),
          moneyCell(band.collectedCents),
          right(percent(band.liquidationBasisPoints)),
        ]),
      ),
    ),
    ...section('Answers', [
      `acknowledgement: ${latency(card.acknowledgement)}; refused ${card.refused}`,
      `recall: ${latency(card.recall)}`,
      `complaints: ${card.complaints} (${card.complaintsPerThousand} per thousand placements)`,
      `contacts against the rules: ${card.contactViolations.law} of law, ${card.contactViolations.practice} of practice`,
    ]),
    ...section('Money', cashLines(card.cash)),
    ...section(
      'Inventory',
      list === null
        ? ['none came yet']
        : [
            `of ${list.asOf}: ${list.differing} of ${list.matched + list.inFlight + list.differing} differ, ${percent(list.differingBasisPoints)}`,
          ],
    ),
    ...section('Never worked', neverWorkedBands(card)),
  ];
}

function batchLines({ batches }: ScorecardView): readonly string[] {
  const days = batches[0]?.after.map((one) => `${one.days} d`) ?? [];
  return table(
    ['Month', 'Tier', 'Placed', 'Amount', ...days, 'To date'],
    batches.map((batch) => [
      batch.month,
      batch.tier,
      numberCell(batch.placements),
      moneyCell(batch.placedCents),
      ...batch.after.map(({ basisPoints }) => right(basisPoints === null ? '' : percent(basisPoints))),
      right(percent(batch.liquidationBasisPoints)),
    ]),
  );
}

function neverWorkedBands({ neverWorked }: ScorecardView): readonly string[] {
  return neverWorked
    .filter(({ held }) => held > 0)
    .map((band) => {
      const share = percent(Math.round((10_000 * band.neverWorked) / band.held));
      return `${band.name} days: ${band.neverWorked} of ${band.held}, ${share}, ${money(band.neverWorkedCents)}`;
    });
}

function latency({ count, median, ninetieth, longest, waiting, late }: ScorecardView['recall']): string {
  const took = count === 0 ? 'none yet' : `median ${median} days, 90th ${ninetieth}, longest ${longest}`;
  return `${took}; ${waiting} waiting, ${late} of them late`;
}

/** Hundredths of a percent. */
export function percent(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(2)}%`;
}

function numberCell(count: number): Cell {
  return right(String(count));
}

function right(content: string): Cell {
  return { content, hAlign: 'right' };
}
