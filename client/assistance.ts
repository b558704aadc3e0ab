import type { PrismaClient } from '../prisma/client.ts';
import { findAccountId, readAccountFile } from '../prisma/reads/account-file.ts';
import { readWrittenOffAccounts } from '../prisma/reads/bad-debt.ts';
import { readFacility } from '../prisma/reads/facility.ts';
import { readKin } from '../prisma/reads/kin.ts';
import { describeFacility } from '../prisma/writes/facility.ts';
import { badDebtEntries, type Span } from '../rules/collection/bad-debt-log.ts';
import { badDebtInWords } from '../rules/collection/medicare-bad-debt.ts';
import type { Account } from '../rules/domain/account.ts';
import { extraordinaryActions } from '../rules/domain/assistance.ts';
import { civilDate, type CivilDate, instantAt } from '../rules/domain/civil-date.ts';
import type { FacilityStanding } from '../rules/domain/facility.ts';
import { badDebtStanding } from '../rules/lifecycle/bad-debt-standing.ts';
import { ledHere } from '../rules/lifecycle/evolve-assistance.ts';
import { applicationPeriod, earliestExtraordinary, extraordinaryRefusal } from '../rules/lifecycle/extraordinary.ts';
import { Turn } from '../rules/lifecycle/turn.ts';
import { loadKnowledge } from './knowledge.ts';
import type { AssistanceView, BadDebtLogView } from './views/assistance-shapes.ts';

/** What is shown of assistance and Medicare bad debt, and said of the hospital. */
export interface AssistanceDesk {
  /** Null when there is no such account. Days by the policies of this checkout. */
  account(name: string, today: CivilDate): Promise<AssistanceView | null>;
  /** PHI. */
  badDebtLog(span: Span): Promise<BadDebtLogView>;
  facility(): Promise<FacilityStanding>;
  /** @returns what was said before */
  describeFacility(facility: FacilityStanding): Promise<FacilityStanding>;
}

export function assistanceDesk(prisma: PrismaClient, nowMs: () => number = Date.now): AssistanceDesk {
  return {
    account: (name, today) => readAssistance(prisma, name, today),
    badDebtLog: (span) => readLog(prisma, span, civilDate(new Date(nowMs()).toISOString().slice(0, 10))),
    facility: () => readFacility(prisma),
    describeFacility: (facility) => describeFacility(prisma, facility),
  };
}

async function readAssistance(prisma: PrismaClient, name: string, today: CivilDate): Promise<AssistanceView | null> {
  const id = await findAccountId(prisma, name);
  const file = id === null ? null : await readAccountFile(prisma, id);
  const opened = file?.account.opened ?? null;
  if (file === null || opened === null) return null;
  const { account } = file;
  const facility = await readFacility(prisma);
  const kin = account.assistance === undefined ? [] : await readKin(prisma, account.id, false);
  const turn = new Turn(account, instantAt(today, 12, opened.zone), { ...loadKnowledge(), facility });
  const { applications = [], notices = [], screening = null } = account.assistance ?? {};
  return {
    accountNumber: opened.accountNumber,
    taxExempt: facility.taxExempt,
    applications: applications.map(({ id: applicationId, receivedOn, elsewhere, status, missing, dueOn, decision }) => ({
      id: applicationId,
      receivedOn,
      ledBy: elsewhere === undefined ? null : leading(kin, applicationId),
      status,
      missing: [...missing],
      dueOn,
      decision: decision === null ? null : { validThrough: null, approvedBy: null, ...decision },
    })),
    notices: notices.map(({ on }) => on),
    screening: screening?.result ?? null,
    applicationPeriodEndsOn: applicationPeriod(turn)?.legalOn ?? null,
    earliestExtraordinaryActionOn: earliestExtraordinary(turn)?.legalOn ?? null,
    refused: extraordinaryActions.flatMap((action) => {
      const why = extraordinaryRefusal(turn, action);
      return why === null ? [] : [{ action, why }];
    }),
  };
}

function leading(kin: readonly Account[], applicationId: string): string | null {
  return kin.find((account) => ledHere(account).some(({ id }) => id === applicationId))?.opened?.accountNumber ?? null;
}

async function readLog(prisma: PrismaClient, span: Span, today: CivilDate): Promise<BadDebtLogView> {
  const entries: BadDebtLogView['entries'] = [];
  const notClaimed: BadDebtLogView['notClaimed'] = [];
  for await (const { accountNumber, patient, memberId, account } of readWrittenOffAccounts(prisma)) {
    if (account.opened === null) continue;
    const { servicedFrom, servicedThrough } = account.opened;
    const found = badDebtEntries(badDebtStanding(account), span, today);
    entries.push(...found.entries.map((entry) => ({ accountNumber, patient, memberId, servicedFrom, servicedThrough, ...entry })));
    if (found.not !== null) notClaimed.push({ accountNumber, why: badDebtInWords(found.not) });
  }
  return { ...span, cents: entries.reduce((sum, { cents }) => sum + cents, 0), entries, notClaimed };
}
