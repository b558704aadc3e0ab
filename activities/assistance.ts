import { readAccountNumbers } from '../prisma/reads/kin.ts';
import type { Account } from '../rules/domain/account.ts';
import { addDays } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import { placementReference } from '../rules/vendors/account-side.ts';
import { carryOut, type Commission, folderName, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { csvText } from './outbound/csv.ts';
import type { LetterFields } from './letters/patient/letter.ts';
import { letterToPatient } from './patient-letters.ts';

type AssistanceActivities = Pick<
  CommandActivities,
  'sendCollectionNotice' | 'sendAssistanceLetter' | 'allowExtraordinaryAction' | 'withdrawExtraordinaryAction'
>;

/** Letters about assistance, and what a vendor may do beyond asking. */
export function assistanceActivities(sending: Sending): AssistanceActivities {
  return {
    sendCollectionNotice: (input) => carryOut(sending, input, { prepare: collectionNotice }),
    sendAssistanceLetter: (input) => carryOut(sending, input, { prepare: assistanceLetter }),
    allowExtraordinaryAction: (input) => carryOut(sending, input, { prepare: permission }),
    withdrawExtraordinaryAction: (input) => carryOut(sending, input, { prepare: permission }),
  };
}

/** It names the actions, the day before which none is begun, and how to get help (26 CFR 1.501(r)-6(c)). */
function collectionNotice(commission: Commission): Promise<Prepared> {
  const { params, on } = commission;
  const fields = {
    balanceCents: Number(params.balanceCents),
    actions: listIn(params.actions),
    deadlineOn: addDays(on, Number(params.noticeDays)),
  };
  return letterToPatient(commission, { kind: 'collectionNotice', fields });
}

/** One letter to the person, over all accounts that the application covers. */
async function assistanceLetter(commission: Commission): Promise<Prepared> {
  const { params } = commission;
  const accountNumbers = await numbersOf(commission);
  switch (params.letterKind) {
    case 'assistanceMissing': {
      const fields = { missing: listIn(params.missing), dueOn: String(params.dueOn) };
      return letterToPatient(commission, { kind: 'assistanceMissing', fields, accountNumbers });
    }
    case 'assistanceAward':
      return letterToPatient(commission, { kind: 'assistanceAward', fields: awardFields(commission, accountNumbers), accountNumbers });
    case 'assistanceDenial': {
      const fields = { reasons: listIn(params.reason), balanceCents: Number(params.balanceCents) };
      return letterToPatient(commission, { kind: 'assistanceDenial', fields, accountNumbers });
    }
    default:
      throw new DomainError('letters.none', `there is no letter about assistance of kind ${String(params.letterKind)}`);
  }
}

/** A command from before an application was of the person names no accounts: it is about its own. */
async function numbersOf({ tx, params, source }: Commission): Promise<readonly string[]> {
  const accounts = listIn(params.accounts ?? '');
  const numbers = await readAccountNumbers(tx, accounts);
  return accounts.length === 0 ? [source.accountNumber] : accounts.flatMap((id) => numbers.get(id) ?? []);
}

function awardFields({ params, source }: Commission, accountNumbers: readonly string[]): LetterFields {
  const refundCents = Number(params.refundCents);
  const [forgives, lefts, refunds] = [params.forgives, params.lefts, params.refunds].map((list) => listIn(list ?? '').map(Number));
  const rows = accountNumbers.map((number, n) => {
    return { number, awardCents: forgives?.[n] ?? 0, oweCents: lefts?.[n] ?? 0, refundCents: refunds?.[n] ?? 0 };
  });
  return {
    percent: Number(params.discountPercent),
    awardCents: Number(params.awardCents ?? forgiven(source.account)),
    oweCents: Number(params.balanceCents),
    ...(refundCents > 0 ? { refundCents } : {}),
    ...(rows.length > 1 ? { accounts: rows } : {}),
  };
}

function listIn(named: unknown): readonly string[] {
  return String(named)
    .split(',')
    .filter((one) => one !== '');
}

function forgiven({ lines }: Account): number {
  return -lines.filter(({ kind }) => kind === 'assistance').reduce((total, { cents }) => total + cents, 0);
}

/** Without a vendor the action is our own, and nothing leaves the house. */
function permission(commission: Commission): Prepared {
  const { params } = commission;
  const row = { extraordinary_action: String(params.extraordinary), allowed: params.allowedBy === undefined ? 'yes' : 'no' };
  return toVendor(commission, `extraordinary-${commission.number}`, row);
}

function toVendor({ params, source, on, routes }: Commission, parcel: string, says: Readonly<Record<string, string>>): Prepared {
  if (typeof params.vendor !== 'string' || typeof params.placementId !== 'string') return { files: [], parcel, channel: 'none' };
  const row = { placement_id: placementReference(source.accountNumber, params.placementId), on, ...says };
  const { channel } = routes.routeFor('vendors', params.vendor);
  return { files: [{ folder: `vendors/${folderName(params.vendor)}`, name: `${parcel}.csv`, content: csvText([row]) }], parcel, channel };
}
