import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { cents, dollars } from '../../rules/domain/money.ts';

/** Plain letters to patients. They name the patient and stay in files and PostgreSQL. */

export interface LetterSubject {
  readonly accountNumber: string;
  readonly claim: SubmittedClaim;
  readonly on: string;
  readonly reference: string;
}

export function letter(
  about: LetterSubject,
  parts: { readonly to: readonly string[]; readonly title: string; readonly body: readonly string[] },
): string {
  const { billingProvider } = about.claim;
  const lines = [
    billingProvider.name,
    ...addressLines(billingProvider.address),
    '',
    about.on,
    '',
    ...parts.to,
    '',
    parts.title,
    '',
    ...parts.body,
    '',
    `Reference ${about.reference}`,
    billingProvider.name,
  ];
  return `${lines.join('\n')}\n`;
}

export function addressLines({ line1, line2, city, state, postalCode }: SubmittedClaim['patient']['address']): readonly string[] {
  return [line1, ...(line2 === '' ? [] : [line2]), `${city}, ${state} ${postalCode}`];
}

export function patientName({ patient: { name } }: SubmittedClaim): string {
  return [name.first, name.middle, name.last].filter((part) => part !== '').join(' ');
}

export function money(amount: unknown): string {
  return dollars(cents(Number(amount ?? 0)));
}
