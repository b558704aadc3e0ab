import type { CivilDate } from '../../../rules/domain/civil-date.ts';
import type { WithoutPlace } from '../../../rules/x12/without-place.ts';
import type { Remittance } from '../../../rules/domain/remittance.ts';
import type { Claim, Part } from './adjudicate.ts';
import { chanceOf } from './chance.ts';
import type { Fate } from './fates.ts';
import type { Denial } from './outcomes.ts';
import type { ClaimTruth } from './truth.ts';

/** One claim as one payer holds it. */
export interface Held {
  readonly claim: Claim;
  readonly fate: Fate;
  readonly receivedOn: CivilDate;
  readonly isCrossover: boolean;
  state: ClaimTruth['state'];
  /** Its payer claim numbers, the first one first. */
  readonly numbers: string[];
  chain: Chain | null;
}

/**
 * Everything decided about one service, the original and its replacements: each change takes back exactly what stands and puts the next in its place, in
 * the order of the days, so two changes never take back the same decision.
 */
export interface Chain {
  /** Whose decision stands, or will when the checks planned so far are out. */
  held: Held;
  standing: readonly Part[];
  denial: Denial | null;
  isUnderpaid: boolean;
  /** The day of the last check planned for it. */
  lastOn: CivilDate;
}

/** All claims one payer has received. */
export class ClaimBook {
  readonly #held: Held[] = [];
  readonly #byPrint = new Map<string, Held[]>();
  readonly #byKey = new Map<string, Held[]>();
  readonly #byNumber = new Map<string, Held>();
  readonly #seed: number;
  readonly #payerId: string;
  readonly #prefix: string;

  constructor(seed: number, { payerId, prefix }: { readonly payerId: string; readonly prefix: string }) {
    this.#seed = seed;
    this.#payerId = payerId;
    this.#prefix = prefix;
  }

  add(held: Held): void {
    this.#held.push(held);
    listed(this.#byPrint, fingerprint(held.claim)).push(held);
    listed(this.#byKey, held.claim.submissionKey).push(held);
  }

  withKey(submissionKey: string): readonly Held[] {
    return this.#byKey.get(submissionKey) ?? [];
  }

  /** The latest claim that was decided and of which this is true. */
  latestDecided(isMeant: (held: Held) => boolean): Held | null {
    return this.#held.findLast((held) => held.chain !== null && isMeant(held)) ?? null;
  }

  /** A new payer claim number for it; the same ones in the same order whatever other claims came before. */
  number(held: Held): string {
    const chance = chanceOf(
      this.#seed,
      'claim number',
      this.#payerId,
      held.claim.submissionKey,
      String(held.isCrossover),
      String(held.numbers.length),
    );
    let number: string;
    do number = `${this.#prefix}${String(chance.between({ from: 1, to: 9_999_999_999 })).padStart(10, '0')}`;
    while (this.#byNumber.has(number));
    held.numbers.push(number);
    this.#byNumber.set(number, held);
    return number;
  }

  withNumber(number: string | null): Held | null {
    return number === null ? null : (this.#byNumber.get(number) ?? null);
  }

  /** What a payer takes for the same service: same member, days, charge and codes; a claim it never took in does not count. */
  sameService(claim: Claim): Held | null {
    return this.#byPrint.get(fingerprint(claim))?.find(isInProcess) ?? null;
  }

  truth(told: readonly WithoutPlace<Remittance>[]): readonly ClaimTruth[] {
    const answers = new Map<string, ClaimTruth['answers'][number][]>();
    for (const { trace, paidOn, claims } of told)
      for (const { status, payerClaimNumber, chargeCents, paidCents } of claims)
        answers.set(payerClaimNumber, [
          ...(answers.get(payerClaimNumber) ?? []),
          { trace, paidOn, status, payerClaimNumber, chargeCents, paidCents },
        ]);
    return this.#held.map(({ claim: { submissionKey, frequency, chargeCents }, fate, receivedOn, isCrossover, state, numbers }) => ({
      payerId: this.#payerId,
      submissionKey,
      frequency,
      chargeCents,
      receivedOn,
      isCrossover,
      state,
      fate,
      payerClaimNumbers: [...numbers],
      answers: numbers
        .flatMap((number) => answers.get(number) ?? [])
        .toSorted((a, b) => (a.paidOn < b.paidOn ? -1 : Number(a.paidOn > b.paidOn))),
    }));
  }
}

function listed(map: Map<string, Held[]>, key: string): Held[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}

/** A refusal as unprocessable (MA130) is no decision: the claim may come again as new. */
function isInProcess({ state, chain }: Held): boolean {
  if (state === 'silent') return true;
  return state === 'adjudicated' && chain?.denial !== 'deniedUnprocessable';
}

function fingerprint({ coverages, destination, servicedFrom, servicedThrough, chargeCents, lines, patient, claimType }: Claim): string {
  const member = coverages[0]?.memberId ?? '';
  const codes = lines.map((line) => `${line.revenueCode ?? ''}/${line.procedureCode ?? ''}/${line.chargeCents}`);
  const person = [patient.name.last, patient.name.first, patient.bornOn ?? ''];
  return [claimType, member, ...person, destination, servicedFrom, servicedThrough, chargeCents, ...codes].join('|');
}
