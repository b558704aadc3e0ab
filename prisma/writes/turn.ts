import { createHash } from 'node:crypto';
import type { Account } from '../../rules/domain/account.ts';
import type { Instant } from '../../rules/domain/civil-date.ts';
import type { Decision, Facts } from '../../rules/domain/decision.ts';
import type { AccountEvent } from '../../rules/domain/event.ts';
import { decisionText } from '../../rules/engine/rerun.ts';
import { accountBalance } from '../../rules/lifecycle/balances.ts';
import type { Advanced } from '../../rules/lifecycle/contract.ts';
import type { Transaction } from '../client.ts';
import { agendaHash, agendaOf } from '../agenda-hash.ts';
import { bodyOf, inputJson } from '../convert.ts';
import { uuidv7 } from '../ids.ts';
import { changed, deadlineRow, denialRows, gone, lineRow, placementRow, taskRow } from './account-rows.ts';
import { insertAll, insertNew, type Row, upsertAll } from './bulk.ts';
import { placesInLife } from './events.ts';
import { resolveIntent } from './intents.ts';
import { writeHolds } from './holds.ts';
import { writePeople } from './people.ts';
import { writePromises } from './plans.ts';
import { settleForms } from './task-form.ts';

export interface TurnToWrite {
  readonly seq: number;
  readonly asOf: Instant;
  readonly before: Account;
  readonly advanced: Advanced;
  readonly arrivals: readonly AccountEvent[];
  readonly formIds: readonly string[];
  readonly columns: { readonly payerId: string; readonly queue: string; readonly wakeReason: string };
  /** What the same seq gets when it comes again. */
  readonly result: unknown;
}

/** Everything one turn leaves, in the caller's transaction; the account's row is locked by the caller. */
export async function writeTurn(tx: Transaction, turn: TurnToWrite): Promise<void> {
  await writeEvents(tx, turn);
  await writeAgenda(tx, turn);
  await writeMoney(tx, turn);
  await resolveDeliveries(tx, turn);
  await writeDecisions(tx, turn);
  await writePeople(tx, turn);
  await writeHolds(tx, turn.before, turn.advanced.account);
  await writePromises(tx, turn.before, turn.advanced.account);
  await settleForms(tx, turn.formIds, turn.advanced.refusals);
  await writeAccount(tx, turn);
  const { id: accountId } = turn.before;
  await tx.advance.create({ data: { accountId, seq: turn.seq, asOf: new Date(turn.asOf), result: inputJson(turn.result) } });
}

async function writeEvents(tx: Transaction, { before, advanced, arrivals, seq, asOf }: TurnToWrite): Promise<void> {
  const { id: accountId, eventCount } = before;
  const places = placesInLife(accountId, eventCount, { arrivals, conclusions: advanced.events });
  const rows = advanced.events.map((event) => {
    const { id, occurredAt, kind } = event;
    const recordedAt = new Date().toISOString();
    return {
      id,
      accountId,
      kind,
      body: bodyOf(event),
      occurredAt,
      recordedAt,
      appliedSeq: seq,
      position: places.get(id),
      deliveredAt: asOf,
    };
  });
  const withOrdinals = rows.sort((a, b) => (a.position ?? 0) - (b.position ?? 0));
  await insertAll(tx, 'AccountEvent', withOrdinals);
  const applied = JSON.stringify(arrivals.map(({ id }) => ({ id, position: places.get(id) })));
  await tx.$executeRaw`
    UPDATE "AccountEvent" e SET "appliedSeq" = ${seq}, "position" = a.position
    FROM jsonb_to_recordset(${applied}::jsonb) AS a(id text, position int) WHERE e.id = a.id`;
}

async function writeAgenda(tx: Transaction, { before, advanced: { account } }: TurnToWrite): Promise<void> {
  const tasks = [...changed(before.tasks, account.tasks), ...undoneTasks(before, account)].map((task) => taskRow(account, task));
  await upsertAll(tx, 'Task', ['accountId', 'localId'], tasks);
  const undoneDeadlines = gone(before.deadlines, account.deadlines).map((d) => ({ ...deadlineRow(account, d), status: 'undone' }));
  const deadlines = changed(before.deadlines, account.deadlines).map((deadline) => deadlineRow(account, deadline));
  await upsertAll(tx, 'Deadline', ['accountId', 'deadlineId'], [...deadlines, ...undoneDeadlines]);
  const placements = changed(before.patient.placements, account.patient.placements).map((placement) => placementRow(account, placement));
  await upsertAll(tx, 'Placement', ['accountId', 'placementId'], placements);
}

