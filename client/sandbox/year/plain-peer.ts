import type { Delivery, Peer } from '../peer.ts';
import { chance } from './chance.ts';
import { envelope } from '../../scenario/to-x12.ts';
import { addDays, type CivilDate, civilDateAt, type Instant, instantAt } from '../../../rules/domain/civil-date.ts';
import type { SubmittedClaim } from '../../../rules/domain/claim.ts';
import { cents, sum } from '../../../rules/domain/money.ts';
import type { X12Transaction } from '../../../rules/domain/x12-file.ts';
import { readX12File } from '../../../rules/x12/read-file.ts';
import { write277ca } from '../../../rules/x12/write-277ca.ts';
import { write835 } from '../../../rules/x12/write-835.ts';
import { write999 } from '../../../rules/x12/write-999.ts';

const zone = 'America/New_York';
const place = { offset: 0, length: 0 };

type Claims = Extract<X12Transaction, { kind: 'claims' }>;

/** Payers, patients and a vendor in one, and as plain as can be: a 999 and a 277CA on the next day, an 835 after twenty; a patient who pays the first bill, or not. */
export class PlainPeer implements Peer {
  readonly #seed: number;

  constructor(seed: number) {
    this.#seed = seed;
  }

  receive({ folder, name, content }: Parameters<Peer['receive']>[0], at: Instant): readonly Delivery[] {
    const today = civilDateAt(at, zone);
    if (name.endsWith('.837'))
      return readX12File(Buffer.from(content, 'latin1')).flatMap((one) => (one.kind === 'claims' ? this.#claims(one, today) : []));
    if (folder === 'statements') return this.#patient(content, today);
    if (name.startsWith('placement-') || name.startsWith('recall-')) return vendor(name, content, today);
    return [];
  }

  #claims({ envelope: sent, claims }: Claims, today: CivilDate): readonly Delivery[] {
    const tomorrow = addDays(today, 1);
    const about = { from: sent.receiverId, to: sent.senderId, about: sent.groupControlNumber };
    const transactions = [{ controlNumber: sent.transactionControlNumber, code: 'A' }];
    const ack = write999(envelope(tomorrow, about), {
      functionalId: 'HC',
      groupControlNumber: sent.groupControlNumber,
      code: 'A',
      transactions,
    });
    return [
      delivery(tomorrow, `${sent.receiverId}-${sent.groupControlNumber}.999`, ack),
      ...claims.flatMap((claim) => this.#answers(claim, today)),
    ];
  }

  #answers(claim: SubmittedClaim, today: CivilDate): readonly Delivery[] {
    const tomorrow = addDays(today, 1);
    const paidOn = addDays(today, 20);
    const { submissionKey } = claim;
    const payerId = claim.coverages[0]?.payerId ?? '';
    const number = `${payerId}-${submissionKey}`;
    const about = { from: payerId, to: 'RECOURSE', about: submissionKey };
    const accepted = {
      submissionKey,
      by: 'payer',
      sourceId: payerId,
      category: 'A2',
      status: '20',
      entity: null,
      action: 'WQ',
      effectiveOn: tomorrow,
    } as const;
    const isDenied = claim.frequency === '1' && chance(this.#seed, submissionKey, 'denied') < 0.2;
    return [
      delivery(
        tomorrow,
        `${submissionKey}-${payerId}.277ca`,
        write277ca(envelope(tomorrow, about), [{ ...accepted, payerClaimNumber: number, clearinghouseTrace: null }]),
      ),
      delivery(paidOn, `${submissionKey}-${payerId}.835`, remittance(claim, { paidOn, payerId, number, isDenied })),
    ];
  }

  #patient(statement: string, today: CivilDate): readonly Delivery[] {
    const account = /Account: (\S+)/.exec(statement)?.[1] ?? '';
    const owed = /Please pay: \$([\d,]+\.\d\d)/.exec(statement)?.[1]?.replaceAll(',', '') ?? '0';
    if (chance(this.#seed, account, 'pays') < 0.4) return [];
    const paidOn = addDays(today, 12);
    const csv = `payment_id,account_number,amount,paid_on,via\nPAY${account}${today},${account},${owed},${paidOn},portal\n`;
    return [delivery(paidOn, `payments-${account}-${today}.csv`, csv)];
  }
}

function vendor(name: string, content: string, today: CivilDate): readonly Delivery[] {
  const reference = content.split('\n')[1]?.split(',')[0]?.replaceAll('"', '') ?? '';
  const on = addDays(today, 3);
  const event = name.startsWith('placement-') ? 'ack-accepted' : 'returned';
  return [
    delivery(on, `vendor-${reference}-${event}.csv`, `placement_id,event,on,reason,amount,payment_id\n${reference},${event},${on},,,\n`),
  ];
}

function remittance(
  claim: SubmittedClaim,
  {
    paidOn,
    payerId,
    number,
    isDenied,
  }: { readonly paidOn: CivilDate; readonly payerId: string; readonly number: string; readonly isDenied: boolean },
): string {
  const { submissionKey, chargeCents } = claim;
  const before = sum(
    claim.otherPayers.map((o) => cents(chargeCents - sum(o.adjustments.filter(({ group }) => group === 'PR').map((a) => a.cents)) - 0)),
  );
  const isSecondary = claim.destination > 1;
  const contractual = cents(isDenied || isSecondary ? 0 : Math.floor(chargeCents * 0.4));
  const owed = isSecondary ? before : contractual;
  const patient = cents(isDenied || isSecondary ? 0 : Math.floor(chargeCents * 0.1));
  const denied = cents(isDenied ? chargeCents - (isSecondary ? before : 0) : 0);
  const paidCents = cents(chargeCents - owed - patient - denied);
  const adjustments = [
    { group: isSecondary ? 'OA' : 'CO', carc: isSecondary ? '23' : '45', cents: owed, place },
    { group: 'PR', carc: '3', cents: patient, place },
    { group: 'CO', carc: '197', cents: denied, place },
  ].filter((a) => a.cents !== 0) as { group: 'OA' | 'CO' | 'PR'; carc: string; cents: typeof owed; place: typeof place }[];
  const trace = `T${number}`;
  return write835(envelope(paidOn, { from: payerId, to: 'RECOURSE', about: trace }), {
    payerId,
    payerName: payerId,
    payeeNpi: claim.billingProvider.npi,
    paidCents,
    method: paidCents === 0 ? 'NON' : 'ACH',
    paidOn,
    trace,
    producedOn: paidOn,
    providerAdjustments: [],
    claims: [
      {
        submissionKey,
        status: isDenied ? '4' : isSecondary ? '2' : '1',
        chargeCents,
        paidCents,
        patientResponsibilityCents: patient,
        filingIndicator: 'CI',
        payerClaimNumber: number,
        adjustments,
        rarcs: [],
        crossoverPayerId: null,
        receivedOn: null,
        servicedFrom: claim.servicedFrom,
        patient: { last: claim.patient.name.last, first: claim.patient.name.first, memberId: '' },
        lines: [],
      },
    ],
  });
}

function delivery(on: CivilDate, name: string, content: string): Delivery {
  return { at: instantAt(on, 12, zone), name, content };
}
