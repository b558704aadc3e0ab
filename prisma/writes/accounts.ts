import type { CivilDate, Instant } from '../../rules/domain/civil-date.ts';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { emptyAccount } from '../../rules/lifecycle/evolve.ts';
import type { Transaction } from '../client.ts';
import { uuidv7 } from '../ids.ts';
import { insertAll, insertNew, type Row, upsertAll } from './bulk.ts';
import { guarantorsOf } from './guarantors.ts';

/** Opens accounts for claims whose keys are new. Their first events are stored by the caller, in the same transaction. */
export async function openAccounts(
  tx: Transaction,
  opened: readonly { readonly accountId: string; readonly claim: SubmittedClaim }[],
  openedAt: Instant,
): Promise<void> {
  const guarantors = await guarantorsOf(tx, opened);
  await insertAll(
    tx,
    'Account',
    opened.map(({ accountId, claim }) => ({ ...accountRow(accountId, claim, openedAt), guarantorId: guarantors.get(accountId) ?? null })),
  );
  await insertAll(
    tx,
    'AccountPatient',
    opened.map(({ accountId, claim }) => patientRow(accountId, claim)),
  );
  await insertAll(
    tx,
    'AccountCoverage',
    opened.flatMap(({ accountId, claim }) => claim.coverages.map((coverage) => coverageRow(accountId, coverage))),
  );
}

export interface SubmissionToWrite {
  readonly accountId: string;
  readonly claim: SubmittedClaim;
  readonly sentOn: CivilDate;
  readonly fileId: string;
  readonly offset: number;
  readonly senderId: string;
  readonly receiverId: string;
  readonly interchangeControlNumber: string;
  readonly groupControlNumber: string;
  readonly transactionControlNumber: string;
}

/** Stores submissions with their whole claims, from which later ones are written. */
export async function writeSubmissions(tx: Transaction, submissions: readonly SubmissionToWrite[]): Promise<void> {
  await insertAll(tx, 'Submission', submissions.map(submissionRow));
  const recordedAt = new Date().toISOString();
  await insertAll(
    tx,
    'ClaimDocument',
    submissions.map(({ accountId, claim }) => {
      const { submissionKey, destination: sequence } = claim;
      return { id: uuidv7(), accountId, submissionKey, sequence, document: claim, recordedAt };
    }),
  );
}

export async function learnPayerClaimNumbers(
  tx: Transaction,
  learnt: readonly {
    readonly payerId: string;
    readonly number: string;
    readonly accountId: string;
    readonly sequence: number;
    readonly submissionKey: string;
  }[],
): Promise<void> {
  await insertNew(
    tx,
    'PayerClaimNumber',
    learnt.filter(({ number, payerId }) => number !== '' && payerId !== ''),
  );
}

/** Member ids and payers as the claim sent last names them. */
export async function writeCoverages(tx: Transaction, accountId: string, coverages: SubmittedClaim['coverages']): Promise<void> {
  await upsertAll(
    tx,
    'AccountCoverage',
    ['accountId', 'sequence'],
    coverages.map((coverage) => coverageRow(accountId, coverage)),
  );
}

export function payerIdOf(claim: SubmittedClaim): string {
  return (claim.coverages.find(({ sequence }) => sequence === claim.destination) ?? claim.coverages[0])?.payerId ?? '';
}

function accountRow(id: string, claim: SubmittedClaim, openedAt: Instant): Row {
  const payerId = payerIdOf(claim);
  const owner = { ownerKind: 'payer', ownerName: payerId };
  const projection = emptyAccount(id);
  return { id, accountNumber: claim.submissionKey, phase: 'submitted', payerId, ...owner, balanceCents: 0, projection, openedAt };
}

function patientRow(accountId: string, { patient }: SubmittedClaim): Row {
  const { name, address, bornOn, sex, recordNumber } = patient;
  const names = { lastName: name.last, firstName: name.first, middleName: name.middle };
  return { accountId, ...names, bornOn, sex, ...addressColumns(address), recordNumber };
}

function addressColumns({ line1, line2, city, state, postalCode }: SubmittedClaim['patient']['address']): Row {
  return { line1, line2, city, state, postalCode };
}

function coverageRow(accountId: string, coverage: SubmittedClaim['coverages'][number]): Row {
  const { sequence, payerId, payerName, memberId, groupNumber, filingIndicator } = coverage;
  return { accountId, sequence, payerId, payerName, memberId, groupNumber, filingIndicator };
}

function submissionRow({ claim, ...rest }: SubmissionToWrite): Row {
  const { submissionKey, destination: sequence, frequency, chargeCents, servicedFrom } = claim;
  return { id: uuidv7(), ...rest, submissionKey, sequence, frequency, payerId: payerIdOf(claim), chargeCents, servicedFrom };
}
