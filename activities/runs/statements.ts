import type { Transaction } from '../../prisma/client.ts';
import { controlNumberText } from '../../prisma/convert.ts';
import type { GatheredIntent } from '../../prisma/reads/runs.ts';
import { readStatementSources, type StatementSource } from '../../prisma/reads/statement-source.ts';
import { readStatementNumbers } from '../../prisma/reads/statements.ts';
import { completeBegun, forgetBegun } from '../../prisma/writes/contacts.ts';
import { writeStatements } from '../../prisma/writes/statements.ts';
import { DomainError, invariant } from '../../rules/domain/failures.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import { policyFor } from '../../rules/statements/read-statement-policies.ts';
import type { Statement } from '../../rules/statements/statement.ts';
import type { WayFound } from '../../rules/statements/way.ts';
import { beginStatements, statementContactKey, waysTo } from '../statements/contacts.ts';
import { draftOf } from '../statements/draft.ts';
import { type Draft, makeParcel } from '../statements/parcel.ts';
import { shippedStatementPolicies } from '../statements/policies.ts';
import type { Run, RunWriter, WrittenRun } from './writer.ts';

type Refused = NonNullable<WrittenRun['refused']>[number];

interface Drafted {
  readonly draft: Draft;
  readonly statement: Statement;
  readonly guarantorId: string | null;
  readonly intents: readonly GatheredIntent[];
}

/** Statements of a run: one for every guarantor, with all of their accounts that are due, in the guarantor's language and by the way that is open. */
export const statementWriter: RunWriter = {
  most: 250,
  write: async (tx, run, intents) => {
    const { drafted, refused } = await draftAll(tx, run, intents);
    const parcel = `statements-${run.number}`;
    const { perPrintFile } = policyFor(shippedStatementPolicies(), '', run.on);
    const { files, made, unset } = await makeParcel({ parcel, on: run.on, perPrintFile, drafts: drafted.map(({ draft }) => draft) });
    const byNumber = new Map(drafted.map((one) => [one.draft.sheet.number, one]));
    const rows = made.map(({ draft, file, place }) => {
      const one = byNumber.get(draft.sheet.number);
      invariant(one !== undefined, 'what was set was drafted');
      return { ...rowOf(one), parcel, on: run.on, file, ...place };
    });
    await writeStatements(tx, rows);
    await beginStatements(
      tx,
      rows.flatMap(({ number, guarantorId, via: way, accounts }) =>
        guarantorId === null ? [] : [{ guarantorId, number, way, at: run.at, accountIds: accounts.map(({ accountId }) => accountId) }],
      ),
    );
    const notSet = [...unset].flatMap(([number, reason]) => refusedOf(byNumber.get(number)?.intents ?? [], reason));
    return { files, channel: run.routes.routeFor('patients', '').channel, parcel, refused: [...refused, ...notSet] };
  },
  sent: async (tx, _run, intents) => {
    const numbers = await readStatementNumbers(
      tx,
      intents.map(({ intentId }) => intentId),
    );
    await completeBegun(tx, numbers.map(statementContactKey), 'sent');
  },
};

/** What one guarantor is to get; without one, what one account is. */
interface Group {
  /** Of its first command: the same at every attempt, and no other's. */
  readonly number: string;
  readonly intents: readonly GatheredIntent[];
  readonly sources: readonly StatementSource[];
}

async function draftAll(
  tx: Transaction,
  run: Run,
  gathered: readonly GatheredIntent[],
): Promise<{ readonly drafted: readonly Drafted[]; readonly refused: readonly Refused[] }> {
  const { groups, refused } = await groupAll(tx, gathered);
  // Of a run that did not leave, and is made anew.
  await forgetBegun(
    tx,
    groups.map(({ number }) => statementContactKey(number)),
  );
  const people = groups.flatMap(({ sources }) => {
    const contact = sources[0]?.guarantor ?? null;
    return contact === null ? [] : [{ contact, accountIds: sources.map(({ accountId }) => accountId) }];
  });
  const found = await waysTo(tx, run.at, people);
  const drafted: Drafted[] = [];
  for (const group of groups) {
    const one = draftFor(run, group, found.get(group.sources[0]?.guarantor?.id ?? '') ?? { way: 'mail' });
    if ('reason' in one) refused.push(...refusedOf(group.intents, one.reason));
    else {
      const stated = new Set(one.statement.accounts.map(({ accountId }) => accountId));
      const isStated = ({ accountId }: GatheredIntent): boolean => stated.has(accountId);
      drafted.push({ ...one, guarantorId: group.intents[0]?.guarantorId ?? null, intents: group.intents.filter(isStated) });
      refused.push(
        ...refusedOf(
          group.intents.filter((intent) => !isStated(intent)),
          nothingDue,
        ),
      );
    }
  }
  return { drafted, refused };
}

async function groupAll(
  tx: Transaction,
  gathered: readonly GatheredIntent[],
): Promise<{ readonly groups: readonly Group[]; readonly refused: Refused[] }> {
  const sources = await readStatementSources(
    tx,
    gathered.map(({ accountId }) => accountId),
  );
  const byAccount = new Map(sources.map((source) => [source.accountId, source]));
  const refused: Refused[] = [];
  const groups = [...grouped(gathered, ({ guarantorId, accountId }) => guarantorId ?? accountId).values()].map((all): Group => {
    const intents = [...new Map(all.toReversed().map((intent) => [intent.accountId, intent])).values()];
    const again = all.filter((intent) => !intents.includes(intent));
    refused.push(...refusedOf(again, statedAlready));
    const number = controlNumberText(Math.min(...intents.map(({ controlNumber }) => controlNumber)));
    return { number, intents, sources: intents.flatMap(({ accountId }) => byAccount.get(accountId) ?? []) };
  });
  return { groups, refused };
}

const nothingDue = 'statement.nothing-due: the patient owes nothing on this account any more';

/** Two months in which nothing could be sent leave two commands of an account: one statement says all. */
const statedAlready = 'statement.nothing-due: an earlier command puts this account into the same statement';

function draftFor(
  run: Run,
  { number, sources }: Group,
  found: WayFound,
): { readonly draft: Draft; readonly statement: Statement } | { readonly reason: string } {
  if (found.way === null) return { reason: `statement.no-way: ${found.why}` };
  try {
    const { statement, ...draft } = draftOf({ sources, number, on: run.on, via: found.way, policies: shippedStatementPolicies() });
    return { draft, statement };
  } catch (error) {
    if (error instanceof DomainError) return { reason: `${error.code}: ${error.message}` };
    throw error;
  }
}

function refusedOf(intents: readonly GatheredIntent[], reason: string): readonly Refused[] {
  return intents.map(({ intentId }) => ({ intentId, reason }));
}

function rowOf({ draft, statement, guarantorId, intents }: Drafted) {
  const due = new Map(statement.accounts.map(({ accountId, dueCents }) => [accountId, dueCents]));
  const { sheet, languageWanted, via, dueCents, payByOn } = draft;
  return {
    number: sheet.number,
    guarantorId,
    payByOn,
    language: sheet.language,
    languageWanted,
    via,
    dueCents,
    accounts: intents.flatMap(({ accountId, intentId }) => {
      const own = due.get(accountId);
      return own === undefined ? [] : [{ accountId, intentId, dueCents: own }];
    }),
  };
}
