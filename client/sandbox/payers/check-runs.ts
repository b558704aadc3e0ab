import { addDays, type CivilDate, d8Text, type Instant, type Zone } from '../../../rules/domain/civil-date.ts';
import { type Cents, cents, minus, sum, zeroCents } from '../../../rules/domain/money.ts';
import type { ProviderAdjustment, Remittance } from '../../../rules/domain/remittance.ts';
import type { WithoutPlace } from '../../../rules/x12/without-place.ts';
import type { OutboundEnvelope } from '../../../rules/x12/write-envelope.ts';
import { write835 } from '../../../rules/x12/write-835.ts';
import type { Delivery } from '../peer.ts';
import type { Part } from './adjudicate.ts';
import { hourOn } from './moments.ts';
import type { Remit } from './outcomes.ts';
import type { CheckTruth, OpenBalance } from './truth.ts';

export type Plb = WithoutPlace<ProviderAdjustment>;

/** What one decision adds to a check. */
export interface CheckPart {
  readonly on: CivilDate;
  readonly payeeNpi: string;
  readonly parts: readonly Part[];
  readonly plb: readonly Plb[];
  readonly remit: Remit;
}

export interface CheckDesk {
  readonly payerId: string;
  readonly payerName: string;
  readonly hour: number;
  readonly zone: Zone;
  readonly envelope: (on: CivilDate) => OutboundEnvelope;
}

interface Run {
  readonly on: CivilDate;
  readonly payeeNpi: string;
  readonly trace: string;
  readonly name: string;
  readonly parts: Part[];
  readonly plb: Plb[];
  readonly copies: Set<Remit>;
  readonly copyNames: string[];
  remittance: WithoutPlace<Remittance> | null;
  text: string | null;
}

interface Forwarded {
  readonly payeeNpi: string;
  readonly cents: Cents;
  readonly since: CivilDate;
  readonly trace: string;
}

/**
 * The checks of one payer. A check gathers every decision of its day and provider until its file is first read; what comes later goes into another check
 * of that day. Shortfalls are carried to the provider's next check (PLB FB), so no check is below zero (DOMAIN §3.5).
 */
export class CheckRuns {
  readonly #desk: CheckDesk;
  readonly #runs: Run[] = [];
  #carried: readonly Forwarded[] = [];

  constructor(desk: CheckDesk) {
    this.#desk = desk;
  }

  /** @returns the files that this decision makes necessary: none when its check was announced already. */
  join(part: CheckPart, at: Instant): readonly Delivery[] {
    const deliveries: Delivery[] = [];
    let run = this.#runs.find((one) => one.on === part.on && one.payeeNpi === part.payeeNpi && one.text === null);
    if (run === undefined) {
      run = this.#open(part);
      deliveries.push(this.#delivery(run, { name: run.name, at, days: 0 }, (sealed) => sealed));
    }
    run.parts.push(...part.parts);
    run.plb.push(...part.plb);
    deliveries.push(...this.#copy(run, part.remit, at));
    return deliveries;
  }

  /** All checks whose file was read, in the order of reading. */
  sealed(): readonly WithoutPlace<Remittance>[] {
    return this.#runs.flatMap(({ remittance }) => remittance ?? []);
  }

  checks(): readonly CheckTruth[] {
    return this.#runs.flatMap(({ remittance, name, copyNames }) => {
      if (remittance === null) return [];
      const { payerId, payeeNpi, trace, paidOn, paidCents, providerAdjustments, claims } = remittance;
      const claimCents = sum(claims.map((claim) => claim.paidCents));
      return [{ payerId, payeeNpi, trace, paidOn, paidCents, claimCents, providerAdjustments, files: [name, ...copyNames] }];
    });
  }

