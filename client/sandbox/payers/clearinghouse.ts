import { createHash } from 'node:crypto';
import type { ClaimAcknowledgement, FunctionalAcknowledgement } from '../../../rules/domain/acknowledgement.ts';
import { civilDateAt, type Instant } from '../../../rules/domain/civil-date.ts';
import type { X12Transaction } from '../../../rules/domain/x12-file.ts';
import { X12Fault } from '../../../rules/x12/fault.ts';
import { readX12File } from '../../../rules/x12/read-file.ts';
import type { WithoutPlace } from '../../../rules/x12/without-place.ts';
import { write277ca } from '../../../rules/x12/write-277ca.ts';
import { type Answer, writeAnswer } from '../../../rules/x12/write-999.ts';
import { acknowledgementOf } from '../../../rules/x12/acknowledgement-of.ts';
import { EnvelopeListener, type HeardInterchange as Interchange } from '../../../rules/x12/heard.ts';
import type { ClaimInquiry } from '../../../rules/domain/claim-status.ts';
import { grouped } from '../merge.ts';
import type { Delivery } from '../peer.ts';
import type { Claim } from './adjudicate.ts';
import { chanceOf } from './chance.ts';
import { toldFateOf } from './fates.ts';
import { minutesAfter } from './moments.ts';
import { claimRejections, type GroupVerdict } from './outcomes.ts';
import type { Payer, World } from './payer.ts';
import type { ReceivedFile } from './truth.ts';

export interface ClearinghouseAnswer {
  readonly verdict: ReceivedFile['verdict'];
  readonly deliveries: readonly Delivery[];
}

/** The payers it reaches; `name` is what the hospital calls one without a file of its own. */
export interface Parties {
  readonly payer: (id: string, name?: string) => Payer;
}

type ClaimSet = Extract<X12Transaction, { kind: 'claims' }>;

/** Takes every X12 file of ours, acknowledges it (TA1, 999), refuses or acknowledges its claims (277CA) and hands them on to their payers. */
export class Clearinghouse {
  readonly #world: World;
  readonly #parties: Parties;
  /** By sender, receiver and control number. */
  readonly #seen = new Set<string>();
  /** How often a file with these claims was refused: sent again, it has another fate. */
  readonly #refusals = new Map<string, number>();

  constructor(world: World, parties: Parties) {
    this.#world = world;
    this.#parties = parties;
  }

