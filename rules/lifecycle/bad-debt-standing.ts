import { type BadDebtStanding, effortEndsOn } from '../collection/medicare-bad-debt.ts';
import type { Account, ClaimTrack } from '../domain/account.ts';
import { civilDate, type CivilDate, later } from '../domain/civil-date.ts';
import type { LedgerKind, LedgerLine } from '../domain/ledger.ts';
import { standingRemittances } from './balances.ts';

/** CARCs of group PR: deductible and blood deductible; coinsurance. A copayment (3) is none of Medicare's. */
const deductibles: ReadonlySet<string> = new Set(['1', '66']);
const coinsurances: ReadonlySet<string> = new Set(['2']);

/** An account as far as Medicare bad debt asks; from its postings and remittances alone. */
export function badDebtStanding(account: Account): BadDebtStanding {
  const medicare = account.claims.find((claim) => claim.payerClass === 'medicare');
  const after = account.claims.filter(
    (claim) => medicare !== undefined && claim.sequence > medicare.sequence && claim.payerClass !== 'medicaid',
  );
  const medicaid = account.claims.find((claim) => claim.payerClass === 'medicaid');
  const lines = account.lines.filter((line) => line.bucket === 'patient');
  return {
    isInstitutional: account.opened?.claimType === 'institutional',
    medicare: medicare === undefined ? null : shareOf(medicare),
    hasMedicareAdvantage: account.claims.some((claim) => claim.payerClass === 'medicareAdvantage'),
    secondaryRemittanceOn: lastOn(after.flatMap((claim) => lastRemittanceOn(claim) ?? [])),
    medicaid: medicaid === undefined ? null : { remittanceOn: lastRemittanceOn(medicaid) },
    firstBillOn: account.patient.statements[0] ?? null,
    payments: lines
      .filter((line) => line.kind === 'patientPayment' && stands(account, line))
      .map(({ on, cents }) => ({ on: civilDate(on), cents: -cents }))
      .sort((a, b) => (a.on < b.on ? -1 : 1)),
    writtenOff: total(account, 'writeOff'),
    indigent: total(account, 'assistance'),
    agencies: account.patient.placements
      .filter(({ status, tier }) => status !== 'refused' && tier !== 'earlyOut')
      .map(({ vendor, offeredOn, placedOn, returnedOn }) => ({ vendor, since: placedOn ?? offeredOn, returnedOn })),
  };
}

/** The day on which the effort of 120 days is over as things stand; null where Medicare left nothing, or nobody was billed. */
export function badDebtEffortEndsOn(account: Account): CivilDate | null {
  const standing = badDebtStanding(account);
  return standing.medicare === null || !standing.isInstitutional ? null : effortEndsOn(standing, null);
}

function shareOf(claim: ClaimTrack): BadDebtStanding['medicare'] {
  const remittanceOn = lastRemittanceOn(claim);
  if (remittanceOn === null) return null;
  const adjustments = standingRemittances(claim)
    .flatMap((r) => r.adjustments)
    .filter(({ group }) => group === 'PR');
  const of = (carcs: ReadonlySet<string>) => adjustments.filter(({ carc }) => carcs.has(carc)).reduce((sum, { cents }) => sum + cents, 0);
  return { remittanceOn, deductibleCents: of(deductibles), coinsuranceCents: of(coinsurances) };
}

function lastRemittanceOn(claim: ClaimTrack): CivilDate | null {
  return lastOn(standingRemittances(claim).map(({ remittanceOn }) => remittanceOn));
}

function lastOn(days: readonly CivilDate[]): CivilDate | null {
  return days.reduce<CivilDate | null>((latest, day) => (latest === null ? day : later(latest, day)), null);
}

function total(account: Account, kind: LedgerKind): BadDebtStanding['writtenOff'] {
  const lines = account.lines.filter((line) => line.bucket === 'patient' && line.kind === kind && stands(account, line));
  const cents = lines.reduce((sum, line) => sum - line.cents, 0);
  const on = lastOn(lines.map((line) => civilDate(line.on)));
  return on === null || cents <= 0 ? null : { on, cents };
}

function stands({ lines }: Account, line: LedgerLine): boolean {
  return line.undoes === null && !lines.some(({ undoes }) => undoes === line.id);
}
