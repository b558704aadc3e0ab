import type { PrismaClient } from '../../prisma/client.ts';
import { readAccountsOfGuarantor, readStatementSources } from '../../prisma/reads/statement-source.ts';
import { readClockShifts, readZone } from '../../prisma/reads/shown.ts';
import { civilDateAt, instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import { setStatements } from '../letters/patient/print.ts';
import { draftOf } from './draft.ts';
import { shippedStatementPolicies } from './policies.ts';

/** Stands where a number will stand once it leaves. */
const noNumber = '000000000';

/** Statements before they leave: as one would over everything that the guarantor of an account owes now, and nothing leaves. */
export function statementOffice({ prisma }: { readonly prisma: PrismaClient }) {
  return {
    /** @throws DomainError `statement.nothing-due`, `claim.no-document` */
    statement: async (accountId: string) => {
      const all = await readStatementSources(prisma, await readAccountsOfGuarantor(prisma, accountId));
      const sources = all.filter(({ account }) => bucketBalance(account, 'patient') > 0);
      if (sources.length === 0) throw new DomainError('statement.nothing-due', 'the guarantor of this account owes nothing now');
      const shift = (await readClockShifts(prisma, [accountId])).get(accountId) ?? 0;
      const on = civilDateAt(instant(new Date(Date.now() + shift).toISOString()), await readZone(prisma));
      const { sheet, statement, languageWanted } = draftOf({
        sources,
        number: noNumber,
        on,
        via: 'mail',
        policies: shippedStatementPolicies(),
      });
      const { content: pdf, pages } = setStatements([sheet], sheet.title, 'screen');
      const accounts = statement.accounts.map(({ accountNumber, dueCents }) => ({ accountNumber, dueCents }));
      const { payByOn, dueCents } = statement;
      return { on, payByOn, dueCents, accounts, language: sheet.language, languageWanted, pages, pdf };
    },
  };
}
