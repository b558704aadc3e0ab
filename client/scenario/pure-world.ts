import type { Account } from '../../rules/domain/account.ts';
import { type CivilDate, civilDateAt, type Instant, instant, instantAt } from '../../rules/domain/civil-date.ts';
import type { SourcePlace } from '../../rules/domain/claim.ts';
import type { AccountEvent, Arrival } from '../../rules/domain/event.ts';
import type { FacilityStanding } from '../../rules/domain/facility.ts';
import { invariant } from '../../rules/domain/failures.ts';
import type { Remittance } from '../../rules/domain/remittance.ts';
import type { X12Transaction } from '../../rules/domain/x12-file.ts';
import { advanceAccount } from '../../rules/lifecycle/advance.ts';
import {
  accountOpened,
  claimAcknowledged,
  documentsRequested,
  fileAcknowledged,
  providerAdjusted,
  remittancePosted,
  statusAnswered,
  submissionSent,
} from '../../rules/lifecycle/arrivals.ts';
import type { Advanced, AdvanceInput, Knowledge, PastEvent } from '../../rules/lifecycle/contract.ts';
import { emptyAccount } from '../../rules/lifecycle/evolve.ts';
import { forOtherAccounts } from '../../rules/lifecycle/person-holds.ts';
import { assistanceNews, leadingAccount } from '../../rules/lifecycle/person-assistance.ts';
import { Turn } from '../../rules/lifecycle/turn.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import { adjustmentsNaming, speakingPayer } from './addressed.ts';
import { formOf, instructionOf, openTaskOf, taskToldOf } from './deeds.ts';
import { inOrder } from './event-order.ts';
import type { Deed, ScenarioArrival } from './format.ts';
import { isOfPlans, rowOf } from './format-plan.ts';
import { heldElsewhere } from './held-elsewhere.ts';
import { PlanBook } from './plan-book.ts';
import type { World } from './play.ts';
import { byWake, carriedOut, placedAt } from './pure-effects.ts';
import { PureGuarantors } from './pure-guarantors.ts';
import { PureVendors } from './pure-vendors.ts';
import { type FeedBody, fileOf } from './to-x12.ts';

/** Enough for any story; a story that wakes more often in one stretch is broken. */
const mostWakes = 1_000;

type OnTurn = (input: AdvanceInput, advanced: Advanced) => void;

