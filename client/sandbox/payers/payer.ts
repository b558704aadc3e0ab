import { addDays, type CivilDate, civilDateAt, type Instant, type Zone } from '../../../rules/domain/civil-date.ts';
import type { ClaimAcknowledgement } from '../../../rules/domain/acknowledgement.ts';
import { type Cents, sum } from '../../../rules/domain/money.ts';
import type { WithoutPlace } from '../../../rules/x12/without-place.ts';
import type { ClaimInquiry, ClaimStatusAnswer } from '../../../rules/domain/claim-status.ts';
import { write277Status } from '../../../rules/x12/write-277-status.ts';
import { write277ca } from '../../../rules/x12/write-277ca.ts';
import type { OutboundEnvelope } from '../../../rules/x12/write-envelope.ts';
import type { Delivery } from '../peer.ts';
import type { Claim } from './adjudicate.ts';
import { CheckRuns, safeName } from './check-runs.ts';
import { ClaimBook, type Held } from './claim-book.ts';
import { Decisions } from './decisions.ts';
import { type Fate, fateOf, letterAnswerOf } from './fates.ts';
import type { Letter } from './letters.ts';
import type { Manners, PayerManners } from './manners.ts';
import { hourOn } from './moments.ts';
import { type ClaimRejection, claimRejections } from './outcomes.ts';
import type { CheckTruth, ClaimTruth, LetterTruth, OpenBalance } from './truth.ts';

/** What every party of the world outside shares. */
export interface World {
  readonly seed: number;
  readonly manners: Manners;
  readonly zone: Zone;
  /** The next interchange of that sender to the hospital. */
  readonly envelope: (sender: { readonly id: string; readonly name: string }, on: CivilDate) => OutboundEnvelope;
  readonly crossOver: (claim: Claim, on: CivilDate, at: Instant) => readonly Delivery[];
}

type Acknowledgement = WithoutPlace<ClaimAcknowledgement>;

/** One payer: takes claims in, decides them, pays by check, answers letters. */
export class Payer {
  readonly #world: World;
  readonly #manners: PayerManners;
  readonly #id: string;
  readonly #name: string;
  readonly #book: ClaimBook;
  readonly #runs: CheckRuns;
  readonly #decisions: Decisions;

