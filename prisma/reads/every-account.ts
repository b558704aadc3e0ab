import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Database } from '../client.ts';
import { instantOrNull } from '../convert.ts';

export interface AccountInTurn {
  readonly id: string;
  readonly accountNumber: string;
  /** When its workflow must wake; null when no dated step is ahead. */
  readonly nextActionAt: Instant | null;
  readonly terminal: boolean;
}

/** Every account by id, a page at a time, so that a million fit. */
export async function* readEveryAccount(db: Database, pageSize = 1000): AsyncGenerator<AccountInTurn> {
  for (let after: string | null = null; ; ) {
    const rows: readonly (Omit<AccountInTurn, 'nextActionAt'> & { readonly nextActionAt: Date | null })[] = await db.account.findMany({
      where: after === null ? {} : { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: pageSize,
      select: { id: true, accountNumber: true, nextActionAt: true, terminal: true },
    });
    for (const row of rows) yield { ...row, nextActionAt: instantOrNull(row.nextActionAt) };
    const last = rows.at(-1);
    if (last === undefined || rows.length < pageSize) return;
    after = last.id;
  }
}
