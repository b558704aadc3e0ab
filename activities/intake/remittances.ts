import { createHash } from 'node:crypto';
import type { PayerSequence } from '../../rules/domain/claim.ts';
import type { Remittance, RemittanceClaim } from '../../rules/domain/remittance.ts';
import { remittancePosted } from '../../rules/lifecycle/arrivals.ts';
import { uuidv7 } from '../../prisma/ids.ts';
import {
  type CoverageIds,
  readCandidates,
  readCoverages,
  readPayerClaimNumbers,
  readRemittanceHash,
  readSubmissions,
} from '../../prisma/reads/matching.ts';
import { learnPayerClaimNumbers } from '../../prisma/writes/accounts.ts';
import { appendArrivals } from '../../prisma/writes/events.ts';
import { writeRemittance } from '../../prisma/writes/remittances.ts';
import { type Unmatched, writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';
import { IntakeFault } from './fault.ts';

/** Invariant 7: nothing is posted from an unbalanced remittance, and nothing twice from the same one. */
export async function storeRemittance(intake: Intake, remittance: Remittance): Promise<Counts> {
  const { tx, fileId, receivedOn } = intake;
  const contentSha256 = contentHash(remittance);
  const known = await readRemittanceHash(tx, remittance.payerId, remittance.trace);
  if (known === contentSha256) return { 'remittances already recorded': 1 };
  if (known !== null)
    throw new IntakeFault(
      'remittance.trace-reused',
      'TRN02 names a remittance that is stored already and said something else',
      remittance.place.offset,
    );
  const isHeld = remittance.imbalances.length > 0;
  const claims = await findAccounts(intake, remittance);
  await writeRemittance(tx, { remittance, fileId, contentSha256, status: isHeld ? 'held' : 'posted', claims });
  if (isHeld) {
    await writeUnmatched(tx, [imbalanceTask(intake, remittance)], receivedOn);
    return { 'remittances held': 1 };
  }
  await post(intake, remittance, claims);
  const strays = claims.filter(({ account }) => account === null);
  const tasks: Unmatched[] = [];
  for (const { claim } of strays) tasks.push(await strayTask(intake, remittance, claim));
  await writeUnmatched(tx, tasks, receivedOn);
  return { 'remittance claims posted': claims.length - strays.length, 'remittance claims unmatched': strays.length };
}

interface FoundRemittanceClaim {
  readonly id: string;
  readonly claim: RemittanceClaim;
  readonly account: { readonly accountId: string; readonly sequence: PayerSequence; readonly submissionKey: string } | null;
}

/** By our key (CLP01), else by the payer's number for the claim (CLP07), this payer's first. */
async function findAccounts({ tx }: Intake, { claims, payerId }: Remittance): Promise<readonly FoundRemittanceClaim[]> {
  const submissions = await readSubmissions(
    tx,
    claims.map(({ submissionKey }) => submissionKey),
  );
  const numbers = await readPayerClaimNumbers(
    tx,
    claims.map(({ payerClaimNumber }) => payerClaimNumber),
  );
  const found = claims.map((claim) => {
    const same = numbers.filter(({ number }) => number === claim.payerClaimNumber);
    const byNumber = same.find((n) => n.payerId === payerId) ?? (same.length === 1 ? same[0] : undefined);
    return { claim, owner: submissions.get(claim.submissionKey) ?? byNumber ?? null };
  });
  const coverages = await readCoverages(tx, [...new Set(found.flatMap(({ owner }) => (owner === null ? [] : [owner.accountId])))]);
  return found.map(({ claim, owner }) => {
    if (owner === null) return { id: uuidv7(), claim, account: null };
    const { accountId, submissionKey } = owner;
    const own = coverages.filter((c) => c.accountId === accountId);
    return {
      id: uuidv7(),
      claim,
      account: { accountId, submissionKey, sequence: sequenceSpeaking(own, { payerId, claim, sent: owner.sequence }) },
    };
  });
}

/** Which payer of the account speaks: the one with that id (a crossover echoes the first payer's key), else by CLP02, else the one it was sent to. */
function sequenceSpeaking(
  coverages: readonly CoverageIds[],
  { payerId, claim, sent }: { readonly payerId: string; readonly claim: RemittanceClaim; readonly sent: PayerSequence },
): PayerSequence {
  const same = coverages.filter((c) => c.payerId === payerId);
  const named = same.find((c) => c.sequence === sent) ?? same[0];
  if (named !== undefined) return named.sequence;
  const said = { '2': 2, '20': 2, '3': 3, '21': 3 } as const;
  const byStatus = Object.entries(said).find(([status]) => status === claim.status)?.[1];
  return coverages.find((c) => c.sequence === byStatus)?.sequence ?? sent;
}

async function post(intake: Intake, remittance: Remittance, claims: readonly FoundRemittanceClaim[]): Promise<void> {
  const { fileId, tx } = intake;
  const matched = claims.flatMap(({ id, claim, account }) => (account === null ? [] : [{ id, claim, account }]));
  const arrivals = matched.map(({ id: remittanceClaimId, claim, account }) => {
    const { sequence, submissionKey } = account;
    const context = { remittanceClaimId, fileId, sequence, remittanceOn: remittance.paidOn };
    return arrivalFrom(intake, account.accountId, remittancePosted({ ...claim, submissionKey }, context), { offset: claim.place.offset });
  });
  await appendArrivals(tx, arrivals);
  const learnt = matched.map(({ claim, account }) => ({ payerId: remittance.payerId, number: claim.payerClaimNumber, ...account }));
  await learnPayerClaimNumbers(tx, learnt);
}

function imbalanceTask(intake: Intake, remittance: Remittance): Unmatched {
  const [first] = remittance.imbalances;
  const levels = [...new Set(remittance.imbalances.map(({ level }) => level))].join(', ');
  return unmatched(intake, {
    kind: 'resolveImbalance',
    title: 'Ask the payer for a remittance that balances',
    reason: `It does not balance at: ${levels}. Nothing of it was posted.`,
    payerId: remittance.payerId,
    amountCents: remittance.paidCents,
    offset: first?.offset ?? remittance.place.offset,
  });
}

async function strayTask(intake: Intake, remittance: Remittance, claim: RemittanceClaim): Promise<Unmatched> {
  const { servicedFrom, chargeCents, patient } = claim;
  const candidates = await readCandidates(intake.tx, { servicedFrom, chargeCents, last: patient.last, first: patient.first });
  return unmatched(intake, {
    kind: 'matchRemittance',
    title: 'Find the account of a remittance claim',
    reason: 'Neither CLP01 nor CLP07 is known here.',
    payerId: remittance.payerId,
    amountCents: claim.paidCents,
    offset: claim.place.offset,
    candidates,
  });
}

/** Of what it says: the same remittance in another file lies elsewhere. */
function contentHash(remittance: Remittance): string {
  const text = JSON.stringify(remittance, (key, value: unknown) => (key === 'place' || key === 'offset' ? undefined : value));
  return createHash('sha256').update(text).digest('hex');
}
