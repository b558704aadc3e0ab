import type { PrismaClient } from '../prisma/client.ts';
import { readZone } from '../prisma/reads/shown.ts';
import { readDifferences, readHeldSince, readVendorDays } from '../prisma/reads/vendor-ledger.ts';
import { addDays, type CivilDate, civilDateAt, instant, later } from '../rules/domain/civil-date.ts';
import { dollars, minus, sum } from '../rules/domain/money.ts';
import { differingCents } from '../rules/vendors/difference.ts';
import { ledgerTerms } from '../rules/vendors/ledger.ts';
import { shippedContracts } from '../rules/vendors/shipped-contracts.ts';
import type { DoctorCheck } from './views/work-shapes.ts';

/** A difference that stands so long is nobody's business any longer (practice). */
const oldAfterDays = 30;

/** What must not stand between vendors and us. */
export async function vendorChecks(prisma: PrismaClient, nowMs: () => number = Date.now): Promise<readonly DoctorCheck[]> {
  const today = civilDateAt(instant(new Date(nowMs()).toISOString()), await readZone(prisma));
  const standing = (await readDifferences(prisma, {})).filter(({ accepted }) => accepted === null);
  const old = standing.filter(({ firstFoundOn }) => addDays(firstFoundOn, oldAfterDays) < today);
  const kept = standing.filter(({ kind }) => kind === 'notRemitted');
  const fees = standing.filter(({ kind, oursCents, theirsCents }) => (kind === 'fee' || kind === 'clawBack') && theirsCents > oursCents);
  return [
    check(
      'vendor inventories that are late',
      await lateInventories(prisma, today),
      'ask the vendor for its list and take it in: recourse vendor reconcile VENDOR FILE',
    ),
    check(
      `differences with vendors that stand for more than ${oldAfterDays} days`,
      old.map(({ vendor, kind, about, ...one }) => `${vendor} ${kind} ${about} ${dollars(differingCents(one))}`),
      'recourse vendor differences says what to do; recourse vendor accept leaves one as it is',
    ),
    check(
      'payments that vendors collected and did not remit',
      inDollars(
        kept.map(({ vendor, about }) => `${vendor} ${about}`),
        sum(kept.map(differingCents)),
      ),
      'ask the vendor for the money: recourse vendor differences --kind notRemitted',
    ),
    check(
      'fees that vendors took and must give back',
      inDollars(
        fees.map(({ vendor, about }) => `${vendor} ${about}`),
        sum(fees.map(({ oursCents, theirsCents }) => minus(theirsCents, oursCents))),
      ),
      'send the vendor the computation: recourse vendor differences --kind fee, and --kind clawBack',
    ),
  ];
}

/** Of vendors that agreed to send one and have held a balance for that long. */
async function lateInventories(prisma: PrismaClient, today: CivilDate): Promise<readonly string[]> {
  const heldSince = await readHeldSince(prisma);
  const days = new Map((await readVendorDays(prisma)).map(({ vendor, inventoryOn }) => [vendor, inventoryOn]));
  return [...heldSince].flatMap(([vendor, since]) => {
    const every = ledgerTerms(shippedContracts, vendor, today)?.current.inventoryDays ?? null;
    const last = days.get(vendor) ?? null;
    if (every === null || addDays(last === null ? since : later(last, since), every) >= today) return [];
    return [`${vendor} (${last === null ? 'none yet' : `last ${last}`})`];
  });
}

function inDollars(names: readonly string[], amount: Parameters<typeof dollars>[0]): readonly string[] {
  return names.map((name, n) => (n === 0 ? `${dollars(amount)} in all, ${name}` : name));
}

function check(name: string, found: readonly string[], next: string): DoctorCheck {
  if (found.length === 0) return { name, ok: true, found: '0', next: '' };
  return { name, ok: false, found: `${found.length}: ${found.slice(0, 5).join(', ')}${found.length > 5 ? ', …' : ''}`, next };
}
