import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { PayerSequence } from '../../rules/domain/claim.ts';
import { dollars } from '../../rules/domain/money.ts';
import { isOfClaims, needsClaim, referenceNames } from '../../rules/domain/provider-reference.ts';
import { providerAdjusted } from '../../rules/lifecycle/arrivals.ts';
import { readClaimsByKey, readClaimsOfAccounts, type StoredClaim } from '../../prisma/reads/known-claims.ts';
import { readAccountIds, readPayerClaimNumbers } from '../../prisma/reads/matching.ts';
import { readProviderAdjustments, type StoredProviderAdjustment } from '../../prisma/reads/provider-adjustments.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { assignProviderAdjustments } from '../../prisma/writes/provider-adjustments.ts';
import type { Unmatched } from '../../prisma/writes/unmatched.ts';
import { arrivalFrom, type Intake, unmatched } from './context.ts';
import type { OfRemittance } from './held-task.ts';

interface Told {
  readonly accountId: string;
  readonly sequence: PayerSequence;
  readonly adjustments: readonly StoredProviderAdjustment[];
  readonly remittanceOn: CivilDate;
}

/**
 * The PLB of a remittance that is posted: each account hears what its claims are named in, by the payer's number (CLP07), our key (CLM01) or our account
 * number. A balance carried forward (FB) is about no claim. @returns a task for each amount that was taken from a claim, or given back, and names none
 */
export async function tellProviderAdjustments(intake: Intake, { remittanceId, header }: OfRemittance): Promise<readonly Unmatched[]> {
  const { payerId, paidOn: remittanceOn } = header;
  const all = (await readProviderAdjustments(intake.tx, remittanceId)).filter(({ code, cents }) => isOfClaims(code) && cents !== 0);
  if (all.length === 0) return [];
  const find = await finder(intake, payerId, all);
  const told = new Map<string, Told>();
  const strays: StoredProviderAdjustment[] = [];
  for (const adjustment of all) {
    const claim = find(adjustment);
    if (claim === null) {
      if (needsClaim(adjustment.code)) strays.push(adjustment);
      continue;
    }
    const key = `${claim.accountId} ${claim.sequence}`;
    const before = told.get(key)?.adjustments ?? [];
    told.set(key, { ...claim, adjustments: [...before, adjustment], remittanceOn });
  }
  for (const one of told.values()) await tellAccount(intake, one);
  return strays.map((adjustment) => strayTask(intake, payerId, adjustment));
}

export async function tellAccount(intake: Intake, { accountId, sequence, adjustments, remittanceOn }: Told): Promise<void> {
  const said = adjustments.map(({ offset, ...rest }) => ({ ...rest, place: { offset, length: 0 } }));
  const body = providerAdjusted(said, { sequence, fileId: intake.fileId, remittanceOn });
  const about = [accountId, sequence, adjustments[0]?.id].join(':');
  await assignProviderAdjustments(
    intake.tx,
    adjustments.map(({ id }) => id),
    { accountId, sequence },
  );
  await appendArrivals(intake.tx, [arrivalFrom(intake, accountId, body, { offset: body.offset, about })]);
}

/** As which payer of the account this one speaks; null when it is none of them. */
export function sequenceOfPayer(claims: readonly StoredClaim[], payerId: string): PayerSequence | null {
  return claims.flatMap(({ coverages }) => coverages).find((coverage) => coverage.payerId === payerId)?.sequence ?? null;
}

type Find = (adjustment: StoredProviderAdjustment) => { readonly accountId: string; readonly sequence: PayerSequence } | null;

/** Four statements for any number of amounts. */
async function finder({ tx }: Intake, payerId: string, all: readonly StoredProviderAdjustment[]): Promise<Find> {
  const names = [...new Set(all.flatMap(({ reference }) => referenceNames(reference)))];
  const numbers = (await readPayerClaimNumbers(tx, names)).filter((number) => number.payerId === payerId);
  const byNumber = new Map(numbers.map(({ number, accountId, sequence }) => [number, { accountId, sequence }]));
  const byKey = await readClaimsByKey(tx, names);
  const accounts = await readAccountIds(tx, names);
  const ofAccounts = await readClaimsOfAccounts(tx, [...accounts.values()]);
  const owner = (name: string) => {
    const named = byNumber.get(name);
    if (named !== undefined) return named;
    const sent = byKey.get(name);
    const accountId = sent?.accountId ?? accounts.get(name);
    if (accountId === undefined) return null;
    const claims = sent === undefined ? ofAccounts.filter((claim) => claim.accountId === accountId) : [sent];
    const sequence = sequenceOfPayer(claims, payerId);
    return sequence === null ? null : { accountId, sequence };
  };
  return ({ reference }) => {
    for (const name of referenceNames(reference)) {
      const found = owner(name);
      if (found !== null) return found;
    }
    return null;
  };
}

function strayTask(intake: Intake, payerId: string, { id, code, cents, offset }: StoredProviderAdjustment): Unmatched {
  const what = cents > 0 ? `kept ${dollars(cents)}` : `gave ${dollars(cents)}`.replace('-', '');
  return unmatched(intake, {
    kind: 'matchProviderAdjustment',
    title: `Find the claim for which a payer ${what} (PLB ${code})`,
    reason: `PLB ${code}: its reference names no claim and no account that is known here. Ask the payer which claim it is; until then no account knows of it.`,
    payerId,
    amountCents: cents,
    offset,
    item: { kind: 'providerAdjustment', providerAdjustmentId: id },
  });
}