/** Nobody can end them any more, and their names are not given again. */
function undoneTasks(before: Account, account: Account): Account['tasks'] {
  return gone(before.tasks, account.tasks).map((task) => (task.status === 'open' ? { ...task, status: 'withdrawn' } : task));
}

async function writeMoney(tx: Transaction, { before, advanced: { account }, seq }: TurnToWrite): Promise<void> {
  const lines = changed(before.lines, account.lines).map((line) => lineRow(account, seq, line));
  await insertAll(tx, 'LedgerLine', lines);
  const casesBefore = before.claims.flatMap((claim) => claim.cases);
  const denials = account.claims.flatMap((claim) => changed(casesBefore, claim.cases).flatMap((c) => denialRows(account, claim, c)));
  await upsertAll(tx, 'DenialRecord', ['accountId', 'caseId', 'position'], denials);
}

/** Before the new intents: what did not arrive gives its place to what is sent instead. */
async function resolveDeliveries(tx: Transaction, { before: { id: accountId }, advanced, arrivals, asOf }: TurnToWrite): Promise<void> {
  for (const event of [...arrivals, ...advanced.events]) {
    if (event.kind !== 'deliveryResolved' && event.kind !== 'deliveryReported') continue;
    const { key, arrived, receipt = null } = event;
    await resolveIntent(tx, { accountId, key, arrived, receipt, at: asOf });
  }
}

async function writeDecisions(tx: Transaction, { before: { id: accountId }, advanced, seq, asOf }: TurnToWrite): Promise<void> {
  const decided = new Map(advanced.events.flatMap((e) => (e.kind === 'decided' ? [[e.decisionId, e.refusal] as const] : [])));
  const decisions = advanced.decisions.map(({ id, questionKey, decision: { answer, receipt }, effect, amountCents }) => {
    const { ruleId, action } = answer;
    const { point, ruleSetHash } = receipt;
    const refusal = decided.get(id) ?? null;
    const number = Number(id.slice(accountId.length + 2));
    const asked = { id, number, accountId, seq, questionKey, point, ruleId, action, refusal, ruleSetHash };
    const seen = { asOf: receipt.asOf, facts: JSON.stringify(knownFacts(receipt.facts)) };
    const proof = { answer, receipt, ...seen, receiptHash: receiptHash({ answer, receipt }) };
    return { ...asked, ...proof, effect, amountCents, decidedAt: asOf };
  });
  await insertAll(tx, 'Decision', decisions);
  await insertNew(tx, 'RuleMatch', matches(advanced));
  const intents = advanced.commands.map((command) => ({ id: uuidv7(), accountId, ...command, status: 'issued', issuedAt: asOf }));
  await insertAll(tx, 'Intent', intents);
}

/** One order for all: two turns that are the day's first to match the same rules wait for each other once. */
function matches({ decisions }: Advanced): readonly Row[] {
  const rows = decisions.flatMap(({ decision: { receipt } }) => {
    return [receipt.winner.ruleId, ...receipt.alsoMatched].map(
      (ruleId) => [`${receipt.asOf} ${ruleId}`, { ruleId, on: receipt.asOf }] as const,
    );
  });
  return [...new Map(rows)].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row);
}

function knownFacts(facts: Facts): Facts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== null));
}

/** Of the bytes that a re-run must give again. */
export function receiptHash(decision: Decision): string {
  return createHash('sha256').update(decisionText(decision)).digest('hex');
}

async function writeAccount(tx: Transaction, { before, advanced, seq, columns }: TurnToWrite): Promise<void> {
  const { account, phase, owner, wakeAt, terminal } = advanced;
  const ownerName =
    owner.kind === 'queue' ? owner.queue : owner.kind === 'payer' ? owner.payerId : owner.kind === 'vendor' ? owner.vendor : '';
  await tx.account.update({
    where: { id: before.id },
    select: { id: true },
    data: {
      ...columns,
      seq,
      phase,
      ownerKind: owner.kind,
      ownerName,
      balanceCents: accountBalance(account),
      nextActionAt: wakeAt === null ? null : new Date(wakeAt),
      terminal,
      projection: inputJson(account),
      agendaHash: agendaHash(agendaOf(account, { seq, terminal, wakeAt })),
    },
  });
}
