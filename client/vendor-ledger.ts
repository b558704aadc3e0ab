import type { PrismaClient } from '../prisma/client.ts';
import { countContactViolations } from '../prisma/reads/contacts.ts';
import { readZone } from '../prisma/reads/shown.ts';
import {
  countComplaints,
  countPlacements,
  type DifferencesQuestion,
  type FiledDifference,
  readDifferences,
  readHoldings,
  readLatestInventory,
  readRemitLines,
  readRemitTotals,
  readVendorDays,
} from '../prisma/reads/vendor-ledger.ts';
import { readOurSide } from '../prisma/reads/vendor-side.ts';
import { acceptDifference } from '../prisma/writes/vendor-differences.ts';
import { type CivilDate, civilDateAt, daysBetween, earlier, instant, later } from '../rules/domain/civil-date.ts';
import { cents, dollars, sum } from '../rules/domain/money.ts';
import { ageing, ageName, differingCents, nextStep } from '../rules/vendors/difference.ts';
import { cashOf, cashTotals, countedPayments, type LedgerTerms, ledgerTerms } from '../rules/vendors/ledger.ts';
import type { OurPlacement } from '../rules/vendors/inventory.ts';
import { neverWorked } from '../rules/vendors/never-worked.ts';
import { ourBooksText } from '../rules/vendors/our-books.ts';
import { scorecard } from '../rules/vendors/scorecard.ts';
import { shippedContracts } from '../rules/vendors/shipped-contracts.ts';
import { contractOn, type VendorContract } from '../rules/vendors/vendor-contract.ts';
import type { DifferenceView, NeverWorkedView, ScorecardView, VendorStanding, VendorView } from './views/vendor-shapes.ts';

/** What the API and the command line show of vendors, and the one thing a person tells it. Each answer is plain JSON. */
export type VendorLedger = ReturnType<typeof vendorLedgerOf>;

export function vendorLedgerOf(prisma: PrismaClient, nowMs: () => number = Date.now) {
  const today = async (): Promise<CivilDate> => civilDateAt(instant(new Date(nowMs()).toISOString()), await readZone(prisma));
  return {
    /** Those with a contract, and those that ever had a balance of ours. */
    list: async (): Promise<VendorView[]> => listVendors(prisma, await today()),
    show: async (vendor: string): Promise<VendorStanding | null> => {
      const on = await today();
      const view = (await listVendors(prisma, on)).find((one) => one.vendor === vendor);
      const terms = ledgerTerms(shippedContracts, vendor, on);
      if (view === undefined || terms === null) return null;
      const { cash, inventory } = await readBooks(prisma, terms, on);
      return { ...view, inventory: withoutId(inventory), cash: cashTotals(cash), terms: termWords(terms.current) };
    },
    differences: async (question: DifferencesQuestion): Promise<DifferenceView[]> => {
      const on = await today();
      return (await readDifferences(prisma, question)).map((one) => differenceViewOf(one, on));
    },
    /** @returns false when no such difference stands */
    accept: async (id: string, { by, note }: { readonly by: string; readonly note: string }): Promise<boolean> =>
      acceptDifference(prisma, id, { by, note, on: await today() }),
    scorecard: async (vendor: string): Promise<ScorecardView | null> => {
      const on = await today();
      const terms = ledgerTerms(shippedContracts, vendor, on);
      return terms === null ? null : readScorecard(prisma, terms, on);
    },
    /** By its last inventory; null when it sent none, or is not known. */
    neverWorked: async (vendor: string): Promise<NeverWorkedView[] | null> => {
      const terms = ledgerTerms(shippedContracts, vendor, await today());
      const inventory = await readLatestInventory(prisma, vendor);
      if (terms === null || inventory === null) return null;
      const { placements: ours } = await readOurSide(prisma, { vendor, asOf: inventory.asOf, named: new Set() });
      const theirs = await readHoldings(prisma, inventory.id);
      return [...neverWorked({ ours, theirs, asOf: inventory.asOf, withinDays: terms.current.workDays }).late];
    },
    /** Our side as a table for `reconcile --offline`; numbers only. */
    books: async (vendor: string, asOf: CivilDate | null): Promise<string> => {
      const named = new Set((await readRemitLines(prisma, vendor)).map(({ paymentId }) => paymentId));
      return ourBooksText(await readOurSide(prisma, { vendor, asOf: asOf ?? (await today()), named }));
    },
  };
}