  constructor(world: World, manners: PayerManners, { id, name }: { readonly id: string; readonly name: string }) {
    this.#world = world;
    this.#manners = manners;
    this.#id = id;
    this.#name = name;
    this.#book = new ClaimBook(world.seed, { payerId: id, prefix: manners.claimNumbers });
    this.#runs = new CheckRuns({
      payerId: id,
      payerName: name,
      hour: manners.pays.hour,
      zone: world.zone,
      envelope: (on) => world.envelope({ id, name }, on),
    });
    this.#decisions = new Decisions({ payerId: id, manners, book: this.#book, runs: this.#runs, crossOver: world.crossOver });
  }

  /** Its front door would say this of the claim; the clearinghouse asks before it hands a claim on. */
  fate(submissionKey: string): Fate {
    const repeats = this.#book.withKey(submissionKey).filter(({ isCrossover }) => !isCrossover).length;
    return fateOf(this.#world, this.#manners, { payerId: this.#id, submissionKey, repeats });
  }

  /** The claims of one file, handed on by the clearinghouse: a 277CA the next morning, and checks to come. */
  receive(claims: readonly Claim[], file: string, at: Instant): readonly Delivery[] {
    const on = addDays(civilDateAt(at, this.#world.zone), 1);
    const acknowledgements: Acknowledgement[] = [];
    const deliveries = claims.flatMap((claim) => this.#take(claim, { on, at, acknowledgements }));
    if (acknowledgements.length === 0) return deliveries;
    const content = write277ca(this.#world.envelope({ id: this.#id, name: this.#name }, on), acknowledgements);
    const name = `${safeName(this.#id)}-${file}.277ca`;
    return [{ at: hourOn(on, 8, { at, zone: this.#world.zone }), name, content }, ...deliveries];
  }

  /** A claim that another payer hands on: nobody acknowledges it. */
  receiveCrossover(claim: Claim, on: CivilDate, at: Instant): readonly Delivery[] {
    const held = this.#hold(claim, { on, isCrossover: true });
    if (held.fate.front === 'lost' || held.fate.front === 'silent') {
      held.state = held.fate.front;
      return [];
    }
    this.#book.number(held);
    return this.#decisions.first(held, at);
  }

  /** Refused before it came here. */
  refused(claim: Claim, on: CivilDate, state: 'fileRejected' | 'rejectedByClearinghouse'): void {
    this.#hold(claim, { on, isCrossover: false }).state = state;
  }

  /** A 277, the next morning, with where each claim stands today. */
  inquired(inquiries: readonly ClaimInquiry[], file: string, at: Instant): readonly Delivery[] {
    const on = addDays(civilDateAt(at, this.#world.zone), 1);
    const onFile = this.#book.truth(this.#runs.sealed()).filter(({ payerClaimNumbers }) => payerClaimNumbers.length > 0);
    const answers = inquiries.map((inquiry) => this.#statusOf(inquiry, onFile, on));
    const content = write277Status(this.#world.envelope({ id: this.#id, name: this.#name }, on), answers);
    return [{ at: hourOn(on, 9, { at, zone: this.#world.zone }), name: `${safeName(this.#id)}-${file}.277`, content }];
  }

  #statusOf(
    { place: _place, bornOn: _bornOn, sex: _sex, ...asked }: ClaimInquiry,
    onFile: readonly ClaimTruth[],
    on: CivilDate,
  ): WithoutPlace<ClaimStatusAnswer> {
    const { submissionKey, payerClaimNumber } = asked;
    const byKey = onFile.findLast((one) => one.submissionKey === submissionKey);
    const found =
      byKey ?? onFile.find(({ payerClaimNumbers }) => payerClaimNumber !== null && payerClaimNumbers.includes(payerClaimNumber));
    const paidCents = sum(found?.answers.map((answer) => answer.paidCents) ?? []);
    const last = found?.answers.at(-1);
    const [category, status] = statusCodes(found, paidCents);
    const reported = {
      codes: [{ category, status, entity: '', codeList: '' }],
      on,
      chargeCents: found?.chargeCents ?? asked.chargeCents,
      paidCents,
      finalizedOn: last?.paidOn ?? null,
      remittanceOn: last?.paidOn ?? null,
      remittanceTrace: last?.trace ?? null,
    };
    return { ...asked, payerClaimNumber: found?.payerClaimNumbers.at(-1) ?? null, statuses: [reported], lines: [] };
  }

  hears(letter: Letter): Held | null {
    const numbered = this.#book.withNumber(letter.payerClaimNumber);
    if (numbered !== null) return numbered;
    return this.#book.latestDecided(
      ({ claim }) => isOfAccount(claim.submissionKey, letter.account) && claim.coverages[0]?.memberId === letter.memberId,
    );
  }

  answer(letter: Letter, held: Held, at: Instant): { readonly deliveries: readonly Delivery[]; readonly truth: LetterTruth } {
    const { kind, level, account, file } = letter;
    const { submissionKey } = held.claim;
    const asked = { payerId: this.#id, submissionKey, repeats: 0, kind, level };
    const { answer, days } = letterAnswerOf(this.#world, this.#manners, asked);
    const answeredOn = addDays(civilDateAt(at, this.#world.zone), days);
    const truth = { file, to: this.#id, account, kind, level, answer, answeredOn: answer === 'silent' ? null : answeredOn };
    const { chain } = held;
    const isWon = chain !== null && answer === 'overturned';
    return { deliveries: isWon ? this.#decisions.overturn(chain, { on: answeredOn, at }) : [], truth };
  }

  /** Money we send back for an account. Without a claim of it nothing is said. */
  refunded(account: string, amount: Cents, at: Instant): readonly Delivery[] {
    const held = this.#book.latestDecided(({ claim }) => isOfAccount(claim.submissionKey, account));
    if (held === null) return [];
    return this.#decisions.refunded(held, amount, { on: civilDateAt(at, this.#world.zone), at });
  }

  truth(): { readonly claims: readonly ClaimTruth[]; readonly checks: readonly CheckTruth[]; readonly open: readonly OpenBalance[] } {
    return { claims: this.#book.truth(this.#runs.sealed()), checks: this.#runs.checks(), open: this.#runs.open() };
  }

  #hold(claim: Claim, { on, isCrossover }: { readonly on: CivilDate; readonly isCrossover: boolean }): Held {
    const held: Held = {
      claim,
      fate: this.fate(claim.submissionKey),
      receivedOn: on,
      isCrossover,
      state: 'lost',
      numbers: [],
      chain: null,
    };
    this.#book.add(held);
    return held;
  }

  #take(
    claim: Claim,
    { on, at, acknowledgements }: { readonly on: CivilDate; readonly at: Instant; readonly acknowledgements: Acknowledgement[] },
  ): readonly Delivery[] {
    const isChange = claim.frequency === '7' || claim.frequency === '8';
    const same = isChange ? null : this.#book.sameService(claim);
    const original = !isChange ? null : this.#book.withNumber(claim.originalPayerClaimNumber);
    const chain = original?.chain ?? null;
    const held = this.#hold(claim, { on, isCrossover: false });
    const { front, rejection } = held.fate;
    if (front === 'lost') return [];
    const rejected = this.#rejection({ same, hasOriginal: !isChange || (chain !== null && chain.standing.length > 0) });
    const why = rejected ?? (front === 'rejectedByPayer' ? rejection : null);
    if (why !== null) {
      held.state = 'rejectedByPayer';
      acknowledgements.push(this.#acknowledgement(held, claimRejections[why], null));
      return [];
    }
    acknowledgements.push(this.#acknowledgement(held, ['A2', '20', null], this.#book.number(held)));
    if (held.fate.splits && claim.lines.length > 1 && !isChange && same === null)
      acknowledgements.push(this.#acknowledgement(held, ['A5', '20', null], this.#book.number(held)));
    if (front === 'silent') {
      held.state = 'silent';
      return [];
    }
    if (same !== null) return this.#decisions.duplicate(held, at);
    if (chain === null) return this.#decisions.first(held, at);
    return claim.frequency === '8' ? this.#decisions.void(chain, held, at) : this.#decisions.replace(chain, held, at);
  }

  #rejection({ same, hasOriginal }: { readonly same: Held | null; readonly hasOriginal: boolean }): ClaimRejection | null {
    if (!hasOriginal) return 'unknownOriginal';
    return same !== null && this.#manners.duplicates === 'rejected' ? 'duplicate' : null;
  }

  #acknowledgement(
    { claim, receivedOn }: Held,
    [category, status, entity]: readonly [string, string, string | null],
    payerClaimNumber: string | null,
  ): Acknowledgement {
    return {
      submissionKey: claim.submissionKey,
      by: 'payer',
      sourceId: this.#id,
      category,
      status,
      entity,
      action: category === 'A2' || category === 'A5' ? 'WQ' : 'U',
      effectiveOn: receivedOn,
      payerClaimNumber,
      clearinghouseTrace: null,
    };
  }
}

/** Our keys are the account number, or the account number (cut to fit) with a count. */
function isOfAccount(submissionKey: string, account: string): boolean {
  if (submissionKey === account) return true;
  const stem = /^(.+)\.\d{1,4}$/.exec(submissionKey)?.[1];
  return stem !== undefined && account.startsWith(stem);
}

/** Not on file (D0), in process (P1), paid (F1), denied (F2), or taken back for good (F4). */
function statusCodes(claim: ClaimTruth | undefined, paidCents: Cents): readonly [string, string] {
  if (claim === undefined) return ['D0', '35'];
  if (claim.answers.length === 0) return ['P1', '20'];
  if (claim.answers.at(-1)?.status === '22') return ['F4', '101'];
  return paidCents > 0 ? ['F1', '65'] : ['F2', '585'];
}
