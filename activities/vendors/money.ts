import type { Transaction } from '../../prisma/client.ts';
import { readDifferences, readRemitLines, readRemitTotals } from '../../prisma/reads/vendor-ledger.ts';
import { readOurSide } from '../../prisma/reads/vendor-side.ts';
import { writeDifferences } from '../../prisma/writes/vendor-ledger.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { carryForward } from '../../rules/vendors/difference.ts';
import type { LedgerTerms } from '../../rules/vendors/ledger.ts';
import { type Findings, moneyTaken, namedIn, type Remitted } from '../../rules/vendors/take-in.ts';

/** What a look at a vendor's ledger came to. */
export interface Settled {
  readonly opened: number;
  readonly kept: number;
  readonly settled: number;
}

/** With what it was found: a file, or null for a look by the clock. */
export interface Looking {
  readonly fileId: string | null;
}

export async function readRemitted(tx: Transaction, vendor: string): Promise<Remitted> {
  return { lines: await readRemitLines(tx, vendor), totals: await readRemitTotals(tx, vendor) };
}

/** Matches all money of a vendor as of a day: what was in flight may have become late. */
export async function settleMoney(
  tx: Transaction,
  terms: LedgerTerms,
  { on, fileId }: Looking & { readonly on: CivilDate },
): Promise<Settled> {
  const { vendor } = terms;
  const remitted = await readRemitted(tx, vendor);
  const ours = await readOurSide(tx, { vendor, asOf: on, named: namedIn(remitted) });
  return settleDifferences(tx, { vendor, fileId, ...moneyTaken(terms, ours, { ...remitted, on }) });
}

export async function settleDifferences(
  tx: Transaction,
  { vendor, fileId, kinds, found, on }: Looking & Findings & { readonly vendor: string },
): Promise<Settled> {
  const carried = carryForward(await readDifferences(tx, { vendor, kinds }), found);
  await writeDifferences(tx, { vendor, fileId, on }, carried);
  return { opened: carried.opened.length, kept: carried.kept.length, settled: carried.settled.length };
}