async function listVendors(prisma: PrismaClient, on: CivilDate): Promise<VendorView[]> {
  const reference = shippedContracts;
  const placed = new Map((await countPlacements(prisma)).map((one) => [one.vendor, one]));
  const days = new Map((await readVendorDays(prisma)).map((one) => [one.vendor, one]));
  const standing = (await readDifferences(prisma, {})).filter(({ accepted }) => accepted === null);
  const vendors = [...new Set([...reference.contracts.map(({ vendor }) => vendor), ...placed.keys()])].sort();
  return vendors.map((vendor) => {
    const terms = ledgerTerms(reference, vendor, on);
    const among = standing.filter((one) => one.vendor === vendor);
    const { inventoryOn = null, remittedOn = null } = days.get(vendor) ?? {};
    return {
      name: terms?.current.name ?? '',
      contract: contractOn(reference, vendor, on)?.id ?? null,
      tiers: [...(terms?.current.tiers ?? [])],
      ...(placed.get(vendor) ?? { vendor, offered: 0, placed: 0, recalling: 0, returned: 0, refused: 0 }),
      inventoryOn,
      remittedOn,
      differences: among.length,
      differingCents: sum(among.map(differingCents)),
      ageing: [...ageing(among, on)],
    };
  });
}

async function readBooks(prisma: PrismaClient, terms: LedgerTerms, on: CivilDate) {
  const { vendor } = terms;
  const inventory = await readLatestInventory(prisma, vendor);
  // A story or the sandbox may live another day than we do.
  const asOf = inventory === null ? on : later(on, inventory.asOf);
  const [lines, totals] = [await readRemitLines(prisma, vendor), await readRemitTotals(prisma, vendor)];
  const ours = await readOurSide(prisma, { vendor, asOf, named: new Set(lines.map(({ paymentId }) => paymentId)) });
  return { asOf, ours, inventory, cash: cashOf(terms, ours, { lines, totals, asOf }) };
}

async function readScorecard(prisma: PrismaClient, terms: LedgerTerms, on: CivilDate): Promise<ScorecardView> {
  const { vendor, current } = terms;
  const { asOf, ours, inventory, cash } = await readBooks(prisma, terms, on);
  const theirs = inventory === null ? [] : await readHoldings(prisma, inventory.id);
  const days = { acknowledgement: current.acknowledgementDays, recall: current.recallDays };
  const complaints = await countComplaints(prisma, vendor);
  const { placements } = ours;
  const card = scorecard({ placements, payments: countedPayments(terms, ours), complaints, asOf, days });
  const worked = neverWorked({ ours: placements, theirs, asOf: inventory?.asOf ?? asOf, withinDays: current.workDays });
  return {
    vendor,
    ...card,
    batches: card.batches.map((batch) => ({ ...batch, after: [...batch.after] })),
    bands: [...card.bands],
    contactViolations: await readViolations(prisma, vendor, { placements, asOf }),
    cash: cashTotals(cash),
    inventory: withoutId(inventory),
    neverWorked: inventory === null ? [] : [...worked.bands],
  };
}

/** Of contacts since its first placement. */
async function readViolations(
  prisma: PrismaClient,
  vendor: string,
  { placements, asOf }: { readonly placements: readonly OurPlacement[]; readonly asOf: CivilDate },
): Promise<ScorecardView['contactViolations']> {
  const since = placements.map(({ offeredOn }) => offeredOn).reduce(earlier, asOf);
  const found = (await countContactViolations(prisma, since, asOf)).find(({ party }) => party === vendor);
  return { law: found?.law ?? 0, practice: found?.practice ?? 0 };
}

function withoutId(inventory: Awaited<ReturnType<typeof readLatestInventory>>): VendorStanding['inventory'] {
  if (inventory === null) return null;
  const { id: _, ...rest } = inventory;
  return rest;
}

function differenceViewOf({ fileId: _fileId, fileName, ...one }: FiledDifference, today: CivilDate): DifferenceView {
  const days = Math.max(0, daysBetween(one.firstFoundOn, today));
  return { ...one, differingCents: differingCents(one), days, age: ageName(days), file: fileName, next: nextStep(one.kind) };
}

function termWords(contract: VendorContract): string[] {
  const fees = contract.fees.map(({ tier, percentHundredths, fromBalanceCents, fromAgeDays }) => {
    const from = fromBalanceCents === 0 ? '' : `, from ${dollars(cents(fromBalanceCents))}`;
    const age = fromAgeDays === 0 ? '' : `, from day ${fromAgeDays} after the first statement`;
    return `${tier}: ${percentHundredths / 100}%${from}${age}`;
  });
  const { clawsBack, acknowledgementDays, recallDays, remitDays, workDays, inventoryDays } = contract;
  return [
    ...fees,
    clawsBack ? 'fees come back on what bounces or is given back' : 'fees stay on what bounces or is given back',
    `acknowledges within ${acknowledgementDays} business days, confirms a recall within ${recallDays}`,
    `remits within ${remitDays} days, works a placement within ${workDays}${inventoryDays === null ? '' : `, sends its inventory every ${inventoryDays}`}`,
  ];
}
