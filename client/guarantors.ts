import { PDFDocument } from 'pdf-lib';
import type { PrismaClient } from '../prisma/client.ts';
import { readGuarantor, type ShownGuarantor } from '../prisma/reads/guarantor-page.ts';
import { readOpenAccountsOf } from '../prisma/reads/statement-source.ts';
import { readPrintFile, readStatement, type StatementEntry } from '../prisma/reads/statements.ts';
import { changeGuarantor, type GuarantorContactChange } from '../prisma/writes/guarantor-contact.ts';
import type { Accounts } from './accounts.ts';

/** The people who owe: how they are reached, and what they were sent. */
export interface GuarantorOffice {
  /** Of an account; null when none is kept for it. PHI. */
  show(accountId: string): Promise<ShownGuarantor | null>;
  /** A new address takes back that mail came back, and releases the accounts that were held for it. Null when no guarantor is kept. */
  change(asked: {
    readonly accountId: string;
    readonly by: string;
    readonly change: Omit<GuarantorContactChange, 'mailReturnedOn'>;
  }): Promise<{ readonly isChanged: boolean; readonly released: number } | null>;
  statement(number: string): Promise<StatementEntry | null>;
  /** Its pages out of the print file in which it left; null when there is none. PHI. */
  statementPdf(number: string): Promise<Uint8Array | null>;
}

export function guarantorsOn({ prisma, accounts }: { readonly prisma: PrismaClient; readonly accounts: Accounts }): GuarantorOffice {
  return {
    show: (accountId) => readGuarantor(prisma, accountId),
    change: async ({ accountId, by, change }) => {
      const { guarantorId } = await prisma.account.findUniqueOrThrow({ where: { id: accountId }, select: { guarantorId: true } });
      if (guarantorId === null) return null;
      const isMoved = change.line1 !== undefined || change.postalCode !== undefined;
      const whole = isMoved ? { ...change, mailReturnedOn: null } : change;
      const isChanged = await prisma.$transaction((tx) => changeGuarantor(tx, { guarantorId, by, change: whole }));
      if (!isMoved) return { isChanged, released: 0 };
      let released = 0;
      for (const { accountId: held, holds } of await readOpenAccountsOf(prisma, { guarantorId, accountIds: [] })) {
        if (!holds.some(({ reason, releasedOn }) => reason === returnedMail && releasedOn === null)) continue;
        const answer = await accounts.tell(held, { instruction: { do: 'release', hold: returnedMail, by } });
        if (answer.kind === 'done') released += 1;
      }
      return { isChanged, released };
    },
    statement: (number) => readStatement(prisma, number),
    statementPdf: async (number) => {
      const kept = await readPrintFile(prisma, number);
      return kept === null ? null : pagesOf(kept);
    },
  };
}

const returnedMail = 'returnedMail';

async function pagesOf({
  content,
  firstPage,
  pages,
}: {
  readonly content: Uint8Array;
  readonly firstPage: number;
  readonly pages: number;
}): Promise<Uint8Array> {
  const whole = await PDFDocument.load(content, { updateMetadata: false });
  if (pages === whole.getPageCount()) return content;
  const own = await PDFDocument.create({ updateMetadata: false });
  const wanted = Array.from({ length: pages }, (_, n) => firstPage - 1 + n);
  for (const page of await own.copyPages(whole, wanted)) own.addPage(page);
  return own.save();
}
