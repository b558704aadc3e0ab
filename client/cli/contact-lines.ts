import type { ContactAnswer } from '../../rules/contacts/allowed.ts';
import type { ContactPolicy } from '../../rules/contacts/policy.ts';
import { words } from '../../rules/lifecycle/describe.ts';
import type { ContactLedger, ViolationEntry } from '../../prisma/reads/contacts.ts';
import { section, table } from './output.ts';

export function answerLines(answer: ContactAnswer): readonly string[] {
  if (answer.kind === 'allowed')
    return ['✓ allowed', ...answer.duties.map(({ what, by, policyId }) => `  then ${what} by ${by} (${policyId})`)];
  return [
    '✗ refused',
    ...answer.refusals.flatMap(({ policyId, title, basis, because, citation }) => [
      `  ${policyId} (${basis}): ${title}`,
      `    ${because}`,
      `    ${citation}`,
    ]),
    answer.mayBeAt === null ? '  Waiting does not help.' : `  It may be from ${answer.mayBeAt} on, if nothing else happens.`,
  ];
}

export function ledgerLines({ guarantorId, zones, contacts, consents, facts, validations }: ContactLedger): readonly string[] {
  return [
    `Guarantor ${guarantorId}, in ${zones.join(' or ')}: ${contacts.length} contacts, the latest first`,
    ...table(
      ['at', 'party', 'channel', 'purpose', 'outcome', 'key'],
      contacts.map(({ at, party, direction, channel, purpose, outcome, key }) => [
        at,
        party,
        direction === 'in' ? `${channel} from the person` : channel,
        purpose,
        words(outcome),
        key,
      ]),
    ),
    ...section(
      'Consents',
      consents.map(
        ({ at, act, channel, purpose, how }) => `${at}  ${act}: ${channel}, ${purpose === 'all' ? 'every purpose' : purpose} (${how})`,
      ),
    ),
    ...section(
      'What limits contacts',
      facts.map(({ key, since, until, ...fact }) => `${since}${until === null ? '' : ` to ${until}`}  ${factWords(fact)}  ${key}`),
    ),
    ...section('Validation notices', validations.map(validationWords)),
  ];
}

function validationWords({
  party,
  accountId,
  noticeOn,
  noticeDueOn,
  disputeUntil,
  disputedOn,
}: ContactLedger['validations'][number]): string {
  const notice = noticeOn === null ? `none, due by ${noticeDueOn ?? 'five days after the first communication'}` : `sent ${noticeOn}`;
  const dispute =
    disputedOn === null
      ? disputeUntil === null
        ? ''
        : `, may be disputed until ${disputeUntil}`
      : `, disputed ${disputedOn} and not verified`;
  return `${party} about ${accountId}: ${notice}${dispute}`;
}

type Said = Omit<ContactLedger['facts'][number], 'key' | 'since' | 'until'>;

function factWords(fact: Said & { readonly kind: string }): string {
  const { kind, accountIds, ...rest } = fact;
  const about = accountIds.length === 0 ? '' : ` of ${accountIds.length} accounts`;
  return `${words(kind)} ${Object.values(rest).flat().join(' ')}${about}`;
}

export function violationLines(violations: readonly ViolationEntry[]): readonly string[] {
  if (violations.length === 0) return ['No contact was against the rules.'];
  return violations.flatMap(({ id, at, party, channel, accountNumbers, policyId, basis, because, reviewedBy, note }) => [
    `${at}  ${party}, ${channel} about ${accountNumbers.join(', ') || 'everything'}: ${policyId} (${basis})`,
    `    ${because}`,
    `    ${id}${reviewedBy === null ? '' : `, reviewed by ${reviewedBy}: ${note ?? ''}`}`,
  ]);
}

export function policyLines(policies: readonly ContactPolicy[]): readonly string[] {
  return policies.flatMap(
    ({ id, title, basis, confirmed, effective: { from, to }, binds, channels, purposes, states, citation, source, seenOn }) => [
      `${id} (${basis}, ${confirmed}; ${from ?? 'always'} to ${to ?? 'open'})`,
      `    ${title}`,
      `    binds ${binds.join(', ')}; ${channels.join(', ')}; ${purposes.join(', ')}${states === null ? '' : `; in ${states.join(', ')}`}`,
      `    ${citation} [${source}, seen ${seenOn}]`,
    ],
  );
}
