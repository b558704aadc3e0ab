import { buildClaim } from '../../client/scenario/build.ts';
import { scenarioSchema, type ClaimArrival } from '../../client/scenario/format.ts';
import { sandboxProvider } from '../../client/scenario/invented.ts';
import type { Delivery, SentFile } from '../../client/sandbox/peer.ts';
import type { Claim } from '../../client/sandbox/payers/adjudicate.ts';
import { readManners, type Manners, type ToldFate } from '../../client/sandbox/payers/manners.ts';
import { createPayerWorld, type PayerWorld } from '../../client/sandbox/payers/world.ts';
import { addDays, civilDate, type CivilDate, type Instant, instantAt } from '../../rules/domain/civil-date.ts';
import type { Remittance, RemittanceClaim } from '../../rules/domain/remittance.ts';
import type { X12Transaction } from '../../rules/domain/x12-file.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { read } from '../x12/support.ts';

/** Plays files against the world outside, in the order of time, and reads each delivery when it comes. */

export const day0 = civilDate('2026-01-05');
export const manners = readManners();
export const payerIds = ['UHC01', 'AETNA1', 'MCARE', 'BCBS01', 'TXMCD', 'CIGNA1', 'NOFILE'];

export interface Sending {
  readonly sent: SentFile;
  readonly at: Instant;
}

export function noon(day: number): Instant {
  return instantAt(addDays(day0, day), 12, 'America/New_York');
}

export function worldOf(seed: number, fates: readonly ToldFate[] = [], change: Partial<Manners> = {}): PayerWorld {
  return createPayerWorld({ seed, manners: { ...manners, ...change, fates } });
}

/** `early`: every file is read when it is announced, which makes many small checks. */
export function play(world: PayerWorld, sendings: readonly Sending[], reading: 'in time' | 'early' = 'in time'): readonly Delivery[] {
  const waiting = [...sendings].sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
  const came: Delivery[] = [];
  let coming: Delivery[] = [];
  const take = (until: Instant | null): void => {
    coming.sort((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)));
    const due = coming.filter(({ at }) => until === null || at <= until);
    coming = coming.filter((one) => !due.includes(one));
    for (const { at, name, content } of due.map((one) => ({ at: one.at, name: one.name, content: one.content })))
      came.push({ at, name, content });
  };
  for (const { sent, at } of waiting) {
    take(at);
    const announced = world.receive(sent, at);
    coming.push(...(reading === 'early' ? announced.map(({ at: then, name, content }) => ({ at: then, name, content })) : announced));
  }
  take(null);
  return came;
}

export interface ClaimTold {
  readonly account: string;
  readonly payers?: readonly string[];
  readonly charges?: readonly string[];
  readonly type?: 'professional' | 'institutional';
}

export function claimTold({
  account,
  payers = ['UHC01'],
  charges = ['120.00', '80.00', '55.55'],
  type = 'professional',
}: ClaimTold): Claim {
  const lines = charges.map((charge, i) => ({ code: `9921${i}`, charge, ...(type === 'institutional' ? { revenue: '0450' } : {}) }));
  const total = charges.reduce((all, charge) => all + Math.round(Number(charge) * 100), 0) / 100;
  const told = { account, type, serviced: addDays(day0, -3), charge: total.toFixed(2), lines, payers: payers.map((payer) => ({ payer })) };
  const scenario = scenarioSchema.parse({ scenario: 'T', title: 'one claim', days: [{ on: day0, arrives: [{ claim: told }] }] });
  const [arrival] = scenario.days[0]?.arrives ?? [];
  if (arrival === undefined || !('claim' in arrival)) throw new Error('the story tells a claim');
  return buildClaim(arrival.claim satisfies ClaimArrival);
}

let control = 0;

export function claimFile(claims: readonly Claim[], day = 0, controlNumber = String(++control)): Sending {
  const envelope = {
    senderId: 'RECOURSE',
    senderName: sandboxProvider.name,
    senderPhone: '5555550100',
    receiverId: 'CLEARINGHOUSE',
    receiverName: 'CLEARINGHOUSE',
    sentOn: addDays(day0, day),
    sentAtTime: '1200',
    interchangeControlNumber: controlNumber,
    groupControlNumber: controlNumber,
    transactionControlNumber: '0001',
    usage: 'T' as const,
  };
  return { sent: { folder: 'hospital', name: `${controlNumber}.837`, content: write837(envelope, claims) }, at: noon(day) };
}

export function transactions(deliveries: readonly Delivery[]): readonly X12Transaction[] {
  return deliveries.filter(({ content }) => content.startsWith('ISA')).flatMap(({ content }) => read(content));
}

export function remittances(deliveries: readonly Delivery[]): readonly Remittance[] {
  return transactions(deliveries).flatMap((one) => (one.kind === 'remittance' ? [one.remittance] : []));
}

export function remittanceClaims(deliveries: readonly Delivery[]): readonly (RemittanceClaim & { readonly paidOn: CivilDate })[] {
  return remittances(deliveries).flatMap(({ claims, paidOn }) => claims.map((claim) => ({ ...claim, paidOn })));
}

/** A straight way through for what a test is not about. */
export const straight = {
  claim: '*',
  interchange: 'accepted',
  group: 'accepted',
  front: 'accepted',
  outcome: 'paid',
  patientShare: 'nothing',
  afterwards: 'nothing',
  remit: 'once',
  days: 5,
  splits: false,
  crossesOver: false,
} as const satisfies ToldFate;

/** What was heard of one claim, told by `fate` over a straight way through. */
export function heardOf(fate: Partial<ToldFate>, claim = claimTold({ account: 'A1' })) {
  const world = worldOf(1, [{ ...straight, ...fate }]);
  const came = play(world, [claimFile([claim])]);
  return { world, came, truth: world.truth(), said: remittanceClaims(came) };
}

/** Of `claimTold` as it is, and what UHC01 allows of it. */
export const charge = 25_555;
export const contracted = 13_289;
