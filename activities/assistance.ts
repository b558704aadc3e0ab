import { placementReference } from '../rules/vendors/account-side.ts';
import type { Account } from '../rules/domain/account.ts';
import { addDays } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import { words } from '../rules/lifecycle/describe.ts';
import { carryOut, type Commission, folderName, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { csvText } from './outbound/csv.ts';
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
    actions: inWords(params.actions),
    deadlineOn: addDays(on, Number(params.noticeDays)),
  };
  return letterToPatient(commission, { kind: 'collectionNotice', fields });
}

function assistanceLetter(commission: Commission): Promise<Prepared> {
  const { params, source } = commission;
  switch (params.letterKind) {
    case 'assistanceMissing':
      return letterToPatient(commission, {
        kind: 'assistanceMissing',
        fields: { missing: inWords(params.missing), dueOn: String(params.dueOn) },
      });
    case 'assistanceAward': {
      const refundCents = Number(params.refundCents);
      const fields = {
        percent: Number(params.discountPercent),
        awardCents: forgiven(source.account),
        oweCents: Number(params.balanceCents),
        ...(refundCents > 0 ? { refundCents } : {}),
      };
      return letterToPatient(commission, { kind: 'assistanceAward', fields });
    }
    case 'assistanceDenial': {
      const fields = { reasons: inWords(params.reason), balanceCents: Number(params.balanceCents) };
      return letterToPatient(commission, { kind: 'assistanceDenial', fields });
    }
    default:
      throw new DomainError('letters.none', `there is no letter about assistance of kind ${String(params.letterKind)}`);
  }
}

function inWords(named: unknown): readonly string[] {
  return String(named)
    .split(',')
    .map((one) => words(one));
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
