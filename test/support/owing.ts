import type { PrismaClient } from '../../prisma/client.ts';
import { accountOf, inputJson } from '../../prisma/convert.ts';
import { uuidv7 } from '../../prisma/ids.ts';
import type { Instant } from '../../rules/domain/civil-date.ts';
import { line } from './stated-accounts.ts';

/** Lets the patient of a stored account owe exactly so much, as if the last payer had left it. */
export async function letOwe(prisma: PrismaClient, accountId: string, amountCents: number): Promise<void> {
  const { projection } = await prisma.account.findUniqueOrThrow({ where: { id: accountId }, select: { projection: true } });
  const account = accountOf(projection);
  const lines = [line('payer1', 'charge', amountCents), line('payer1', 'transfer', -amountCents), line('patient', 'transfer', amountCents)];
  await prisma.account.update({ where: { id: accountId }, data: { projection: inputJson({ ...account, lines }) } });
}

let commands = 0;

/** A command that an account has just issued. */
export async function issue(
  prisma: PrismaClient,
  { accountId, kind, now }: { readonly accountId: string; readonly kind: 'sendStatement' | 'offerPaymentPlan'; readonly now: Instant },
): Promise<{ readonly accountId: string; readonly key: string; readonly asOf: string }> {
  commands += 1;
  const key = `test${commands}`;
  const params = { number: 1, balanceCents: 10_000, instalmentCents: 1_000, months: 10 };
  const about = { kind, subject: { kind: 'patient' }, params, status: 'issued', issuedAt: new Date(now) };
  await prisma.intent.create({ data: { id: uuidv7(), accountId, key, ...about } });
  return { accountId, key, asOf: now };
}

/** Why the last statement of an account was not sent; null where it was, or waits. */
export async function statementReasons(prisma: PrismaClient, accountId: string): Promise<readonly (string | null)[]> {
  const where = { accountId, kind: 'sendStatement' };
  const rows = await prisma.intent.findMany({ where, orderBy: { controlNumber: 'desc' }, take: 1 });
  return rows.map(({ reason }) => reason);
}