/** The pure core alone: files are written and read again as X12, everything else happens in memory, in milliseconds. */
export class PureWorld implements World {
  #knowledge: Knowledge;
  readonly #zone: string;
  readonly #readFile: (name: string) => string;
  readonly #onTurn: OnTurn;
  readonly #accounts = new Map<string, { account: Account; wakeAt: Instant | null }>();
  readonly #histories = new Map<string, PastEvent[]>();
  #turnNumber = 0;
  /** Our submissions by the control number of the file they went out in. */
  readonly #sent = new Map<string, number>();
  readonly #traces = new Set<string>();
  readonly #guarantors = new PureGuarantors();
  readonly #plans: PlanBook;
  readonly vendors = new PureVendors(() => this.#all());
  #now: Instant;
  #eventNumber = 0;
  #fileNumber = 0;

  constructor(options: { knowledge: Knowledge; zone: string; readFile: (name: string) => string; onTurn?: OnTurn }) {
    this.#knowledge = options.knowledge;
    this.#zone = options.zone;
    this.#readFile = options.readFile;
    this.#onTurn = options.onTurn ?? (() => {});
    this.#now = instant('1970-01-01T00:00:00Z');
    this.#plans = new PlanBook({
      policyOn: (on) => this.#knowledge.planPolicy(on),
      holds: () => this.#knowledge.holds,
      guarantorOf: (number) => this.#guarantors.identityOf(number),
      accounts: () => this.#all(),
      deliver: (number, body) => this.#deliver(number, [body]),
    });
  }

  describeFacility(facility: FacilityStanding): Promise<FacilityStanding> {
    const before = this.#knowledge.facility ?? { taxExempt: null };
    this.#knowledge = { ...this.#knowledge, facility };
    return Promise.resolve(before);
  }

  goTo(on: CivilDate): Promise<void> {
    const noon = instantAt(on, 12, this.#zone);
    for (let wakes = 0; wakes < mostWakes; wakes += 1) {
      const [number, due] = [...this.#accounts].filter(([, a]) => a.wakeAt !== null && a.wakeAt <= noon).sort(byWake)[0] ?? [];
      if (number === undefined || due === undefined || due.wakeAt === null) break;
      this.#now = due.wakeAt;
      this.#turn(number, [], []);
    }
    this.#now = noon;
    return Promise.resolve();
  }

  arrive(arrival: ScenarioArrival, on: CivilDate): Promise<void> {
    this.#fileNumber += 1;
    const fileId = `file${this.#fileNumber}`;
    const row = isOfPlans(arrival) ? rowOf(arrival, on) : 'payment' in arrival ? rowOf({ paid: arrival.payment }, on) : null;
    if (row !== null) return Promise.resolve(this.#plans.take(row, fileId));
    const file = fileOf(arrival, on, this.#readFile);
    if (file.kind === 'x12')
      for (const transaction of readX12File(new TextEncoder().encode(file.text))) this.#take(transaction, fileId, on);
    else if (file.kind === 'vendorLedger') this.vendors.take(file, on);
    else if (file.kind === 'vendor') {
      const bodies = file.bodies(this.#get(file.accountNumber).account, fileId);
      this.#plans.heard(file.accountNumber, bodies);
      this.#deliver(file.accountNumber, bodies);
    } else if (file.kind === 'feed') this.#deliver(this.#takenInOn(file.accountNumber, file.body), [placedAt(file.body, fileId)]);
    return Promise.resolve();
  }

  complete(accountNumber: string, deed: Deed): Promise<string | null> {
    const { account } = this.#get(accountNumber);
    if (deed.do !== undefined) {
      this.#eventNumber += 1;
      const said = { formId: `form${this.#eventNumber}`, instruction: instructionOf(deed, taskToldOf(account, deed)) };
      return Promise.resolve(this.#turn(accountNumber, [], [said]).refusals[0]?.reason ?? null);
    }
    this.#eventNumber += 1;
    const task = openTaskOf(account, deed);
    if (task === null) return Promise.resolve(`no task of kind ${deed.task} is open`);
    const [refusal] = this.#turn(accountNumber, [], [{ formId: `form${this.#eventNumber}`, taskId: task, form: formOf(deed) }]).refusals;
    return Promise.resolve(refusal?.reason ?? null);
  }

  account(accountNumber: string): Promise<Account> {
    return Promise.resolve(this.#get(accountNumber).account);
  }

  accountNumbers(): readonly string[] {
    return [...this.#accounts.keys()];
  }

  close(): Promise<void> {
    return Promise.resolve();
  }

  #all(): readonly Account[] {
    return [...this.#accounts.values()].map(({ account }) => account);
  }

  #get(accountNumber: string): { account: Account; wakeAt: Instant | null } {
    const found = this.#accounts.get(accountNumber);
    if (found === undefined) throw new Error(`the story knows no account ${accountNumber}`);
    return found;
  }

  /** One read transaction becomes events of the accounts concerned, as the intake does it. */
  #take(transaction: X12Transaction, fileId: string, on: CivilDate): void {
    switch (transaction.kind) {
      case 'claims':
        for (const claim of transaction.claims) {
          const number = claim.submissionKey;
          this.#sent.set(number, Number(transaction.envelope.groupControlNumber));
          if (!this.#accounts.has(number)) this.#accounts.set(number, { account: emptyAccount(number), wakeAt: null });
          this.#guarantors.opened(number, claim);
          this.#deliver(number, [accountOpened(claim, { zone: this.#zone, fileId }), submissionSent(claim, { fileId, sentOn: on })]);
        }
        return;
      case 'claim-acknowledgements':
        for (const acknowledgement of transaction.acknowledgements)
          this.#deliver(this.#owning(acknowledgement.submissionKey), [claimAcknowledged(acknowledgement, fileId)]);
        return;
      case 'functional-acknowledgement':
        return this.#fileAcknowledged(transaction.acknowledgement.groupControlNumber, {
          ...transaction.acknowledgement,
          level: 'functional',
          on,
          fileId,
        });
      case 'interchange-acknowledgement': {
        const { acknowledgement } = transaction;
        return this.#fileAcknowledged(acknowledgement.interchangeControlNumber, { ...acknowledgement, level: 'interchange', on, fileId });
      }
      case 'remittance':
        invariant(transaction.remittance.imbalances.length === 0, 'a story tells balanced remittances');
        if (this.#isKnownTrace(transaction.remittance)) return;
        for (const claim of transaction.remittance.claims) {
          const number = this.#owning(claim.submissionKey);
          const { payerId, paidOn: remittanceOn } = transaction.remittance;
          const sequence = speakingPayer(this.#get(number).account, claim.submissionKey, payerId);
          this.#eventNumber += 1;
          const remittanceClaimId = `r${this.#eventNumber}`;
          this.#deliver(number, [remittancePosted(claim, { remittanceClaimId, fileId, sequence, remittanceOn, receivedOn: on })]);
        }
        return this.#besides(transaction.remittance, fileId);
      case 'claim-statuses':
        for (const answer of transaction.answers) {
          const submissionKey = answer.submissionKey ?? answer.trace;
          this.#deliver(this.#owning(submissionKey), [statusAnswered(answer, { submissionKey, fileId })]);
        }
        return;
      case 'document-requests':
        for (const request of transaction.requests) {
          const submissionKey = request.submissionKey ?? '';
          this.#deliver(this.#owning(submissionKey), [documentsRequested(request, { submissionKey, fileId })]);
        }
        return;
      case 'claim-inquiries':
      case 'unknown':
        throw new Error(`a story brings a transaction that is not read: ${transaction.kind}`);
    }
  }

  /** Of one trace one content is posted: the same again changes nothing, another is a person's. */
  #isKnownTrace({ payerId, trace }: Remittance): boolean {
    const key = `${payerId} ${trace}`;
    const isKnown = this.#traces.has(key);
    this.#traces.add(key);
    return isKnown;
  }

  /** PLB amounts reach the claim that their reference names; what names none is a task outside the accounts. */
  #besides({ payerId, providerAdjustments, paidOn: remittanceOn }: Remittance, fileId: string): void {
    for (const [number, { account }] of this.#accounts)
      for (const claim of account.claims.filter((one) => one.payerId === payerId)) {
        const ours = adjustmentsNaming(claim, number, providerAdjustments);
        if (ours.length > 0) this.#deliver(number, [providerAdjusted(ours, { sequence: claim.sequence, fileId, remittanceOn })]);
      }
  }

  #fileAcknowledged(
    controlNumber: string,
    about: { level: 'functional' | 'interchange'; code: string; on: CivilDate; fileId: string; place: SourcePlace },
  ): void {
    const { place, level, code, on, fileId } = about;
    for (const [submissionKey, number] of this.#sent)
      if (number === Number(controlNumber))
        this.#deliver(this.#owning(submissionKey), [fileAcknowledged({ submissionKey, level, code, on, fileId, offset: place.offset })]);
  }

  #owning(submissionKey: string): string {
    for (const [number, { account }] of this.#accounts)
      if (account.claims.some((c) => c.submissions.some((s) => s.key === submissionKey))) return number;
    throw new Error(`no account of the story sent a claim with the key ${submissionKey}`);
  }

  /** An application is of the person, as the intake has it. */
  #takenInOn(accountNumber: string, body: FeedBody): string {
    if (body.kind !== 'assistanceApplied') return accountNumber;
    const others = this.#guarantors.others(accountNumber).map((other) => this.#get(other).account);
    return leadingAccount(this.#get(accountNumber).account, others, body.applicationId).id;
  }

  #deliver(accountNumber: string, bodies: readonly Arrival[]): void {
    this.#turn(
      accountNumber,
      bodies.map((body) => this.#event(body)),
      [],
    );
  }

  #event(body: Arrival): AccountEvent {
    this.#eventNumber += 1;
    return { id: `e${this.#eventNumber}`, occurredAt: this.#now, ...body };
  }

  /** A turn, and the turns its commands cause: each is carried out at once, as the activities would. */
  #turn(accountNumber: string, arrivals: readonly AccountEvent[], forms: AdvanceInput['forms']): Advanced {
    const known = this.#get(accountNumber);
    const first = this.#advance(accountNumber, known.account, { arrivals, forms });
    let latest = first;
    this.#accounts.set(accountNumber, { account: latest.account, wakeAt: latest.wakeAt });
    const events = [...arrivals, ...first.events];
    const commands = [...first.commands];
    for (let command = commands.shift(); command !== undefined; command = commands.shift()) {
      const done = this.#event(carriedOut(latest.account, command, civilDateAt(this.#now, this.#zone)));
      latest = this.#advance(accountNumber, latest.account, { arrivals: [done], forms: [] });
      this.#accounts.set(accountNumber, { account: latest.account, wakeAt: latest.wakeAt });
      commands.push(...latest.commands);
      events.push(...latest.events);
    }
    const news = forOtherAccounts({ before: known.account, events, after: latest.account }, this.#knowledge.holds);
    const others = this.#guarantors.others(accountNumber);
    if (news.length > 0) for (const other of others) this.#deliver(other, news);
    const kin = others.map((other) => this.#get(other).account);
    const after = new Turn(latest.account, this.#now, this.#knowledge, { kin });
    if (latest.account.opened !== null)
      for (const { accountId, body } of assistanceNews(after, known.account)) this.#deliver(accountId, [body]);
    return first;
  }

  #advance(accountNumber: string, account: Account, came: Pick<AdvanceInput, 'arrivals' | 'forms'>): Advanced {
    const history = this.#histories.get(accountNumber) ?? [];
    const guarantor = this.#guarantors.standing(accountNumber, this.#accounts, civilDateAt(this.#now, this.#zone));
    const others = this.#guarantors.others(accountNumber).map((other) => this.#get(other).account);
    const personHolds = heldElsewhere(others, this.#knowledge.holds);
    const input = { account, ...came, asOf: this.#now, history: [...history], guarantor, personHolds, kin: others };
    const advanced = advanceAccount(input, this.#knowledge);
    this.#onTurn(input, advanced);
    this.#turnNumber += 1;
    const seq = this.#turnNumber;
    history.push(...inOrder(account.eventCount, came.arrivals, advanced.events).map((event) => ({ seq, event })));
    this.#histories.set(accountNumber, history);
    return advanced;
  }
}
