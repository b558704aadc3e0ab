import { createHash } from 'node:crypto';
import { identityOf, isMinorOn, type Person } from '../../rules/domain/guarantor.ts';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import type { Transaction } from '../client.ts';
import { facilityId } from '../facility.ts';
import { uuidv7 } from '../ids.ts';
import { insertNew } from './bulk.ts';

/**
 * The guarantor of each account, found again by who they are, or new. An 837 names none: it is the patient where of age, else the subscriber.
 * @returns the id of the guarantor by account id
 */
export async function guarantorsOf(
  tx: Transaction,
  opened: readonly { readonly accountId: string; readonly claim: SubmittedClaim }[],
): Promise<ReadonlyMap<string, string>> {
  const people = opened.map(({ accountId, claim }) => {
    const person = whoOwes(claim);
    return { accountId, person, identity: hashOf(identityOf(person) ?? `account ${accountId}`) };
  });
  const rows = new Map(
    people.map(({ identity, person: { name, bornOn, address } }) => {
      const names = { lastName: name.last, firstName: name.first, middleName: name.middle };
      const { line1, line2, city, state, postalCode } = address;
      return [identity, { id: uuidv7(), identity, ...names, bornOn, line1, line2, city, state, postalCode }];
    }),
  );
  // In one order, so that two files at the same moment do not wait for each other in a circle.
  const inOrder = [...rows.values()].sort((a, b) => (a.identity < b.identity ? -1 : 1));
  await insertNew(tx, 'Guarantor', inOrder);
  const where = { facilityId, identity: { in: [...rows.keys()] } };
  const found = await tx.guarantor.findMany({ where, select: { id: true, identity: true } });
  const ids = new Map(found.map(({ id, identity }) => [identity, id]));
  return new Map(people.flatMap(({ accountId, identity }) => pair(accountId, ids.get(identity))));
}

function pair(accountId: string, id: string | undefined): readonly [string, string][] {
  return id === undefined ? [] : [[accountId, id]];
}

function whoOwes({ patient, coverages, servicedFrom }: SubmittedClaim): Person {
  const isMinor = patient.bornOn !== null && isMinorOn(patient.bornOn, servicedFrom);
  const answering = isMinor
    ? coverages.find((one) => one.subscriberAddress !== undefined && one.subscriberIsOrganisation !== true)
    : undefined;
  if (answering?.subscriberAddress === undefined) return patient;
  return { name: answering.subscriber, bornOn: answering.subscriberBornOn ?? null, address: answering.subscriberAddress };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
