import { cents, dollars } from '../domain/money.ts';
import type { Subject } from '../domain/task.ts';
import { bucketBalance } from './balances.ts';
import { causeOf } from './credits.ts';
import type { Turn } from './turn.ts';

/** What the guarantor owes on other accounts, taken together; 0 where nobody knows of another. */
export function owedElsewhere({ guarantor }: Pick<Turn, 'guarantor'>): number {
  return guarantor?.owedElsewhereCents ?? 0;
}

/** Why a credit of the patient is not given back yet (DOMAIN §6.5: check other open balances first); null when it may be. */
export function creditElsewhere(turn: Turn, subject: Subject): string | null {
  if (subject.kind !== 'credit' || subject.bucket !== 'patient') return null;
  const owed = owedElsewhere(turn);
  // What was paid above an award goes back to who paid it, whatever else they owe (26 CFR 1.501(r)-6(c)(6)).
  if (owed === 0 || causeOf(turn.account, 'patient') === 'assistanceGranted') return null;
  const moved = dollars(cents(Math.min(owed, -bucketBalance(turn.account, 'patient'))));
  return `the guarantor owes ${dollars(cents(owed))} on other accounts: move ${moved} of the payment there first (recourse pay --moved), and give back what is left`;
}