  receive(content: string, at: Instant): ClearinghouseAnswer {
    const header = headerOf(content);
    if (header === null) return { verdict: 'notForUs', deliveries: [] };
    const { manners } = this.#world;
    const key = [header.senderId, header.receiverId, header.controlNumber].join('|');
    if (this.#seen.has(key)) {
      const isRefused = manners.clearinghouse.repeatedInterchange === 'refused';
      return { verdict: 'repeated', deliveries: isRefused ? [this.#ta1(header, { at, code: 'R', note: '025', again: content })] : [] };
    }
    this.#seen.add(key);
    const read = transactionsOf(content);
    if (read instanceof X12Fault) return this.#unreadable(header, read, at);
    return this.#readable(header, read, at);
  }

  #unreadable(header: Interchange, fault: X12Fault, at: Instant): ClearinghouseAnswer {
    const answers = acknowledgementOf(header, { faults: [fault], isRefused: true });
    const verdict = header.note === '000' ? 'rejected' : 'refused';
    const deliveries = answers.map((answer) =>
      answer.group === null
        ? this.#answer(header, answer, { at, suffix: '.ta1' })
        : this.#answer(header, answer, { at, suffix: `-${answer.group.groupControlNumber}.999` }),
    );
    return { verdict, deliveries };
  }

  #readable(header: Interchange, transactions: readonly X12Transaction[], at: Instant): ClearinghouseAnswer {
    const sets = transactions.filter((one) => one.kind === 'claims');
    const keys = keysOf(sets);
    const asked = header.wantsAcknowledgement ? [this.#ta1(header, { at, code: 'A', note: '000' })] : [];
    if (sets.length === 0) {
      const inquiries = transactions.flatMap((one) => (one.kind === 'claim-inquiries' ? one.inquiries : []));
      return { verdict: 'accepted', deliveries: [...asked, ...this.#inquiries(header, inquiries, at)] };
    }
    const before = this.#refusals.get(keys.join(' ')) ?? 0;
    const told = keys
      .map((key) => toldFateOf(this.#world.manners, { submissionKey: key, payerId: null, repeats: before }))
      .find((fate) => (fate?.interchange ?? fate?.group) !== undefined);
    const { clearinghouse } = this.#world.manners;
    const chance = (decision: string) => chanceOf(this.#world.seed, 'file', decision, String(before), ...keys);
    if ((told?.interchange ?? chance('interchange').pick(clearinghouse.interchange)) === 'refused') {
      this.#refuseAll(sets, at);
      return { verdict: 'refused', deliveries: [this.#ta1(header, { at, code: 'R', note: '022' })] };
    }
    const verdict = told?.group ?? chance('group').pick(clearinghouse.group);
    return { verdict, deliveries: [...asked, ...this.#groups(header, { sets, verdict }, at)] };
  }

  /** One 999 for each group, and what the accepted sets bring about. `partial` refuses the last of several sets. */
  #groups(
    header: Interchange,
    { sets, verdict }: { readonly sets: readonly ClaimSet[]; readonly verdict: GroupVerdict },
    at: Instant,
  ): readonly Delivery[] {
    const groups = grouped(sets, ({ envelope }) => envelope.groupControlNumber);
    return groups.flatMap(([groupControlNumber, own]) => {
      const codes = codesOf(verdict, own.length);
      const transactions = own.map(({ envelope }, i) => ({ controlNumber: envelope.transactionControlNumber, code: codes.sets[i] ?? 'A' }));
      const passed = own.filter((_, i) => codes.sets[i] !== 'R');
      this.#refuseAll(
        own.filter((one) => !passed.includes(one)),
        at,
      );
      const answer = this.#functional(header, { functionalId: 'HC', groupControlNumber, code: codes.group, transactions }, at);
      return [
        answer,
        ...this.#handOn(
          header,
          passed.flatMap(({ claims }) => claims),
          at,
        ),
      ];
    });
  }

  #handOn(header: Interchange, claims: readonly Claim[], at: Instant): readonly Delivery[] {
    if (claims.length === 0) return [];
    const on = civilDateAt(at, this.#world.zone);
    const { id, name } = this.#world.manners.clearinghouse;
    const accepted: Claim[] = [];
    const said = claims.map((claim): WithoutPlace<ClaimAcknowledgement> => {
      const payer = this.#payerOf(claim);
      const { front, rejection } = payer.fate(claim.submissionKey);
      const isRejected = front === 'rejectedByClearinghouse';
      if (isRejected) payer.refused(claim, on, 'rejectedByClearinghouse');
      else accepted.push(claim);
      const [category, status, entity] = isRejected ? claimRejections[rejection] : (['A1', '19', 'PR'] as const);
      const action = isRejected ? 'U' : 'WQ';
      const trace = `${header.controlNumber}${claim.submissionKey}`.slice(0, 30);
      const about = { submissionKey: claim.submissionKey, by: 'clearinghouse', sourceId: id } as const;
      return { ...about, category, status, entity, action, effectiveOn: on, payerClaimNumber: null, clearinghouseTrace: trace };
    });
    const acknowledgement = {
      at: minutesAfter(at, 180),
      name: `${this.#stem(header)}.277ca`,
      content: write277ca(this.#world.envelope({ id, name }, on), said),
    };
    const byPayer = grouped(accepted, (claim) => claim.coverages[0]?.payerId ?? '');
    return [
      acknowledgement,
      ...byPayer.flatMap(([, own]) => (own[0] === undefined ? [] : this.#payerOf(own[0]).receive(own, this.#file(header), at))),
    ];
  }

  /** A payer that never heard of the hospital's claims is asked like any other: it finds none. */
  #inquiries(header: Interchange, inquiries: readonly ClaimInquiry[], at: Instant): readonly Delivery[] {
    if (inquiries.length === 0) return [];
    const acknowledged = header.groups.map(({ functionalId, controlNumber: groupControlNumber, sets }) => {
      const transactions = sets.map(({ controlNumber }) => ({ controlNumber, code: 'A' }));
      return this.#functional(header, { functionalId, groupControlNumber, code: 'A', transactions }, at);
    });
    const byPayer = grouped(inquiries, ({ payerId }) => payerId);
    const replies = byPayer.flatMap(([payerId, own]) => this.#parties.payer(payerId).inquired(own, this.#file(header), at));
    return [...acknowledged, ...replies];
  }

  #refuseAll(sets: readonly ClaimSet[], at: Instant): void {
    const keys = keysOf(sets).join(' ');
    this.#refusals.set(keys, (this.#refusals.get(keys) ?? 0) + 1);
    const on = civilDateAt(at, this.#world.zone);
    for (const claim of sets.flatMap(({ claims }) => claims)) this.#payerOf(claim).refused(claim, on, 'fileRejected');
  }

  #functional(header: Interchange, group: WithoutPlace<FunctionalAcknowledgement>, at: Instant): Delivery {
    return this.#answer(header, { interchange: null, group }, { at, suffix: `-${group.groupControlNumber}.999` });
  }

  #payerOf({ coverages: [coverage] }: Claim): Payer {
    return this.#parties.payer(coverage?.payerId ?? '', coverage?.payerName);
  }

  /** `again`: the content that came again, so that a second refusal has a name of its own. */
  #ta1(
    header: Interchange,
    { at, code, note, again }: { readonly at: Instant; readonly code: 'A' | 'R'; readonly note: string; readonly again?: string },
  ): Delivery {
    const { controlNumber: interchangeControlNumber, madeOn, madeAtTime } = header;
    const interchange = { interchangeControlNumber, ...(madeOn === null ? {} : { madeOn }), madeAtTime, code, note };
    const mark = again === undefined ? '' : `-again-${createHash('sha256').update(`${at}${again}`).digest('hex').slice(0, 8)}`;
    return this.#answer(header, { interchange, group: null }, { at, suffix: `${mark}.ta1` });
  }

  #answer(header: Interchange, answer: Answer, { at, suffix }: { readonly at: Instant; readonly suffix: string }): Delivery {
    const content = writeAnswer(this.#replyTo(header, at), answer);
    return { at: minutesAfter(at, answer.group === null ? 5 : 20), name: `${this.#stem(header)}${suffix}`, content };
  }

  /** From whom it was sent to, to whom it came from: so its sender finds the interchange that is meant. */
  #replyTo({ senderId, receiverId }: Interchange, at: Instant) {
    const { id, name } = this.#world.manners.clearinghouse;
    const envelope = this.#world.envelope({ id, name }, civilDateAt(at, this.#world.zone));
    return { ...envelope, senderId: receiverId, receiverId: senderId, receiverName: senderId };
  }

  #stem(header: Interchange): string {
    return `clearinghouse-${this.#file(header)}`;
  }

  #file({ receiverId, controlNumber }: Interchange): string {
    return `${receiverId.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}-${controlNumber}`;
  }
}

/** Of its first interchange; null when it has none with parties and a number. */
function headerOf(content: string): Interchange | null {
  const listener = new EnvelopeListener();
  listener.push(Buffer.from(content, 'latin1'));
  const [heard] = listener.end();
  return heard !== undefined && heard.senderId !== '' && heard.receiverId !== '' && /^\d{9}$/.test(heard.controlNumber) ? heard : null;
}

function transactionsOf(content: string): readonly X12Transaction[] | X12Fault {
  try {
    return readX12File(Buffer.from(content, 'latin1'));
  } catch (error) {
    if (error instanceof X12Fault) return error;
    throw error;
  }
}

function codesOf(verdict: GroupVerdict, count: number): { readonly group: string; readonly sets: readonly string[] } {
  if (verdict === 'partial' && count > 1)
    return { group: 'P', sets: Array.from({ length: count }, (_, i) => (i === count - 1 ? 'R' : 'A')) };
  const code = { accepted: 'A', acceptedWithErrors: 'E', partial: 'E', rejected: 'R' }[verdict];
  return { group: code, sets: Array.from({ length: count }, () => code) };
}

function keysOf(sets: readonly ClaimSet[]): readonly string[] {
  return sets.flatMap(({ claims }) => claims.map(({ submissionKey }) => submissionKey)).toSorted();
}
