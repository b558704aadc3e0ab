/**
 * What the Temporal Web UI shows of an account: search attributes and the current details. Both are readable by every operator, so they
 * hold codes and dates only.
 */
import { defineSearchAttributeKey, type SearchAttributeUpdatePair } from '@temporalio/common';
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow';
import type { AccountTurn } from '../activities/index.ts';

const phaseKey = defineSearchAttributeKey('Phase', 'KEYWORD');
const payerKey = defineSearchAttributeKey('Payer', 'KEYWORD');
const queueKey = defineSearchAttributeKey('Queue', 'KEYWORD');
const turnKey = defineSearchAttributeKey('Turn', 'INT');
const nextActionAtKey = defineSearchAttributeKey('NextActionAt', 'DATETIME');

export class AccountPage {
  #shown: AccountTurn | null = null;
  #details = '';

  /** `stuck` are the keys of commands that could not be carried out. Costs a history event only when an attribute changes. */
  show(turn: AccountTurn, stuck: readonly string[]): void {
    const pairs = changes(this.#shown, turn);
    if (pairs.length > 0) upsertSearchAttributes(pairs);
    this.#shown = turn;
    const details = [turn.details, ...stuck.map((key) => `**Could not be carried out:** ${key}`)].join('\n\n');
    if (details !== this.#details) setCurrentDetails(details);
    this.#details = details;
  }
}

function changes(before: AccountTurn | null, now: AccountTurn): SearchAttributeUpdatePair[] {
  const pairs: SearchAttributeUpdatePair[] = [];
  if (before?.phase !== now.phase) pairs.push({ key: phaseKey, value: now.phase });
  if (before?.payerId !== now.payerId) pairs.push({ key: payerKey, value: now.payerId || null });
  if (before?.queue !== now.queue) pairs.push({ key: queueKey, value: now.queue || null });
  if (before?.wakeAt !== now.wakeAt) pairs.push({ key: nextActionAtKey, value: now.wakeAt === null ? null : new Date(now.wakeAt) });
  // By it the deadline proof sees that a database knows less than the workflow. Alone it is not worth a history event.
  if (pairs.length > 0) pairs.push({ key: turnKey, value: now.seq });
  return pairs;
}
