import type { Transaction } from '../../prisma/client.ts';
import { controlNumberText } from '../../prisma/convert.ts';
import type { GatheredIntent } from '../../prisma/reads/runs.ts';
import { type GuarantorContact, readStatementSources, type StatementSource } from '../../prisma/reads/statement-source.ts';
import { readStatementsOf } from '../../prisma/reads/statements.ts';
import { writeStatements } from '../../prisma/writes/statements.ts';
import { instantAt } from '../../rules/domain/civil-date.ts';
import { DomainError, invariant } from '../../rules/domain/failures.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import { policyFor, type StatementPolicy } from '../../rules/statements/read-statement-policies.ts';
import type { Statement } from '../../rules/statements/statement.ts';
import { type Way, wayOf } from '../../rules/statements/way.ts';
import { type PatientContacts, withoutLedger } from '../statements/contacts.ts';
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

interface WriterParts {
  readonly contacts: PatientContacts;
  readonly policies: readonly StatementPolicy[];
}

export const statementWriter: RunWriter = statementWriterOf({ contacts: withoutLedger, policies: shippedStatementPolicies() });

/** Statements of a run: one for every guarantor, with all of their accounts that are due, in the guarantor's language and by the way that is open. */
export function statementWriterOf(parts: WriterParts): RunWriter {
  return {
    most: 250,
    write: async (tx, run, intents) => {
      const { drafted, refused } = await draftAll(tx, run, { parts, intents });
      const parcel = `statements-${run.number}`;
      const { perPrintFile } = policyFor(parts.policies, '', run.on);
      const { files, made, unset } = await makeParcel({ parcel, on: run.on, perPrintFile, drafts: drafted.map(({ draft }) => draft) });
      const byNumber = new Map(drafted.map((one) => [one.draft.sheet.number, one]));
      await writeStatements(
        tx,
        made.map(({ draft, file, place }) => {
          const one = byNumber.get(draft.sheet.number);
          invariant(one !== undefined, 'what was set was drafted');
          return { ...rowOf(one), parcel, on: run.on, file, ...place };
        }),
      );
      const notSet = [...unset].flatMap(([number, reason]) => refusedOf(byNumber.get(number)?.intents ?? [], reason));
      return { files, channel: run.routes.routeFor('patients', '').channel, parcel, refused: [...refused, ...notSet] };
    },
    sent: async (tx, run, intents) => {
      const statements = await readStatementsOf(
        tx,
        intents.map(({ intentId }) => intentId),
      );
      for (const { number, guarantorId, via, zone } of statements) {
        if (guarantorId === null) continue;
        const contact = { guarantorId, channel: via, purpose: 'statement', by: 'us', at: instantAt(run.on, 12, zone) } as const;
        await parts.contacts.record(tx, { ...contact, key: `statement:${number}` });
      }
    },
  };
}

interface ToDraft {
  readonly parts: WriterParts;
  readonly intents: readonly GatheredIntent[];
}

async function draftAll(
  tx: Transaction,
  run: Run,
  { parts, intents }: ToDraft,
): Promise<{ readonly drafted: readonly Drafted[]; readonly refused: readonly Refused[] }> {
  const sources = await readStatementSources(
    tx,
    intents.map(({ accountId }) => accountId),
  );
  const byAccount = new Map(sources.map((source) => [source.accountId, source]));
  const drafted: Drafted[] = [];
  const refused: Refused[] = [];
  for (const all of grouped(intents, ({ guarantorId, accountId }) => guarantorId ?? accountId).values()) {
    const group = [...new Map(all.toReversed().map((intent) => [intent.accountId, intent])).values()];
    const again = all.filter((intent) => !group.includes(intent));
    refused.push(...refusedOf(again, statedAlready));
    const own = group.flatMap(({ accountId }) => byAccount.get(accountId) ?? []);
    const one = await draftFor(tx, run, { parts, intents: group, sources: own });
    if ('reason' in one) refused.push(...refusedOf(group, one.reason));
    else {
      const stated = new Set(one.statement.accounts.map(({ accountId }) => accountId));
      const isStated = ({ accountId }: GatheredIntent): boolean => stated.has(accountId);
      drafted.push({ ...one, guarantorId: group[0]?.guarantorId ?? null, intents: group.filter(isStated) });
      refused.push(
        ...refusedOf(
          group.filter((intent) => !isStated(intent)),
          nothingDue,
        ),
      );
    }
  }
  return { drafted, refused };
}

const nothingDue = 'statement.nothing-due: the patient owes nothing on this account any more';

/** Two months in which nothing could be sent leave two commands of an account: one statement says all. */
const statedAlready = 'statement.nothing-due: an earlier command puts this account into the same statement';

async function draftFor(
  tx: Transaction,
  run: Run,
  { parts, intents, sources }: ToDraft & { readonly sources: readonly StatementSource[] },
): Promise<{ readonly draft: Draft; readonly statement: Statement } | { readonly reason: string }> {
  try {
    const found = wayOf(await reachOf(tx, run, { contacts: parts.contacts, contact: sources[0]?.guarantor ?? null }));
    if (found.way === null) return { reason: `statement.no-way: ${found.why}` };
    // The number of its first command: the same at every attempt, and no other's.
    const number = controlNumberText(Math.min(...intents.map(({ controlNumber }) => controlNumber)));
    const { statement, ...draft } = draftOf({ sources, number, on: run.on, via: found.way, policies: parts.policies });
    return { draft, statement };
  } catch (error) {
    if (error instanceof DomainError) return { reason: `${error.code}: ${error.message}` };
    throw error;
  }
}

async function reachOf(
  tx: Transaction,
  { at }: Run,
  { contacts, contact }: { readonly contacts: PatientContacts; readonly contact: GuarantorContact | null },
) {
  if (contact === null) return { ...unknownPerson, hasPost: true };
  const { id: guarantorId, address, email, phone, deliverBy, mailReturnedOn } = contact;
  const hasPost = mailReturnedOn === null && address.line1 !== '' && address.postalCode !== '';
  const isAsked = deliverBy !== 'mail' || !hasPost;
  const refusal = async (channel: Way): Promise<string | null> =>
    isAsked ? contacts.refuse(tx, { guarantorId, channel, purpose: 'statement', by: 'us', at }) : null;
  const refusals = { email: await refusal('email'), text: await refusal('text') };
  return { preferred: deliverBy, hasPost, hasEmail: email !== null, hasPhone: phone !== null, refusals };
}

const unknownPerson = { preferred: 'mail', hasEmail: false, hasPhone: false, refusals: { email: null, text: null } } as const;

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
