import { buildClaim } from '../../client/scenario/build.ts';
import { envelope } from '../../client/scenario/to-x12.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import { cents } from '../../rules/domain/money.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import type { Composition } from '../../worker/compose.ts';

const claims = 1_000;

/** One 837 of 1,000 claims, from the file to 1,000 accounts that took their first turn. */
export async function accountsPerSecond({ intake, prisma }: Composition): Promise<readonly string[]> {
  const today = civilDate(new Date().toISOString().slice(0, 10));
  const told = (n: number) => ({
    account: `BENCH${n}`,
    type: 'professional' as const,
    serviced: today,
    charge: cents(12_300 + n),
    payers: [{ payer: 'UHC01', filing: 'CI' }],
    state: 'OH',
  });
  const all = Array.from({ length: claims }, (_, n) => buildClaim(told(n)));
  const content = Buffer.from(write837(envelope(today, { from: 'RECOURSE', to: 'UHC01', about: 'bench' }), all), 'latin1');
  const startedAt = performance.now();
  await intake.ingest({ name: 'bench.837', content, receivedAt: new Date(), clockShiftMs: 0 });
  const deliveredMs = performance.now() - startedAt;
  while ((await prisma.account.count({ where: { accountNumber: { startsWith: 'BENCH' }, seq: { gt: 0 } } })) < claims)
    await new Promise((resolve) => setTimeout(resolve, 50));
  const turnedMs = performance.now() - startedAt;
  return [
    `one 837 of ${claims} claims (${Math.round(content.length / 1024)} KB): stored and every account started in ${seconds(deliveredMs)} s, ` +
      `first turn of all after ${seconds(turnedMs)} s = ${Math.round((claims * 1000) / turnedMs)} accounts opened per second`,
  ];
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
