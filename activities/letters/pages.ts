import { cents, dollars } from '../../rules/domain/money.ts';
import type { PageKind } from './catalogue.ts';
import { fieldIn, type Fields, type LetterFacts, nameOf } from './fields.ts';
import type { Fact, MadePage } from './layout.ts';
import { dayInWords } from './text.ts';

export type PageOfKind = MadePage & { readonly kind: PageKind };

/** Those of the wanted pages for which the house knows enough. */
export function madePages(facts: LetterFacts, wanted: readonly PageKind[]): readonly PageOfKind[] {
  const makers = { remittance: remittancePage, claim: claimPage, acceptance: acceptancePage };
  return wanted.flatMap((kind) => {
    const page = makers[kind](facts);
    return page === null ? [] : [{ kind, ...page }];
  });
}

/** The lines by which a payer finds the claim; what is not known is not there. */
export function factsOf(fields: Fields): readonly Fact[] {
  const day = (name: string): string | null => {
    const value = fieldIn(fields, name);
    return typeof value === 'string' ? dayInWords(value) : null;
  };
  const text = (name: string): string | null => {
    const value = fieldIn(fields, name);
    return typeof value === 'string' ? value : null;
  };
  const money = (name: string): string | null => {
    const value = fieldIn(fields, name);
    return typeof value === 'number' ? dollars(cents(value)) : null;
  };
  const from = day('claim.servicedFrom');
  const through = day('claim.servicedThrough');
  const facts: readonly (readonly [string, string | null])[] = [
    ['Patient', text('patient.name')],
    ['Date of birth', day('patient.bornOn')],
    ['Member ID', text('member.id')],
    ['Group', text('member.group')],
    ['Your claim number', text('claim.payerNumber')],
    ['Our claim number', text('claim.ourNumber')],
    ['Dates of service', from === through ? from : `${from} to ${through}`],
    ['Total charge', money('claim.chargeCents')],
    ['Authorization', text('authorization.number')],
    ['Denied on', day('denial.on')],
    ['Denial codes', text('denial.codes')],
    ['Amount in dispute', money('dispute.amountCents')],
    ['Your attachment control number', text('request.controlNumber')],
    ['Your reference', text('reference.payer')],
  ];
  return facts.flatMap(([label, value]) => (value === null ? [] : [[label, value] as const]));
}

function remittancePage({ case: found, notice }: LetterFacts): MadePage | null {
  if (found === null || notice === null) return null;
  return {
    title: 'Denial notice: your remittance advice',
    says: 'The decision as your electronic remittance advice (835) gave it.',
    facts: [
      ['Trace number', notice.trace],
      ['Date', dayInWords(notice.paidOn)],
      ['Your claim number', notice.payerClaimNumber],
      ['Charge', dollars(notice.chargeCents)],
      ['Paid', dollars(notice.paidCents)],
    ],
    header: ['Line', 'Procedure', 'Group', 'Reason', 'Remarks', 'Amount'],
    rows: found.denials.map(({ lineNumber, service, group, carc, rarcs, cents: amount }) => [
      lineNumber === null ? 'claim' : String(lineNumber),
      service?.procedureCode ?? service?.revenueCode ?? '–',
      group,
      carc,
      rarcs.length === 0 ? '–' : rarcs.join(', '),
      dollars(cents(amount)),
    ]),
  };
}

function claimPage({ claim }: LetterFacts): MadePage {
  const { patient, diagnoses, chargeCents, submissionKey, servicedFrom, servicedThrough } = claim;
  return {
    title: 'The claim as it was sent',
    says: 'An extract of the electronic claim (837).',
    facts: [
      ['Our claim number', submissionKey],
      ['Patient', nameOf(patient.name)],
      ['Dates of service', `${dayInWords(servicedFrom)} to ${dayInWords(servicedThrough)}`],
      ['Diagnoses', diagnoses.join(', ')],
      ['Total charge', dollars(chargeCents)],
    ],
    header: ['Line', 'Date', 'Revenue', 'Procedure', 'Units', 'Charge'],
    rows: claim.lines.map((line) => [
      String(line.number),
      line.servicedOn ?? servicedFrom,
      line.revenueCode ?? '–',
      [line.procedureCode ?? '–', ...line.modifiers].join(' '),
      String(line.units),
      dollars(line.chargeCents),
    ]),
  };
}

/** Only a payer's acceptance proves timely filing (DOMAIN §1.3, §2): without one there is no such page. */
function acceptancePage({ track, claim }: LetterFacts): MadePage | null {
  const accepted = track?.submissions.filter((s) => s.acceptedOn !== null) ?? [];
  if (accepted.length === 0) return null;
  return {
    title: 'Proof of timely filing',
    says: 'Your claim acknowledgment (277CA) accepted each of these for adjudication.',
    facts: [
      ['Patient', nameOf(claim.patient.name)],
      ['Dates of service', `${dayInWords(claim.servicedFrom)} to ${dayInWords(claim.servicedThrough)}`],
    ],
    header: ['Our claim number', 'Sent', 'Accepted by you'],
    rows: accepted.map(({ key, sentOn, acceptedOn }) => [key, sentOn, acceptedOn ?? '']),
  };
}
