import { amountText, cents } from '../../rules/domain/money.ts';
import type { Command } from '../../rules/domain/event.ts';
import type { Transaction } from '../../prisma/client.ts';
import { type OutboundSource, readOutboundSource } from '../../prisma/reads/outbound-source.ts';
import type { GatheredIntent } from '../../prisma/reads/runs.ts';
import { placementReference } from '../../prisma/writes/account-rows.ts';
import { rememberOffer } from '../../prisma/writes/placements.ts';
import { folderName } from '../carry-out.ts';
import { csvText } from '../outbound/csv.ts';
import { lastClaim } from '../submissions.ts';
import { type RunWriter, writeEach } from './writer.ts';

/** Balances to a vendor and back: one file of each kind in a run, with no more than a vendor needs. */
export const vendorWriter: RunWriter = {
  most: 20_000,
  write: async (tx, run, intents) => {
    const vendor = vendorIn(run.destination);
    const folder = `vendors/${folderName(vendor)}`;
    const { made, refused } = await writeEach(intents, (intent) => rowOf(tx, intent, run.on));
    const rowsOf = (kind: string) => made.filter(({ intent }) => intent.command.kind === kind).map(({ part }) => part);
    const files = [
      { name: `placement-${run.number}.csv`, rows: rowsOf('placeWithVendor') },
      { name: `recall-${run.number}.csv`, rows: rowsOf('recallFromVendor') },
    ].flatMap(({ name, rows }) => (rows.length === 0 ? [] : [{ folder, name, content: csvText(rows) }]));
    return { files, channel: run.routes.routeFor('vendors', vendor).channel, parcel: `vendor-${run.number}`, refused };
  },
  standingKey: ({ kind, params }) => `${kind === 'placeWithVendor' ? 'placement' : 'recall'}:${String(params.placementId)}`,
  // The vendor may answer before the account's next turn: what it names must be known.
  sent: async (tx, { on }, intents) => {
    for (const { accountId, command } of intents) {
      if (command.kind !== 'placeWithVendor') continue;
      const { placementId, vendor, tier, balanceCents } = command.params;
      const { accountNumber } = await tx.account.findUniqueOrThrow({ where: { id: accountId }, select: { accountNumber: true } });
      await rememberOffer(tx, {
        accountId,
        placementId: String(placementId),
        reference: placementReference(accountNumber, String(placementId)),
        vendor: String(vendor),
        tier: String(tier),
        balanceCents: Number(balanceCents),
        offeredOn: on,
      });
    }
  },
};

/** `vendor:<id>` */
export function vendorDestination({ params }: Command): string {
  return `vendor:${String(params.vendor)}`;
}

function vendorIn(destination: string): string {
  return destination.slice('vendor:'.length);
}

async function rowOf(tx: Transaction, { accountId, command }: GatheredIntent, on: string): Promise<Readonly<Record<string, string>>> {
  const source = await readOutboundSource(tx, accountId, null);
  return command.kind === 'placeWithVendor' ? placementRow(source, command) : recallRow(source, command, on);
}

function placementRow(source: OutboundSource, { params }: Command): Readonly<Record<string, string>> {
  const claim = lastClaim({ source }, 1);
  const { name, address, bornOn } = claim.patient;
  return {
    placement_id: placementReference(source.accountNumber, String(params.placementId)),
    account_number: source.accountNumber,
    tier: String(params.tier),
    balance: amountText(cents(Number(params.balanceCents))),
    serviced_on: claim.servicedFrom,
    last_name: name.last,
    first_name: name.first,
    born_on: bornOn ?? '',
    address_1: address.line1,
    address_2: address.line2,
    city: address.city,
    state: address.state,
    postal_code: address.postalCode,
  };
}

function recallRow(source: OutboundSource, { params }: Command, on: string): Readonly<Record<string, string>> {
  const placement_id = placementReference(source.accountNumber, String(params.placementId));
  return { placement_id, recalled_on: on, reason: String(params.reason) };
}
