import type { Account } from '../../rules/domain/account.ts';
import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { LedgerKind } from '../../rules/domain/ledger.ts';
import { lastNoticeOn, mayReportCredit } from '../../rules/lifecycle/extraordinary.ts';
import { Turn } from '../../rules/lifecycle/turn.ts';
import { contractOn } from '../../rules/vendors/vendor-contract.ts';
import type { WrittenRecord } from '../../rules/vendors/write-records.ts';
import type { Transaction } from '../../prisma/client.ts';
import type { OutboundSource } from '../../prisma/reads/outbound-source.ts';
import type { GatheredIntent } from '../../prisma/reads/runs.ts';
import { readFacility } from '../../prisma/reads/facility.ts';
import { readGuarantorStanding } from '../../prisma/reads/guarantors.ts';
import { readConsents } from '../../prisma/reads/contacts.ts';
import { readWhoPays } from '../../prisma/reads/vendor-files.ts';
import type { RuleLibrary } from '../rule-library.ts';
import { lastClaim } from '../submissions.ts';
import { shippedContracts } from '../../rules/vendors/shipped-contracts.ts';

/** What a vendor is told of a balance (DOMAIN §8): who pays, how it came about, what was sent and paid, what must not be done. No diagnosis, no notes. */
export async function placementRecord(
  tx: Transaction,
  { accountId, guarantorId, command: { params } }: GatheredIntent,
  { source, vendor, at, on, rules }: Placing,
): Promise<WrittenRecord<'placement'>> {
  const claim = lastClaim({ source }, 1);
  const { name, address, bornOn } = claim.patient;
  const patient = {
    lastName: name.last,
    firstName: name.first,
    bornOn,
    ...address,
    phone: null,
    email: null,
    language: 'en',
    mailReturnedOn: null,
  };
  const payer = (guarantorId === null ? null : await readWhoPays(tx, guarantorId)) ?? patient;
  const isSelf = payer.lastName === name.last && payer.firstName === name.first && payer.bornOn === bornOn;
  const { account } = source;
  const contract = contractOn(shippedContracts, vendor, on);
  const knowledge = { ...(await rules.knowledgeFor(tx, source.openedAt)), facility: await readFacility(tx) };
  const today = new Turn(account, at, knowledge, { guarantor: await readGuarantorStanding(tx, accountId, at) });
  return {
    clientId: claim.billingProvider.npi,
    facilityId: claim.billingProvider.name,
    guarantorLastName: payer.lastName,
    guarantorFirstName: payer.firstName,
    address1: payer.line1,
    address2: payer.line2,
    city: payer.city,
    state: payer.state,
    postalCode: payer.postalCode,
    phone: payer.phone,
    email: payer.email,
    language: payer.language,
    consents: (await readConsents(tx, guarantorId, at)).join(' '),
    isMailReturned: payer.mailReturnedOn !== null,
    patientLastName: name.last,
    patientFirstName: name.first,
    patientBornOn: bornOn,
    relation: isSelf ? 'self' : 'guarantor',
    servicedFrom: claim.servicedFrom,
    servicedThrough: claim.servicedThrough,
    payers: claim.coverages.map(({ payerName }) => payerName).join('; '),
    payerStatus: account.claims.map(({ status }) => status).join('; '),
    tier: String(params.tier),
    feeCode: contract?.id ?? null,
    balanceCents: Number(params.balanceCents),
    ...historyOf(account),
    mayReportCredit: mayReportCredit(today, contract),
  };
}

interface Placing {
  readonly source: OutboundSource;
  readonly vendor: string;
  readonly at: Instant;
  readonly on: CivilDate;
  readonly rules: RuleLibrary;
}

/** Sums by kind, what the patient got and paid, and from when on an extraordinary collection action would be possible: none is part of a placement. */
function historyOf(account: Account): Omit<WrittenRecord<'placement'>, 'mayReportCredit'> {
  const { lines, patient, holds, deadlines, assistance } = account;
  const posted = (...kinds: readonly LedgerKind[]) =>
    lines.filter(({ kind }) => kinds.includes(kind)).reduce((all, { cents }) => all + cents, 0);
  const last = lines.findLast(({ kind, cents }) => kind === 'patientPayment' && cents < 0);
  const notBefore = deadlines.findLast(({ deadline, status }) => deadline.kind === 'earliestExtraordinaryAction' && status !== 'met');
  return {
    chargesCents: posted('charge'),
    paymentsCents: -posted('payerPayment', 'patientPayment', 'refund', 'recoupment'),
    adjustmentsCents: -posted('contractual', 'writeOff'),
    firstStatementOn: patient.statements[0] ?? null,
    lastPaymentOn: last?.on ?? null,
    lastPaymentCents: last === undefined ? null : -last.cents,
    holds: holds
      .filter((h) => h.releasedOn === null)
      .map((h) => h.reason)
      .join(' '),
    plan: patient.plan.status,
    earliestExtraordinaryActionOn: notBefore?.deadline.legalOn ?? null,
    assistance: assistance?.applications.at(-1)?.status ?? null,
    collectionNoticeOn: lastNoticeOn(account) ?? null,
  };
}
