import { type AskedContact, type ContactOffice, contactOfficeOn } from '../../client/contacts.ts';
import { loadKnowledge } from '../../client/knowledge.ts';
import { instant } from '../../rules/domain/civil-date.ts';
import { claimOf, fileText } from './claims.ts';
import { StoredWorld } from './stored-world.ts';

const knowledge = loadKnowledge();

export interface LedgerWorld {
  readonly world: StoredWorld;
  readonly office: ContactOffice;
  readonly guarantorId: string;
  /** Of account A100. */
  readonly accountId: string;
  /** At that moment of Greenwich a call of ours about the account. */
  readonly call: (at: string, other?: Partial<AskedContact>) => AskedContact;
}

/** One account, A100, of a person in Ohio, where eleven in the summer morning is 15:00 of Greenwich. It is 2026-06-16. */
export async function openLedgerWorld(): Promise<LedgerWorld> {
  const world = await StoredWorld.open({ knowledge });
  world.now = instant('2026-06-16T14:00:00Z');
  await world.receive('a.837', fileText(claimOf('A100'), '2026-06-15'));
  const office = contactOfficeOn(world.store.prisma);
  const accountId = await world.accountId('A100');
  const guarantorId = await office.find('A100');
  if (guarantorId === null) throw new Error('an account that was opened has a guarantor');
  await world.store.prisma.guarantor.update({ where: { id: guarantorId }, data: { state: 'OH', postalCode: '43215' } });
  const usual = { party: 'us', channel: 'call', purpose: 'collection', automated: false, place: 'unknown' } as const;
  return {
    world,
    office,
    guarantorId,
    accountId,
    call: (at, other = {}) => ({
      ...usual,
      accountIds: [accountId],
      offersOptOut: true,
      validationNotice: false,
      ...other,
      at: instant(at),
    }),
  };
}
