import { civilDateAt, type Instant } from '../../../rules/domain/civil-date.ts';
import { type Cents, cents, parseAmount } from '../../../rules/domain/money.ts';
import type { X12Transaction } from '../../../rules/domain/x12-file.ts';
import { readX12File } from '../../../rules/x12/read-file.ts';
import { readRecords } from '../../../rules/vendors/read-records.ts';
import { shippedContracts } from '../../../rules/vendors/shipped-contracts.ts';
import { isOfKind, layoutOfFirstLine } from '../../../rules/vendors/vendor-files.ts';
import { contentHash } from '../../content-hash.ts';

/** What files say, read again from their bytes and without the database. */
export interface Said {
  /** Charges by the hospital's own keys: one account each. */
  readonly chargeCents: ReadonlyMap<string, Cents>;
  readonly byPayer: ReadonlyMap<string, PayerSaid>;
  /** Each payment once, by its number. */
  readonly patientPayments: ReadonlyMap<string, { readonly account: string; readonly cents: Cents }>;
}

export interface PayerSaid {
  /** Claims that left for this payer. */
  readonly claims: number;
  /** Claims that its remittances answer, each remittance once. */
  readonly answers: number;
  readonly paidCents: Cents;
  readonly providerAdjustmentCents: Cents;
}

interface File {
  readonly name: string;
  readonly content: string;
}

interface Inbound extends File {
  readonly at: Instant;
}

interface Outbound extends File {
  readonly folder: string;
}

export function whatFilesSay({ sent, received }: { readonly sent: readonly Outbound[]; readonly received: readonly Inbound[] }): Said {
  const chargeCents = new Map<string, Cents>();
  const byPayer = new Map<string, PayerSaid>();
  const add = (payerId: string, change: Partial<PayerSaid>): void => {
    const { claims, answers, paidCents, providerAdjustmentCents } = byPayer.get(payerId) ?? nothing;
    byPayer.set(payerId, {
      claims: claims + (change.claims ?? 0),
      answers: answers + (change.answers ?? 0),
      paidCents: cents(paidCents + (change.paidCents ?? 0)),
      providerAdjustmentCents: cents(providerAdjustmentCents + (change.providerAdjustmentCents ?? 0)),
    });
  };
  for (const { folder, claim } of claimsIn(sent)) {
    if (folder === 'hospital') chargeCents.set(claim.submissionKey, claim.chargeCents);
    add(claim.coverages.find(({ sequence }) => sequence === claim.destination)?.payerId ?? '', { claims: 1 });
  }
  for (const { payerId, claims, providerAdjustments } of remittancesIn(received)) {
    const paidCents = cents(claims.reduce((total, claim) => total + claim.paidCents, 0));
    const providerAdjustmentCents = cents(providerAdjustments.reduce((total, adjustment) => total + adjustment.cents, 0));
    add(payerId, { answers: claims.length, paidCents, providerAdjustmentCents });
  }
  return { chargeCents, byPayer, patientPayments: patientPaymentsIn(received) };
}

const nothing: PayerSaid = { claims: 0, answers: 0, paidCents: cents(0), providerAdjustmentCents: cents(0) };

function claimsIn(sent: readonly Outbound[]) {
  return sent.flatMap(({ folder, name, content }) => {
    if (!name.endsWith('.837')) return [];
    return transactions(content).flatMap((one) => (one.kind === 'claims' ? one.claims.map((claim) => ({ folder, claim })) : []));
  });
}

/** Each once, by payer and trace, whatever it was called and however often it came. */
function remittancesIn(received: readonly File[]) {
  const seen = new Set<string>();
  const all = received.filter(isX12).flatMap(({ content }) => transactions(content));
  return all.flatMap((one) => {
    if (one.kind !== 'remittance') return [];
    const key = `${one.remittance.payerId}|${one.remittance.trace}`;
    if (seen.has(key)) return [];
    seen.add(key);
    return [one.remittance];
  });
}

function isX12({ content }: File): boolean {
  return content.startsWith('ISA');
}

function transactions(content: string): readonly X12Transaction[] {
  return readX12File(Buffer.from(content, 'latin1'));
}

/** `payment_id,account_number,amount,paid_on,via` of patients, whose cells hold no comma; payments of vendors as their contract lays them out. */
function patientPaymentsIn(received: readonly Inbound[]): Said['patientPayments'] {
  const payments = new Map<string, { account: string; cents: Cents }>();
  for (const file of received) {
    const [header = '', ...rows] = file.content.trimEnd().split(/\r?\n/);
    for (const [paymentId, paid] of vendorPaymentsIn(header, file)) payments.set(paymentId, paid);
    if (!header.startsWith('payment_id,')) continue;
    for (const [first = '', account = '', third = ''] of rows.map((text) => text.split(',')))
      payments.set(first, { account, cents: parseAmount(third) ?? cents(0) });
  }
  return payments;
}

/** What came to vendors: what they say came to us is no payment of theirs. */
function vendorPaymentsIn(header: string, { content, at }: Inbound): readonly (readonly [string, { account: string; cents: Cents }])[] {
  const layout = layoutOfFirstLine(shippedContracts, header, civilDateAt(at, 'UTC'))?.layout;
  if (layout === undefined || !isOfKind(layout, 'payments')) return [];
  return readRecords(Buffer.from(content, 'latin1').toString('utf8'), layout, contentHash)
    .filter((record) => record.text('basis') === 'direct')
    .map((record) => {
      const account = record.text('placementId').replace(/-p\d+$/, '');
      return [record.text('paymentId'), { account, cents: record.cents('cents') ?? cents(0) }] as const;
    });
}
