import { DomainError, invariant } from '../../rules/domain/failures.ts';
import type { Command } from '../../rules/domain/event.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import { isFixed } from '../../rules/vendors/file-layout.ts';
import type { LayoutKind } from '../../rules/vendors/layout-fields.ts';
import { layoutFor } from '../../rules/vendors/vendor-files.ts';
import { type WrittenRecord, writeRecords } from '../../rules/vendors/write-records.ts';
import type { Transaction } from '../../prisma/client.ts';
import { type OutboundSource, readOutboundSource } from '../../prisma/reads/outbound-source.ts';
import type { GatheredIntent } from '../../prisma/reads/runs.ts';
import { placementReference } from '../../prisma/writes/account-rows.ts';
import { rememberOffers } from '../../prisma/writes/placements.ts';
import { rememberVendorFile } from '../../prisma/writes/vendor-files.ts';
import { folderName } from '../carry-out.ts';
import { type Run, type RunWriter, writeEach } from '../runs/writer.ts';
import { contentHash, shippedContracts } from './contracts.ts';
import { placementRecord } from './placement-record.ts';

/**
 * Balances to a vendor and back, and what changes meanwhile: one file of each kind in a run, as the vendor's contract lays it out, with no more than a
 * vendor needs and a last record that proves that it is whole.
 */
export const vendorWriter: RunWriter = {
  most: 10_000,
  write: async (tx, run, intents) => {
    const vendor = vendorIn(run.destination);
    const { made, refused } = await writeEach(intents, async (intent) => partOf(tx, intent, { run, vendor }));
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
};

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
async function partOf(tx: Transaction, intent: GatheredIntent, { run, vendor }: Addressed): Promise<Part> {
  const { accountId, command } = intent;
  const { params } = command;
  const source = await readOutboundSource(tx, accountId, null);
  const about = { placementId: placementReference(source.accountNumber, String(params.placementId)), accountNumber: source.accountNumber };
  const balanceCents = bucketBalance(source.account, 'patient');
  switch (command.kind) {
    case 'placeWithVendor':
      refuseChanged(source, Number(params.balanceCents));
      return { kind: 'placement', record: { ...about, ...(await placementRecord(tx, intent, { source, vendor, on: run.on })) } };
    case 'recallFromVendor':
      return { kind: 'recall', record: { ...about, recalledOn: run.on, reason: String(params.reason), balanceCents } };
    default: {
      const { what, on, cents, reference, balanceCents: told } = params;
      return {
        kind: 'update',
        record: {
          ...about,
          what: String(what),
          on: String(on),
          cents: numberOrNull(cents),
          balanceCents: numberOrNull(told),
          reference: textOrNull(reference),
        },
      };
    }
  }
}

/** Paid or adjusted between the decision and the run: the rules are asked again about what is owed now. */
function refuseChanged({ account }: OutboundSource, decidedCents: number): void {
  if (bucketBalance(account, 'patient') === decidedCents) return;
  throw new DomainError('placement.balance-changed', 'the balance changed after it was decided to place it; it is decided again');
}

async function placementFile(tx: Transaction, addressed: Addressed, records: readonly WrittenRecord<'placement'>[]) {
  const file = fileOf('placement', addressed, records);
  if (file === null) return null;
  const { run, vendor } = addressed;
  const { name, count, totalCents } = file;
  await rememberVendorFile(tx, { vendor, name, runNumber: Number(run.number), count, totalCents: totalCents ?? 0, sentOn: run.on });
  return file;
}

/** Null when there is nothing to say. */
function fileOf<K extends LayoutKind>(kind: K, { run, vendor }: Addressed, records: readonly WrittenRecord<K>[]) {
  if (records.length === 0) return null;
  const layout = layoutFor(shippedContracts(), { vendor, on: run.on }, kind);
  invariant(layout !== null, `there is a plain layout for a ${kind} file`);
  const { text: content, count, totalCents } = writeRecords(layout, records, contentHash);
  return {
    folder: `vendors/${folderName(vendor)}`,
    name: `${kind}-${run.number}.${isFixed(layout) ? 'txt' : 'csv'}`,
    content,
    count,
    totalCents,
  };
}

function numberOrNull(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}
