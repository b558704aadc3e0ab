import { addDays, type CivilDate, daysBetween, type Instant, later } from '../../../rules/domain/civil-date.ts';
import { allocate, type Cents, minus, sum, zeroCents } from '../../../rules/domain/money.ts';
import type { Delivery } from '../peer.ts';
import { adjudicate, type Claim, type Decision, handedOn, type Part, reversed, split } from './adjudicate.ts';
import type { CheckRuns, Plb } from './check-runs.ts';
import type { Chain, ClaimBook, Held } from './claim-book.ts';
import { denialOf } from './fates.ts';
import type { PayerManners } from './manners.ts';
import { payDayFrom } from './moments.ts';
import type { Denial } from './outcomes.ts';

export interface Desk {
  readonly payerId: string;
  readonly manners: PayerManners;
  readonly book: ClaimBook;
  readonly runs: CheckRuns;
  /** Hands a claim on to its next payer, which receives it on that day. */
  readonly crossOver: (claim: Claim, on: CivilDate, at: Instant) => readonly Delivery[];
}

/** Days from a take-back that was lent to the check that takes it. */
const deferredDays = 30;

/** Part of the contract's price that a payer's own correction takes off. */
const correctedPercent = 90;

/** One payer's decisions, as checks to come. */
export class Decisions {
  readonly #desk: Desk;

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** The first answer to a claim, and what the payer later does with it of its own accord. */
  first(held: Held, at: Instant): readonly Delivery[] {
    const { fate, receivedOn } = held;
    const denial = lacksEarlierPayer(held.claim) ? 'deniedOtherPayer' : denialOf(fate);
    const on = this.#payDay(addDays(receivedOn, Math.max(1, fate.days)));
    const next = fate.crossesOver && denial === null ? nextPayerOf(held.claim) : null;
    const decision = this.#decision(held, { denial, deniedLine: deniedLineOf(held.claim, fate) });
    const whole = this.#adjudicated(held, decision, next);
    const parts = fate.splits ? this.#split(held, whole) : [whole];
    held.chain = { held, standing: parts, denial, lastOn: on, isUnderpaid: fate.outcome === 'underpaid' };
    held.state = 'adjudicated';
    const deliveries = this.#join(held, { on, parts, plb: this.#interest(held, parts, on) }, at);
    if (next === null) return [...deliveries, ...this.#afterwards(held.chain, at)];
    const forwarded = handedOn(held.claim, parts, on);
    return forwarded === null ? deliveries : [...deliveries, ...this.#desk.crossOver(forwarded, addDays(on, 1), at)];
  }

  /** A second claim for the same service: denied, and the first is left as it stands. */
  duplicate(held: Held, at: Instant): readonly Delivery[] {
    held.state = 'duplicate';
    const on = this.#payDay(addDays(held.receivedOn, Math.max(1, held.fate.days)));
    const part = this.#adjudicated(held, this.#decision(held, { denial: 'deniedDuplicate' }), null);
    return this.#join(held, { on, parts: [part], plb: [] }, at);
  }

  /** Frequency 7: what stands is taken back and the new claim decided in the same check. */
  replace(chain: Chain, held: Held, at: Instant): readonly Delivery[] {
    const on = this.#changeDay(chain, addDays(held.receivedOn, held.fate.days));
    const denial = denialOf(held.fate);
    const next = this.#adjudicated(held, this.#decision(held, { denial, deniedLine: deniedLineOf(held.claim, held.fate) }), null);
    chain.held.state = 'replaced';
    held.chain = chain;
    held.state = 'adjudicated';
    return this.#change(chain, { on, held, next: [next], denial, way: 'together' }, at);
  }

  /** Frequency 8: what stands is taken back, and nothing takes its place. */
  void(chain: Chain, held: Held, at: Instant): readonly Delivery[] {
    const on = this.#changeDay(chain, addDays(held.receivedOn, held.fate.days));
    chain.held.state = 'voided';
    held.chain = chain;
    held.state = 'voided';
    return this.#change(chain, { on, held: chain.held, next: [], denial: null, way: 'together' }, at);
  }

  /** A dispute won: what was refused is paid as contracted. Nothing when nothing is refused any more. */
  overturn(chain: Chain, { on: answeredOn, at }: { readonly on: CivilDate; readonly at: Instant }): readonly Delivery[] {
    if (chain.denial === null && !chain.isUnderpaid) return [];
    const next = this.#adjudicated(chain.held, this.#decision(chain.held, { denial: null, asContracted: true }), null);
    return this.#change(
      chain,
      { on: this.#changeDay(chain, answeredOn), held: chain.held, next: [next], denial: null, way: 'together' },
      at,
    );
  }

  /** Our refund of an overpayment: acknowledged (PLB 72) and kept (WO), which leaves the check as it is. */
  refunded(held: Held, refundCents: Cents, { on, at }: { readonly on: CivilDate; readonly at: Instant }): readonly Delivery[] {
    const reference = held.numbers.at(-1) ?? '';
    const plb = [
      { code: '72', reference, cents: minus(zeroCents, refundCents) },
      { code: 'WO', reference: `${reference}-R`, cents: refundCents },
    ];
    return this.#join(held, { on: this.#payDay(addDays(on, 14)), parts: [], plb }, at);
  }

  #afterwards(chain: Chain, at: Instant): readonly Delivery[] {
    const { held, standing } = chain;
    const { fate } = held;
    const paid = sum(standing.map((part) => part.paidCents));
    const on = this.#changeDay(chain, addDays(chain.lastOn, fate.afterwardsDays));
    const takesBack = fate.afterwards === 'takenBack' || fate.afterwards === 'takenBackDeferred' || fate.afterwards === 'takenBackUntold';
    if (fate.afterwards === 'nothing' || (takesBack && paid <= 0)) return [];
    if (fate.afterwards === 'takenBackUntold') {
      Object.assign(chain, { lastOn: on, standing: [] });
      return this.#join(held, { on, parts: [], plb: [{ code: 'WO', reference: held.numbers[0] ?? '', cents: paid }] }, at);
    }
    const denial: Denial | null = takesBack ? 'deniedOtherPayer' : null;
    const wasFull = fate.outcome === 'paid' || fate.outcome === 'deductible';
    const decision = this.#decision(held, { denial, asContracted: true });
    const corrected = wasFull
      ? { ...decision, allowedPercent: Math.max(1, Math.floor((decision.allowedPercent * correctedPercent) / 100)) }
      : decision;
    const next = this.#adjudicated(held, corrected, null);
    const way = fate.afterwards === 'correctedApart' ? 'apart' : fate.afterwards === 'takenBackDeferred' ? 'deferred' : 'together';
    return this.#change(chain, { on, held, next: [next], denial, way }, at);
  }

  /** Takes back what stands, exactly, and puts `next` in its place: in one check, in two, or with the money lent back until a later one. */
  #change(
    chain: Chain,
    change: {
      readonly on: CivilDate;
      readonly held: Held;
      readonly next: readonly Part[];
      readonly denial: Denial | null;
      readonly way: 'together' | 'apart' | 'deferred';
    },
    at: Instant,
  ): readonly Delivery[] {
    const { on, held, next, denial, way } = change;
    const back = chain.standing.map(reversed);
    const owner = chain.held;
    Object.assign(chain, { held, standing: next, denial, lastOn: on, isUnderpaid: false });
    if (way === 'apart') {
      chain.lastOn = this.#payDay(addDays(on, 1));
      return [...this.#join(owner, { on, parts: back, plb: [] }, at), ...this.#join(held, { on: chain.lastOn, parts: next, plb: [] }, at)];
    }
    const parts = [...back, ...next];
    if (way === 'together') return this.#join(held, { on, parts, plb: [] }, at);
    const owed = minus(zeroCents, sum(parts.map((part) => part.paidCents)));
    const reference = back[0]?.payerClaimNumber ?? '';
    const takenOn = this.#payDay(addDays(on, deferredDays));
    return [
      ...this.#join(held, { on, parts, plb: [{ code: 'WO', reference, cents: minus(zeroCents, owed) }] }, at),
      ...this.#join(held, { on: takenOn, parts: [], plb: [{ code: 'WO', reference, cents: owed }] }, at),
    ];
  }

  #join(
    held: Held,
    part: { readonly on: CivilDate; readonly parts: readonly Part[]; readonly plb: readonly Plb[] },
    at: Instant,
  ): readonly Delivery[] {
    const payeeNpi = held.claim.billingProvider.npi;
    return this.#desk.runs.join({ ...part, payeeNpi, remit: held.fate.remit }, at);
  }