  open(): readonly OpenBalance[] {
    const { payerId } = this.#desk;
    const forwarded = this.#carried.map(({ payeeNpi, cents: carried }) => ({ payerId, payeeNpi, code: 'FB' as const, cents: carried }));
    const providers = [...new Set(this.#runs.map(({ payeeNpi }) => payeeNpi))];
    const deferred = providers.map((payeeNpi) => {
      const told = this.#runs.filter((run) => run.payeeNpi === payeeNpi && run.text !== null).flatMap(({ plb }) => plb);
      const lent = told.filter(({ code, reference }) => code === 'WO' && isDeferred(told, reference));
      return { payerId, payeeNpi, code: 'WO' as const, cents: minus(zeroCents, sum(lent.map((one) => one.cents))) };
    });
    return [...forwarded, ...deferred].filter((one) => one.cents !== 0);
  }

  #open({ on, payeeNpi }: CheckPart): Run {
    const ordinal = this.#runs.filter((run) => run.on === on).length + 1;
    const trace = `${this.#desk.payerId}${d8Text(on)}${ordinal === 1 ? '' : `-${ordinal}`}`;
    const name = `${safeName(this.#desk.payerId)}-${trace.slice(this.#desk.payerId.length)}.835`;
    const run: Run = { on, payeeNpi, trace, name, parts: [], plb: [], copies: new Set(), copyNames: [], remittance: null, text: null };
    this.#runs.push(run);
    return run;
  }

  #copy(run: Run, remit: Remit, at: Instant): readonly Delivery[] {
    if (remit === 'once' || run.copies.has(remit)) return [];
    run.copies.add(remit);
    const stem = run.name.slice(0, -'.835'.length);
    const name = remit === 'newName' ? `${stem}-copy.835` : `${stem}-again.835`;
    run.copyNames.push(name);
    const days = remit === 'newName' ? 2 : 5;
    return [this.#delivery(run, { name, at, days }, (text) => (remit === 'newName' ? text : this.#inOtherEnvelope(run, days)))];
  }

  #delivery(
    run: Run,
    { name, at, days }: { readonly name: string; readonly at: Instant; readonly days: number },
    form: (text: string) => string,
  ): Delivery {
    const seal = () => this.#seal(run);
    let content: string | null = null;
    return {
      at: hourOn(addDays(run.on, days), this.#desk.hour, { at, zone: this.#desk.zone }),
      name,
      get content() {
        content ??= form(seal());
        return content;
      },
    };
  }

  #seal(run: Run): string {
    run.remittance ??= this.#total(run);
    run.text ??= write835(this.#desk.envelope(run.on), run.remittance);
    return run.text;
  }

  #inOtherEnvelope({ remittance, on }: Run, days: number): string {
    if (remittance === null) throw new Error('a copy is made of a check that is closed');
    return write835(this.#desk.envelope(addDays(on, days)), remittance);
  }

  #total(run: Run): WithoutPlace<Remittance> {
    const { payerId, payerName } = this.#desk;
    const brought = this.#bringForward(run);
    const claims = run.parts.map((part, index) => ({ part, index })).toSorted((a, b) => compare(a.part, b.part) || a.index - b.index);
    const plb = [...run.plb, ...brought];
    const total = minus(sum(claims.map(({ part }) => part.paidCents)), sum(plb.map((one) => one.cents)));
    if (total < 0) {
      plb.push({ code: 'FB', reference: run.trace, cents: total });
      const { payeeNpi, on: since, trace } = run;
      this.#carried = [...this.#carried, { payeeNpi, cents: minus(zeroCents, total), since, trace }];
    }
    const paidCents = cents(Math.max(0, total));
    return {
      payerId,
      payerName,
      payeeNpi: run.payeeNpi,
      paidCents,
      method: paidCents === 0 ? 'NON' : 'ACH',
      paidOn: run.on,
      trace: run.trace,
      producedOn: run.on,
      claims: claims.map(({ part }) => part),
      providerAdjustments: plb,
      imbalances: [],
    };
  }

  /** A balance forwarded by an earlier check; never one of a later day, should the files be read out of order. */
  #bringForward({ payeeNpi, on }: Run): readonly Plb[] {
    const due = this.#carried.filter((one) => one.payeeNpi === payeeNpi && one.since <= on);
    this.#carried = this.#carried.filter((one) => !due.includes(one));
    return due.map(({ trace, cents: carried }) => ({ code: 'FB', reference: trace, cents: carried }));
  }
}

/** The lending and the taking carry one reference; a take-back that was never lent does not count here. */
function isDeferred(all: readonly Plb[], reference: string): boolean {
  return all.some((one) => one.code === 'WO' && one.reference === reference && one.cents < 0);
}

function compare(a: Part, b: Part): number {
  if (a.submissionKey !== b.submissionKey) return a.submissionKey < b.submissionKey ? -1 : 1;
  return 0;
}

export function safeName(id: string): string {
  return id.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}
