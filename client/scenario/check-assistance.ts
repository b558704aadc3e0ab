import type { Account } from '../../rules/domain/account.ts';
import { badDebtInWords, medicareBadDebt } from '../../rules/collection/medicare-bad-debt.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { badDebtStanding } from '../../rules/lifecycle/bad-debt-standing.ts';
import type { Failure } from './failure.ts';
import type { Expectation } from './format.ts';

/** What a story says of statements, notices, holds and the application for assistance. */
export function assistanceChecks(account: Account, expected: Expectation, today: CivilDate): readonly Failure[] {
  const { patient, holds, assistance } = account;
  return [
    ...listed('statements', expected.statements, patient.statements),
    ...listed(
      'notices',
      expected.notices,
      (assistance?.notices ?? []).map(({ on }) => on),
    ),
    ...listed(
      'holds in force',
      expected.held,
      holds.filter(({ releasedOn }) => releasedOn === null).map(({ reason }) => reason),
    ),
    ...listed('application for assistance', expected.assistance === undefined ? undefined : [expected.assistance], [
      assistance?.applications.at(-1)?.status ?? 'none',
    ]),
    ...badDebtCheck(account, expected.badDebt, today),
  ];
}

function badDebtCheck(account: Account, expected: string | undefined, today: CivilDate): readonly Failure[] {
  const came = badDebtInWords(medicareBadDebt(badDebtStanding(account), today));
  return expected === undefined || came.includes(expected) ? [] : [{ what: 'Medicare bad debt', expected, came }];
}

/** Params of the last command of that kind. */
export function paramsCheck(account: Account, { kind, params = {} }: NonNullable<Expectation['sent']>[number]): readonly Failure[] {
  const last = account.commands.findLast(({ command }) => command.kind === kind)?.command.params ?? {};
  return Object.entries(params).flatMap(([name, value]) => listed(`command ${kind}, ${name}`, [String(value)], [String(last[name])]));
}

function listed(what: string, expected: readonly string[] | undefined, came: readonly string[]): readonly Failure[] {
  if (expected === undefined || expected.join(', ') === came.join(', ')) return [];
  return [{ what, expected: expected.join(', ') || 'none', came: came.join(', ') || 'none' }];
}
