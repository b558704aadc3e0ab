import { Argument } from 'commander';
import { type Instant, instant } from '../../rules/domain/civil-date.ts';
import type { Engine } from '../engine.ts';
import { CommandFailure, exitCode } from './failure.ts';
import { findAccount } from './find-account.ts';

/** Who is meant: a guarantor, or an account of theirs. */
export function person(): Argument {
  return new Argument('<person>', 'number or id of an account, or id of a guarantor');
}

/** The guarantor's id; exit 1 when there is none. */
export async function personNamed(engine: Engine, name: string): Promise<string> {
  const found = await engine.contacts.find(name);
  if (found === null)
    throw missing('There is no such person.', name, 'name a guarantor by id, or an account that has one by its number or id');
  return found;
}

export function accountIdsOf(engine: Engine, names: readonly string[]): Promise<readonly string[]> {
  return Promise.all(names.map(async (name) => (await findAccount(engine.reads, name)).id));
}

export function now(): Instant {
  return instant(new Date().toISOString());
}

export function missing(what: string, where: string, next: string): CommandFailure {
  return new CommandFailure({ exit: exitCode.no, what, where, next });
}
