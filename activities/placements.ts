import { amountText, cents } from '../rules/domain/money.ts';
import { placementReference } from '../prisma/writes/account-rows.ts';
import { rememberOffer } from '../prisma/writes/placements.ts';
import { carryOut, type Commission, folderName, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { csvText } from './outbound/csv.ts';
import { lastClaim } from './submissions.ts';

type PlacementActivities = Pick<CommandActivities, 'placeWithVendor' | 'recallFromVendor' | 'updateVendor'>;

/** Balances to vendors and back: files with no more than a vendor needs. */
export function placementActivities(sending: Sending): PlacementActivities {
  return {
    placeWithVendor: (input) => carryOut(sending, input, { prepare: offer, sent: offered }),
    recallFromVendor: (input) => carryOut(sending, input, { prepare: recall }),
    updateVendor: (input) => carryOut(sending, input, { prepare: recall }),
  };
}

function offer(commission: Commission): Prepared {
  const { params, number } = commission;
  const claim = lastClaim(commission, 1);
  const { name, address, bornOn } = claim.patient;
  const row = {
    placement_id: referenceOf(commission),
    account_number: commission.source.accountNumber,
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
  return { ...toVendor(commission, `placement-${number}`, row), standingKey: `placement:${String(params.placementId)}` };
}

/** The vendor may answer before the account's next turn: what it names must be known. */
async function offered(commission: Commission): Promise<void> {
  const { tx, accountId, params, on } = commission;
  await rememberOffer(tx, {
    accountId,
    placementId: String(params.placementId),
    reference: referenceOf(commission),
    vendor: String(params.vendor),
    tier: String(params.tier),
    balanceCents: Number(params.balanceCents),
    offeredOn: on,
  });
}

function recall(commission: Commission): Prepared {
  const { params, on, number } = commission;
  const row = { placement_id: referenceOf(commission), recalled_on: on, reason: String(params.reason) };
  return { ...toVendor(commission, `recall-${number}`, row), standingKey: `recall:${String(params.placementId)}` };
}

function toVendor({ params, routes }: Commission, parcel: string, row: Readonly<Record<string, string>>): Prepared {
  const { channel } = routes.routeFor('vendors', String(params.vendor));
  return { files: [{ folder: vendorFolder(params), name: `${parcel}.csv`, content: csvText([row]) }], parcel, channel };
}

function referenceOf({ source, params }: Commission): string {
  return placementReference(source.accountNumber, String(params.placementId));
}

function vendorFolder(params: Commission['params']): string {
  return `vendors/${folderName(String(params.vendor))}`;
}
