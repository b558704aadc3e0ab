import type { Account } from '../rules/domain/account.ts';
import type { OralAttempt } from '../rules/domain/assistance.ts';
import type { SubmittedForm, SubmittedInstruction } from '../rules/lifecycle/contract.ts';
import { attemptIn } from '../rules/lifecycle/oral-attempt.ts';
import type { Transaction } from '../prisma/client.ts';
import { type OutgoingContact, recordContacts, refuseContact } from './contacts.ts';

type Told = SubmittedForm | SubmittedInstruction;

/** Whose account it is. */
interface Whose {
  readonly account: Account;
  readonly guarantorId: string | null;
}

/** Why the contact ledger refuses the attempt that a form tells of, with the rule; null where it may be, or there is none. */
export async function refuseAttempt(tx: Transaction, whose: Whose, form: SubmittedForm): Promise<string | null> {
  const [asked] = attemptsIn(whose, [form]);
  return asked === undefined ? null : refuseContact(tx, asked.contact);
}

/** Attempts that were taken stand in the ledger of the person, each once by its form. */
export async function recordAttempts(tx: Transaction, whose: Whose, forms: readonly Told[]): Promise<void> {
  const made = attemptsIn(whose, forms).map(({ formId, outcome, contact }) => ({ ...contact, outcome, key: `form:${formId}` }));
  if (made.length > 0) await recordContacts(tx, made);
}

interface Attempt {
  readonly formId: string;
  readonly outcome: OralAttempt['outcome'];
  readonly contact: OutgoingContact;
}

/** Of somebody whom nobody knows there is no ledger. */
function attemptsIn({ account, guarantorId }: Whose, forms: readonly Told[]): readonly Attempt[] {
  if (guarantorId === null) return [];
  return forms.flatMap((told) => {
    const task = 'form' in told ? account.tasks.find(({ id }) => id === told.taskId) : undefined;
    const attempt = task === undefined || !('form' in told) ? null : attemptIn(task, told.form);
    if (attempt === null) return [];
    const { channel, at, outcome } = attempt;
    const contact = { guarantorId, channel, purpose: 'notice', by: 'us', at, accountIds: [account.id] } as const;
    return [{ formId: told.formId, outcome, contact }];
  });
}
