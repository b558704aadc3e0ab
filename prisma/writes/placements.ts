import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { placementReference } from '../../rules/vendors/account-side.ts';
import type { Transaction } from '../client.ts';
import { insertNew } from './bulk.ts';

/** A balance offered to a vendor, and the intent that took it there. */
export interface Offer {
  readonly intentId: string;
  readonly accountId: string;
  readonly placementId: string;
  readonly vendor: string;
  readonly tier: string;
  readonly balanceCents: number;
  readonly offeredOn: CivilDate;
}

/** Balances offered, each with the file it went in; the accounts' turns keep them up to date from here. */
export async function rememberOffers(tx: Transaction, offers: readonly Offer[]): Promise<void> {
  if (offers.length === 0) return;
  const intents = await tx.intent.findMany({
    where: { id: { in: offers.map(({ intentId }) => intentId) } },
    select: { id: true, account: { select: { accountNumber: true } }, run: { select: { controlNumber: true } } },
  });
  const numbers = intents.flatMap(({ run }) => (run === null ? [] : [run.controlNumber]));
  const files = await tx.vendorFile.findMany({ where: { runNumber: { in: numbers } }, select: { id: true, runNumber: true } });
  const fileOf = new Map(files.map(({ id, runNumber }) => [runNumber, id]));
  const byId = new Map(intents.map((intent) => [intent.id, intent]));
  const rows = offers.map(({ intentId, ...offer }) => {
    const intent = byId.get(intentId);
    const reference = placementReference(intent?.account.accountNumber ?? '', offer.placementId);
    const vendorFileId = fileOf.get(intent?.run?.controlNumber ?? 0n) ?? null;
    return { ...offer, reference, vendorFileId, status: 'offered', paidCents: 0 };
  });
  await insertNew(tx, 'Placement', rows);
}
