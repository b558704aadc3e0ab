import type { DenialCase } from '../rules/domain/account.ts';
import { findCase } from '../rules/lifecycle/balances.ts';
import { carryOut, type Commission, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { claimLines, letter, money } from './outbound/letters.ts';
import { lastClaim, sequenceIn } from './submissions.ts';

type CorrespondenceActivities = Pick<CommandActivities, 'sendDocuments' | 'fileReconsideration' | 'fileAppeal'>;

/** Letters to a payer about one denial case. */
export function correspondenceActivities(sending: Sending): CorrespondenceActivities {
  return {
    sendDocuments: (input) =>
      carryOut(sending, input, {
        prepare: (c) =>
          write(c, {
            kind: 'documents',
            title: 'Documents you asked for',
            request: 'Please process the claim with the documents enclosed.',
          }),
      }),
    fileReconsideration: (input) =>
      carryOut(sending, input, {
        prepare: (c) =>
          write(c, {
            kind: 'reconsideration',
            title: 'Request for reconsideration',
            request: 'Please reconsider the decision and pay the amount in dispute.',
          }),
      }),
    fileAppeal: (input) =>
      carryOut(sending, input, {
        prepare: (c) =>
          write(c, {
            kind: 'appeal',
            title: `Appeal, level ${c.params.level}`,
            request: 'We appeal the decision and ask that the amount in dispute be paid.',
          }),
      }),
  };
}

function write(commission: Commission, about: { readonly kind: string; readonly title: string; readonly request: string }): Prepared {
  const { source, params, number, on } = commission;
  const sequence = sequenceIn(params);
  const claim = lastClaim(commission, sequence);
  const found = findCase(source.account, String(params.caseId));
  const subject = { accountNumber: source.accountNumber, claim, on, reference: `${about.kind}-${number}` };
  const payerName = claim.coverages.find((c) => c.sequence === sequence)?.payerName ?? 'Payer';
  const note = source.form?.note;
  const content = letter(subject, {
    to: [payerName],
    title: about.title,
    body: [
      ...claimLines(subject, found?.claim.payerClaimNumber ?? null, sequence),
      '',
      ...(found === null ? [] : denialLines(found.case)),
      `Amount in dispute: ${money(params.amountCents)}`,
      ...(source.form?.reference === undefined ? [] : [`Your reference: ${source.form.reference}`]),
      ...(source.form?.authorizationNumber === undefined ? [] : [`Authorization: ${source.form.authorizationNumber}`]),
      '',
      about.request,
      ...(note === undefined ? [] : ['', note]),
    ],
  });
  return { files: [{ folder: 'letters', name: `${about.kind}-${number}.txt`, content }] };
}

function denialLines({ denials, deniedOn }: DenialCase): readonly string[] {
  const lines = denials.map((d) => {
    const remarks = d.rarcs.length === 0 ? '' : `, remarks ${d.rarcs.join(', ')}`;
    return `  ${d.lineNumber === null ? 'claim' : `line ${d.lineNumber}`}: ${d.group}-${d.carc} ${money(d.cents)}${remarks}`;
  });
  return [`Decided on ${deniedOn}:`, ...lines];
}
