import { readStatementSources } from '../prisma/reads/statement-source.ts';
import { languageFor } from '../rules/statements/language.ts';
import { policyFor } from '../rules/statements/read-statement-policies.ts';
import type { Commission, Prepared } from './carry-out.ts';
import type { LetterKind } from './letters/patient/catalogue.ts';
import { type LetterFields, writePatientLetter } from './letters/patient/letter.ts';
import { addressLines } from './outbound/letters.ts';
import { sha256Of } from './outbound/manifest.ts';
import { addresseeOf, senderOf } from './statements/draft.ts';
import { shippedStatementPolicies } from './statements/policies.ts';
import { lastClaim } from './submissions.ts';

export interface LetterAsked {
  readonly kind: LetterKind;
  /** Those that letters/patient/templates/catalogue.json names for this kind. */
  readonly fields: LetterFields;
  /** The accounts it is about; that of the command when absent. */
  readonly accountNumbers?: readonly string[];
}

/**
 * A letter to the guarantor of an account, in their language, as a command's parcel: the PDF, and a manifest by which a mail house addresses it.
 * @throws DomainError `letter.missing-field` and `letter.wrong-field` naming the field, `letter.cannot-be-set`
 */
export async function letterToPatient(commission: Commission, { kind, fields, accountNumbers }: LetterAsked): Promise<Prepared> {
  const { tx, accountId, source, number, on, routes } = commission;
  const [own] = await readStatementSources(tx, [accountId]);
  const claim = lastClaim(commission, 1);
  const contact = own?.guarantor ?? null;
  const { name, ...address } = addresseeOf(contact, claim);
  const to = { name, lines: addressLines(address) };
  const language = languageFor(contact?.language ?? 'en');
  const policy = policyFor(shippedStatementPolicies(), own?.facilityId ?? '', on);
  const parcel = `${kind.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}-${number}`;
  const about = {
    kind,
    fields,
    on,
    reference: parcel,
    accountNumbers: accountNumbers ?? [source.accountNumber],
    language,
    to,
    sender: senderOf(claim),
    policy,
  };
  const { content, pages, template, title } = writePatientLetter(about);
  const { channel } = routes.routeFor('patients', '');
  const pdf = { folder: 'letters', name: `${parcel}.pdf`, content, mediaType: 'application/pdf' };
  const told = {
    parcel,
    channel,
    writtenOn: on,
    to: { name, ...address },
    about: { kind, title, template, account: source.accountNumber, language: language.written, languageWanted: language.wanted, fields },
    pages,
    files: [{ name: pdf.name, mediaType: pdf.mediaType, bytes: content.byteLength, sha256: sha256Of(content), pages }],
  };
  const manifest = `${JSON.stringify(told, null, 2)}\n`;
  return {
    files: [pdf, { folder: 'letters', name: `${parcel}.manifest.json`, content: manifest, mediaType: 'application/json' }],
    parcel,
    channel,
  };
}