  #adjudicated(held: Held, decision: Decision, crossoverPayerId: string | null): Part {
    const { payerId, manners, book } = this.#desk;
    const { receivedOn, claim } = held;
    const used = held.chain !== null || held.numbers.length === 0;
    const payerClaimNumber = used ? book.number(held) : (held.numbers[0] ?? '');
    return adjudicate(claim, decision, { payerId, filing: manners.filing, payerClaimNumber, receivedOn, crossoverPayerId });
  }

  #split(held: Held, whole: Part): readonly Part[] {
    return whole.lines.length < 2 ? [whole] : split(whole, held.numbers[1] ?? this.#desk.book.number(held));
  }

  #decision(
    { claim, fate }: Held,
    {
      denial,
      deniedLine = null,
      asContracted = false,
    }: { readonly denial: Denial | null; readonly deniedLine?: number | null; readonly asContracted?: boolean },
  ): Decision {
    const { contract } = this.#desk.manners;
    const isDeductible = fate.outcome === 'deductible' && !asContracted;
    const isUnderpaid = fate.outcome === 'underpaid' && !asContracted;
    return {
      contract: isDeductible ? { ...contract, deductible: claim.chargeCents } : contract,
      allowedPercent: isUnderpaid ? contract.underpaidPercent : contract.percentOfCharge,
      patientShare: isDeductible ? 'deductible' : fate.patientShare,
      denial,
      deniedLine,
    };
  }

  /** Paid late, a payer owes interest (PLB L6, negative: it raises the payment): one percent of what it pays. */
  #interest({ numbers, receivedOn }: Held, parts: readonly Part[], on: CivilDate): readonly Plb[] {
    const after = this.#desk.manners.contract.interestAfterDays;
    const paid = sum(parts.map((part) => part.paidCents));
    if (after === undefined || paid <= 0 || daysBetween(receivedOn, on) <= after) return [];
    const [interest = zeroCents] = allocate(paid, [1, 99]);
    return interest === 0 ? [] : [{ code: 'L6', reference: numbers[0] ?? '', cents: minus(zeroCents, interest) }];
  }

  #payDay(on: CivilDate): CivilDate {
    return payDayFrom(on, this.#desk.manners.pays);
  }

  #changeDay(chain: Chain, wanted: CivilDate): CivilDate {
    return this.#payDay(later(wanted, addDays(chain.lastOn, 1)));
  }
}

function deniedLineOf(claim: Claim, fate: Held['fate']): number | null {
  if (fate.outcome !== 'partlyDenied' || claim.lines.length < 2) return null;
  return Math.floor(fate.partialLine * claim.lines.length);
}

function nextPayerOf(claim: Claim): string | null {
  return claim.coverages.find(({ sequence }) => sequence === claim.destination + 1)?.payerId ?? null;
}

/** A second payer that is not told what the first one did asks for it. */
function lacksEarlierPayer({ destination, otherPayers, lines }: Claim): boolean {
  return destination > 1 && otherPayers.length === 0 && lines.every((line) => line.otherPayers.length === 0);
}
