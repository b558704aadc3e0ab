import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { DomainError, invariant } from '../../rules/domain/failures.ts';
import type { Command } from '../../rules/domain/event.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import { placementReference } from '../../rules/vendors/account-side.ts';
import { isFixed } from '../../rules/vendors/file-layout.ts';
import type { LayoutKind } from '../../rules/vendors/layout-fields.ts';
import { layoutFor } from '../../rules/vendors/vendor-files.ts';
import { type WrittenRecord, writeRecords } from '../../rules/vendors/write-records.ts';
import type { Transaction } from '../../prisma/client.ts';
import { type OutboundSource, readOutboundSource } from '../../prisma/reads/outbound-source.ts';
import type { GatheredIntent } from '../../prisma/reads/runs.ts';
import { rememberOffers } from '../../prisma/writes/placements.ts';
import { rememberVendorFile } from '../../prisma/writes/vendor-files.ts';
import { folderName } from '../carry-out.ts';
import { type Run, type RunWriter, writeEach } from '../runs/writer.ts';
import type { RuleLibrary } from '../rule-library.ts';
import { contentHash } from './content-hash.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';
import { placementRecord } from './placement-record.ts';

/**
 * Balances to a vendor and back, and what changes meanwhile: one file of each kind in a run, as the vendor's contract lays it out, with no more than a
 * vendor needs and a last record that proves that it is whole.
 */
export const vendorWriter = (rules: RuleLibrary): RunWriter => ({
  most: 10_000,
  write: async (tx, run, intents) => {
    const vendor = vendorIn(run.destination);
    const { made, refused } = await writeEach(intents, async (intent) => partOf(tx, intent, { run, vendor, rules }));
    const parts = made.map(({ part }) => part);
    const files = [
      await placementFile(
        tx,
        { run, vendor },
        parts.flatMap((part) => (part.kind === 'placement' ? [part.record] : [])),
      ),
      fileOf(
        'recall',
        { run, vendor },
        parts.flatMap((part) => (part.kind === 'recall' ? [part.record] : [])),
      ),
      fileOf(
        'update',
        { run, vendor },
        parts.flatMap((part) => (part.kind === 'update' ? [part.record] : [])),
      ),
    ].filter((file) => file !== null);
    return { files, channel: run.routes.routeFor('vendors', vendor).channel, parcel: `vendor-${run.number}`, refused };
  },
  standingKey: ({ kind, params, key }) =>
    kind === 'updateVendor' ? `update:${key}` : `${kind === 'placeWithVendor' ? 'placement' : 'recall'}:${String(params.placementId)}`,
  // The vendor may answer before the account's next turn: what it names must be known.
  sent: async (tx, { on }, intents) => {
    const offers = intents.flatMap(({ intentId, accountId, command: { kind, params } }) => {
      if (kind !== 'placeWithVendor') return [];
      const told = { placementId: String(params.placementId), vendor: String(params.vendor), tier: String(params.tier) };
      return [{ intentId, accountId, ...told, balanceCents: Number(params.balanceCents), offeredOn: on }];
    });
    await rememberOffers(tx, offers);
  },
});

interface Addressed {
  readonly run: Run;
  readonly vendor: string;
}

type Part = { [K in 'placement' | 'recall' | 'update']: { readonly kind: K; readonly record: WrittenRecord<K> } }[
  | 'placement'
  | 'recall'
  | 'update'];

/** `vendor:<id>` */
export function vendorDestination({ params }: Command): string {
  return `vendor:${String(params.vendor)}`;
}

function vendorIn(destination: string): string {
  return destination.slice('vendor:'.length);
}

/** @throws DomainError when it cannot, or must no longer, leave */
async function partOf(tx: Transaction, intent: GatheredIntent, addressed: Addressed & { readonly rules: RuleLibrary }): Promise<Part> {
  const { accountId, command } = intent;
  const { params } = command;
  const { run, vendor, rules } = addressed;
  const source = await readOutboundSource(tx, accountId, null);
  const about = {
    placementId: placementReference(source.accountNumber, String(params.placementId)),
    accountNumber: source.accountNumber,
  };
  switch (command.kind) {
    case 'placeWithVendor': {
      refuseChanged(source, Number(params.balanceCents));
      const record = { ...about, ...(await placementRecord(tx, intent, { source, vendor, at: run.at, on: run.on, rules })) };
      return { kind: 'placement', record: writable('placement', addressed, record) };
    }
    case 'recallFromVendor': {
      const balanceCents = bucketBalance(source.account, 'patient');
      const record = { ...about, recalledOn: run.on, reason: String(params.reason), balanceCents };
      return { kind: 'recall', record: writable('recall', addressed, record) };
    }
    default: {
      const { what, on, cents, reference, balanceCents } = params;
      const amounts = { cents: numberOrNull(cents), balanceCents: numberOrNull(balanceCents) };
      const record = { ...about, what: String(what), on: String(on), ...amounts, reference: textOrNull(reference) };
      return { kind: 'update', record: writable('update', addressed, record) };
    }
  }
}

/** What the layout cannot hold is found here, so that it keeps nobody else back. @throws DomainError `layout.value` */
function writable<K extends LayoutKind>(kind: K, { run, vendor }: Addressed, record: WrittenRecord<K>): WrittenRecord<K> {
  writeRecords(layoutOf(kind, { vendor, on: run.on }), [record], () => '');
  return record;
}

function layoutOf<K extends LayoutKind>(kind: K, about: { readonly vendor: string; readonly on: CivilDate }) {
  const layout = layoutFor(shippedContracts, about, kind);
  invariant(layout !== null, `there is a plain layout for a ${kind} file`);
  return layout;
}

/** Paid or adjusted between the decision and the run: the rules are asked again about what is owed now. */
function refuseChanged({ account }: OutboundSource, decidedCents: number): void {
  if (bucketBalance(account, 'patient') === decidedCents) return;
  throw new DomainError('placement.balance-changed', 'the balance changed after it was decided to place it; it is decided again');
}

async function placementFile(tx: Transaction, addressed: Addressed, records: readonly WrittenRecord<'placement'>[]) {
  const written = writtenFile('placement', addressed, records);
  if (written === null) return null;
  const { run, vendor } = addressed;
  const { file, count, totalCents } = written;
  await rememberVendorFile(tx, {
    vendor,
    name: file.name,
    runNumber: Number(run.number),
    count,
    totalCents: totalCents ?? 0,
    sentOn: run.on,
  });
  return file;
}

function fileOf<K extends LayoutKind>(kind: K, addressed: Addressed, records: readonly WrittenRecord<K>[]) {
  return writtenFile(kind, addressed, records)?.file ?? null;
}

/** Null when there is nothing to say. */
function writtenFile<K extends LayoutKind>(kind: K, { run, vendor }: Addressed, records: readonly WrittenRecord<K>[]) {
  if (records.length === 0) return null;
  const layout = layoutOf(kind, { vendor, on: run.on });
  const { text: content, count, totalCents } = writeRecords(layout, records, contentHash);
  const name = `${kind}-${run.number}.${isFixed(layout) ? 'txt' : 'csv'}`;
  return { file: { folder: `vendors/${folderName(vendor)}`, name, content }, count, totalCents };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
