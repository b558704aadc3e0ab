import type { Account } from '../../rules/domain/account.ts';
import { type CivilDate, civilDate } from '../../rules/domain/civil-date.ts';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { type GuarantorStanding, identityOf, isMinorOn, type Person, whoOwes } from '../../rules/domain/guarantor.ts';
import { bucketBalance } from '../../rules/lifecycle/balances.ts';
import { isSettled } from '../../rules/lifecycle/phase.ts';

/** Who owes, in memory: found again as PostgreSQL finds them (prisma/writes/guarantors.ts). */
export class PureGuarantors {
  readonly #people = new Map<string, { readonly identity: string; readonly person: Person }>();

  opened(accountNumber: string, claim: SubmittedClaim): void {
    if (this.#people.has(accountNumber)) return;
    const person = whoOwes(claim);
    this.#people.set(accountNumber, { identity: identityOf(person) ?? `account ${accountNumber}`, person });
  }

  identityOf(accountNumber: string): string | null {
    return this.#people.get(accountNumber)?.identity ?? null;
  }

  /** The other accounts of the same person. */
  others(accountNumber: string): readonly string[] {
    const own = this.identityOf(accountNumber);
    return [...this.#people.keys()].filter((number) => number !== accountNumber && this.identityOf(number) === own);
  }

  standing(accountNumber: string, accounts: ReadonlyMap<string, { readonly account: Account }>, on: CivilDate): GuarantorStanding | null {
    const own = this.#people.get(accountNumber);
    if (own === undefined) return null;
    const theirs = [...accounts].flatMap(([number, { account }]) => (this.#people.get(number)?.identity === own.identity ? [account] : []));
    const statements = theirs.flatMap(({ patient }) => patient.statements).toSorted();
    const { bornOn, address } = own.person;
    const last = statements.at(-1);
    return {
      guarantorId: own.identity,
      state: address.state,
      language: 'en',
      isMinor: bornOn === null ? null : isMinorOn(bornOn, on),
      mailReturnedOn: null,
      accounts: theirs.filter((account) => !isSettled(account)).length,
      owedElsewhereCents: this.others(accountNumber).reduce((total, number) => total + owedOn(accounts.get(number)?.account), 0),
      lastStatementOn: last === undefined ? null : civilDate(last),
    };
  }
}

function owedOn(account: Account | undefined): number {
  return account === undefined ? 0 : Math.max(0, bucketBalance(account, 'patient'));
}
