import { placementReference } from '../prisma/writes/account-rows.ts';
import { addDays } from '../rules/domain/civil-date.ts';
import { words } from '../rules/lifecycle/describe.ts';
import { carryOut, type Commission, folderName, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import { csvText } from './outbound/csv.ts';
import { addressLines, letter, money, patientName } from './outbound/letters.ts';
import { lastClaim } from './submissions.ts';

type AssistanceActivities = Pick<
  CommandActivities,
  'sendCollectionNotice' | 'sendAssistanceLetter' | 'allowExtraordinaryAction' | 'withdrawExtraordinaryAction' | 'updateVendor'
>;

/** Letters about assistance, and what a vendor may do beyond asking. */
export function assistanceActivities(sending: Sending): AssistanceActivities {
  return {
    sendCollectionNotice: (input) => carryOut(sending, input, { prepare: collectionNotice }),
    sendAssistanceLetter: (input) => carryOut(sending, input, { prepare: assistanceLetter }),
    allowExtraordinaryAction: (input) => carryOut(sending, input, { prepare: permission }),
    withdrawExtraordinaryAction: (input) => carryOut(sending, input, { prepare: permission }),
    updateVendor: (input) => carryOut(sending, input, { prepare: update }),
  };
}

/** It names the actions, the day before which none is begun, and encloses the plain-language summary (26 CFR 1.501(r)-6(c)). */
function collectionNotice(commission: Commission): Prepared {
  const { params, on } = commission;
  const actions = String(params.actions)
    .split(',')
    .map((action) => words(action));
  const body = [
    `You owe ${money(params.balanceCents)}.`,
    '',
    `If it is not paid and you do not ask for help, we or an agency may begin: ${actions.join(', ')}.`,
    `Nothing of this begins before ${addDays(on, Number(params.noticeDays) + 1)}.`,
    '',
    'Help with your bill, in short:',
    '  You may pay less, or nothing, depending on the income of your household.',
    '  You may apply until 240 days after your first statement. Applying is free, and stops all of the above at once.',
    `  Ask for the application or the full policy: ${String(params.phone ?? '')}, ${String(params.url ?? '')}`,
  ];
  return toPatient(commission, { kind: 'collection-notice', title: 'Before we take further steps', body });
}

function assistanceLetter(commission: Commission): Prepared {
  const kind = String(commission.params.letterKind);
  const texts: Readonly<Record<string, () => { readonly title: string; readonly body: readonly string[] }>> = {
    assistanceMissing: () => missing(commission),
    assistanceAward: () => award(commission),
    assistanceDenial: () => denial(commission),
  };
  const { title, body } = texts[kind]?.() ?? { title: 'About your application for assistance', body: [] };
  return toPatient(commission, { kind: kind.replace(/([A-Z])/g, (capital) => `-${capital.toLowerCase()}`), title, body });
}

function missing({ params }: Commission) {
  const items = String(params.missing)
    .split(',')
    .map((item) => `  - ${words(item)}`);
  const body = [
    'We have your application for financial assistance. To decide it we still need:',
    ...items,
    '',
    `Please send it by ${String(params.dueOn)}. Until then we ask you for nothing, and nobody acts against you.`,
  ];
  return { title: 'Your application is not complete yet', body };
}

function award({ params }: Commission) {
  const refund = Number(params.refundCents);
  const body = [
    `We forgive ${String(params.discountPercent)} % of your part of this bill: your income is ${String(params.incomePercent)} % of the federal poverty guideline.`,
    `For this care you owe ${money(params.owesCents)} in all. Left to pay: ${money(params.balanceCents)}.`,
    ...(refund > 0 ? [`You paid more than that. We give back ${money(refund)}.`] : []),
    '',
    'Nobody who gets assistance is asked for more than is generally billed to people with insurance. Ask us how we compute that.',
  ];
  return { title: 'Your application for financial assistance is granted', body };
}

function denial({ params }: Commission) {
  const income =
    params.incomePercent === null ? '' : ` (your income is ${String(params.incomePercent)} % of the federal poverty guideline)`;
  const body = [
    `We cannot grant it: ${words(String(params.reason))}${income}.`,
    `Left to pay: ${money(params.balanceCents)}.`,
    '',
    'If something has changed or we are wrong, tell us: you may apply again.',
  ];
  return { title: 'Your application for financial assistance', body };
}

interface ToPatient {
  /** In the parcel's name. */
  readonly kind: string;
  readonly title: string;
  readonly body: readonly string[];
}

/** Until templates set it, a plain letter. */
function toPatient(commission: Commission, { kind, title, body }: ToPatient): Prepared {
  const { source, on, number, routes } = commission;
  const claim = lastClaim(commission, 1);
  const parcel = `${kind}-${number}`;
  const about = { accountNumber: source.accountNumber, claim, on, reference: parcel };
  const lines = [`Account: ${source.accountNumber}`, `Serviced: ${claim.servicedFrom} to ${claim.servicedThrough}`, '', ...body];
  const content = letter(about, { to: [patientName(claim), ...addressLines(claim.patient.address)], title, body: lines });
  return { files: [{ folder: 'letters', name: `${parcel}.txt`, content }], parcel, channel: routes.routeFor('patients', '').channel };
}

/** Without a vendor the action is our own, and nothing leaves the house. */
function permission(commission: Commission): Prepared {
  const { params } = commission;
  const row = { extraordinary_action: String(params.extraordinary), allowed: params.allowedBy === undefined ? 'yes' : 'no' };
  return toVendor(commission, `extraordinary-${commission.number}`, row);
}

function update(commission: Commission): Prepared {
  const { what, reason } = commission.params;
  return toVendor(commission, `update-${commission.number}`, { update: String(what), reason: String(reason) });
}

function toVendor({ params, source, on, routes }: Commission, parcel: string, says: Readonly<Record<string, string>>): Prepared {
  if (typeof params.vendor !== 'string' || typeof params.placementId !== 'string') return { files: [], parcel, channel: 'none' };
  const row = { placement_id: placementReference(source.accountNumber, params.placementId), on, ...says };
  const { channel } = routes.routeFor('vendors', params.vendor);
  return { files: [{ folder: `vendors/${folderName(params.vendor)}`, name: `${parcel}.csv`, content: csvText([row]) }], parcel, channel };
}
