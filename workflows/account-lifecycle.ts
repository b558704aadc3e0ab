/**
 * One patient account, from the claim that was sent to the money that was owed. It stands for the account's clock and its hands: it
 * waits, for months, until a message or a date comes, lets the account take a turn, and carries out what the turn commands. Where the
 * account stands (its phase) is decided in the turn, never here. It ends when a turn says that nothing is open and nothing more was
 * said; a late message begins a new run.
 */
import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import { advance, resumeAccount } from './proxies.ts';
import { LivingAccount } from './living-account.ts';
import { type AccountEnd, type AccountLifecycleInput, failureTypes } from './messages.ts';

export async function accountLifecycle(input: AccountLifecycleInput): Promise<AccountEnd> {
  const { accountId } = input;
  const account = new LivingAccount(input);
  account.listen();
  if (input.resume === undefined) account.stand(await resumeAccount({ accountId }));

  while (!(await account.isOver())) {
    await account.renewIfLong();
    const occasion = account.mustLook ? account.lookAgain(await resumeAccount({ accountId })) : await account.nextOccasion();
    if (occasion === null) continue;
    const { asOf, eventIds, formIds } = occasion;
    const seq = account.turn.seq + 1;
    const options = { priority: { priorityKey: formIds.length > 0 ? 1 : 3 }, summary: account.wordsFor(occasion) };
    try {
      account.stand(await advance.executeWithOptions(options, [{ accountId, seq, asOf, eventIds, formIds }]), occasion);
    } catch (error) {
      // An older database was restored under the account: it goes on from what the database has.
      if (!isOutOfSequence(error)) throw error;
      account.takeBack(occasion);
    }
  }
  return { phase: account.turn.phase, balanceCents: account.turn.balanceCents };
}

function isOutOfSequence(error: unknown): boolean {
  return error instanceof ActivityFailure && error.cause instanceof ApplicationFailure && error.cause.type === failureTypes.outOfSequence;
}
