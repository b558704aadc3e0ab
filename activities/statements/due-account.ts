import type { StatementSource } from '../../prisma/reads/statement-source.ts';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import type { BilledService, DueAccount } from '../../rules/statements/statement.ts';
import { nameOf } from '../letters/fields.ts';

/** @throws DomainError `claim.no-document` when there is nothing to itemise it from */
export function dueAccountOf(source: StatementSource): DueAccount & { readonly claim: SubmittedClaim } {
  const { accountId, accountNumber, account, claim } = source;
  if (claim === null)
    throw new DomainError('claim.no-document', `account ${accountNumber} has no claim that was sent, from which a statement is itemised`);
  return {
    accountId,
    accountNumber,
    patientName: nameOf(claim.patient.name),
    servicedFrom: claim.servicedFrom,
    servicedThrough: claim.servicedThrough,
    isSelfPay: account.claims[0]?.payerClass === 'selfPay',
    services: servicesOf(claim),
    lines: account.lines,
    statements: account.patient.statements,
    claim,
  };
}

function servicesOf(claim: SubmittedClaim): readonly BilledService[] {
  return claim.lines.map(({ servicedOn, procedureCode, revenueCode, description, units, chargeCents }) => {
    return {
      servicedOn: servicedOn ?? claim.servicedFrom,
      procedureCode,
      revenueCode,
      description: description ?? null,
      units,
      chargeCents,
    };
  });
}
