import { claimOf, fileText } from './claims.ts';
import type { engineForTests } from './test-engine.ts';

/** Accounts made by sending their 837 on that day to the engine of a test, and what it knows of them. */
export function sentAccounts(engine: ReturnType<typeof engineForTests>, on: string) {
  async function take(name: string, text: string): Promise<void> {
    await engine().house.intake.ingest({ name, content: Buffer.from(text, 'latin1'), receivedAt: new Date(), clockShiftMs: 0 });
  }

  async function send(account: string): Promise<string> {
    await take(`${account}.837`, fileText(claimOf(account), on));
    const { id } = await engine().house.prisma.account.findFirstOrThrow({ where: { accountNumber: account } });
    await engine().house.accounts.whenSettled(id);
    return id;
  }

  async function idOf(accountNumber: string): Promise<string> {
    return (await engine().house.prisma.account.findFirstOrThrow({ where: { accountNumber }, select: { id: true } })).id;
  }

  async function wakeOf(accountId: string) {
    const { nextActionAt } = await engine().house.prisma.account.findUniqueOrThrow({ where: { id: accountId } });
    const state = await engine().house.accounts.state(accountId);
    return { stored: nextActionAt?.toISOString() ?? null, armed: state?.view?.nextActionAt ?? null };
  }

  return { take, send, idOf, wakeOf };
}
