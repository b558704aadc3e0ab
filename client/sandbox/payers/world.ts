import { parseAmount } from '../../../rules/domain/money.ts';
import type { CivilDate, Instant, Zone } from '../../../rules/domain/civil-date.ts';
import type { OutboundEnvelope } from '../../../rules/x12/write-envelope.ts';
import type { Delivery, Peer, SentFile } from '../peer.ts';
import { Clearinghouse } from './clearinghouse.ts';
import { readRows } from './feed.ts';
import { readLetter } from './letters.ts';
import type { Manners, PayerManners, VendorManners } from './manners.ts';
import { Patients } from './patients.ts';
import { Payer, type World } from './payer.ts';
import type { LetterTruth, ReceivedFile, Truth } from './truth.ts';
import { Vendor } from './vendor.ts';

export interface PayerWorld extends Peer {
  /** What everyone outside holds true now: of checks and reports, those whose files were read. */
  truth(): Truth;
}

export interface PayerWorldOptions {
  readonly seed: number;
  readonly manners: Manners;
  /** Where their days begin and end. */
  readonly zone?: Zone;
  /** ISA06 of the hospital. */
  readonly hospitalId?: string;
}

/**
 * A clearinghouse with its payers, the vendors and the patients, who know us through files alone. All chance depends on the seed and on who is concerned,
 * so a claim meets the same fate whatever the order of the files. The content of a check or report is settled when it is first read, which must not be
 * before its time: until then it gathers what belongs in it.
 */
export function createPayerWorld(options: PayerWorldOptions): PayerWorld {
  const outside = new Outside(options);
  return { receive: (sent, at) => outside.receive(sent, at), truth: () => outside.truth() };
}

class Outside implements PayerWorld {
  readonly #world: World;
  readonly #clearinghouse: Clearinghouse;
  readonly #patients: Patients;
  readonly #payers = new Map<string, Payer>();
  readonly #vendors = new Map<string, Vendor>();
  readonly #files: ReceivedFile[] = [];
  readonly #letters: LetterTruth[] = [];
  readonly #refunds = new Set<string>();
  readonly #sent = new Map<string, number>();

  constructor({ seed, manners, zone = 'America/New_York', hospitalId = 'RECOURSE' }: PayerWorldOptions) {
    this.#world = {
      seed,
      manners,
      zone,
      envelope: (sender, on) => this.#envelope(sender, { hospitalId, on }),
      crossOver: (claim, on, at) =>
        this.#payer(claim.coverages[0]?.payerId ?? '', claim.coverages[0]?.payerName).receiveCrossover(claim, on, at),
    };
    this.#clearinghouse = new Clearinghouse(this.#world, { payer: (id, name) => this.#payer(id, name) });
    this.#patients = new Patients(this.#world);
  }

  receive({ folder, name, content }: SentFile, at: Instant): readonly Delivery[] {
    const { verdict, deliveries } = this.#answer({ folder, name, content }, at);
    this.#files.push({ folder, name, verdict });
    return deliveries;
  }

  truth(): Truth {
    const payers = [...this.#payers.values()].map((payer) => payer.truth());
    const { payments, letters } = this.#patients.truth();
    return {
      files: [...this.#files],
      claims: payers.flatMap(({ claims }) => claims),
      checks: payers.flatMap(({ checks }) => checks),
      open: payers.flatMap(({ open }) => open),
      letters: [...this.#letters, ...letters],
      placements: [...this.#vendors.values()].flatMap((vendor) => vendor.truth().placements),
      vendorMistakes: [...this.#vendors.values()].flatMap((vendor) => vendor.truth().mistakes),
      patientPayments: payments,
    };
  }

  #answer(
    { folder, name, content }: SentFile,
    at: Instant,
  ): { readonly verdict: ReceivedFile['verdict']; readonly deliveries: readonly Delivery[] } {
    if (content.trimStart().startsWith('ISA')) return this.#clearinghouse.receive(content, at);
    const deliveries =
      this.#toVendor({ folder, name, content }, at) ??
      this.#toPayer({ name, content }, at) ??
      this.#patients.receive(content, name, at) ??
      this.#refund({ folder, content }, at);
    return deliveries === null ? { verdict: 'notForUs', deliveries: [] } : { verdict: 'accepted', deliveries };
  }

  #toVendor({ folder, name, content }: SentFile, at: Instant): readonly Delivery[] | null {
    const id = /^vendors\/([\w-]+)$/.exec(folder)?.[1];
    if (id === undefined) return null;
    const vendor = this.#vendors.get(id) ?? new Vendor(this.#world, partyFor(this.#world.manners.vendors, id), id);
    this.#vendors.set(id, vendor);
    return vendor.receive(content, name, at);
  }

  #toPayer({ name, content }: Pick<SentFile, 'name' | 'content'>, at: Instant): readonly Delivery[] | null {
    const letter = readLetter(name, content);
    if (letter === null) return null;
    for (const payer of this.#payers.values()) {
      const held = payer.hears(letter);
      if (held === null) continue;
      const { deliveries, truth } = payer.answer(letter, held, at);
      this.#letters.push(truth);
      return deliveries;
    }
    const { kind, level, account } = letter;
    this.#letters.push({ file: name, to: '', account, kind, level, answer: 'unknownClaim', answeredOn: null });
    return [];
  }

  #refund({ folder, content }: Pick<SentFile, 'folder' | 'content'>, at: Instant): readonly Delivery[] | null {
    const rows = folder === 'refunds' ? readRows(content, ['account_number', 'refund_to', 'amount', 'reference']) : null;
    return (
      rows?.flatMap((row) => {
        const amount = parseAmount(row.amount);
        if (amount === null || amount <= 0 || this.#refunds.has(row.reference)) return [];
        this.#refunds.add(row.reference);
        return this.#payers.get(row.refund_to)?.refunded(row.account_number, amount, at) ?? [];
      }) ?? null
    );
  }

  #payer(named: string, name = named): Payer {
    const id = named === '' ? 'UNKNOWN' : named;
    const known = this.#payers.get(id);
    if (known !== undefined) return known;
    const manners: PayerManners = partyFor(this.#world.manners.payers, id);
    const payer = new Payer(this.#world, manners, { id, name: manners.id === '*' ? name : manners.name });
    this.#payers.set(id, payer);
    return payer;
  }

  #envelope(
    sender: { readonly id: string; readonly name: string },
    about: { readonly hospitalId: string; readonly on: CivilDate },
  ): OutboundEnvelope {
    const control = (this.#sent.get(sender.id) ?? 0) + 1;
    this.#sent.set(sender.id, control);
    return {
      senderId: sender.id.slice(0, 15),
      senderName: sender.name,
      senderPhone: '5555550100',
      receiverId: about.hospitalId,
      receiverName: about.hospitalId,
      sentOn: about.on,
      sentAtTime: '0600',
      interchangeControlNumber: String(control),
      groupControlNumber: String(control),
      transactionControlNumber: '0001',
      usage: 'T',
    };
  }
}

/** The party of that id, else the one that stands for all others; `readManners` has seen to it that there is one. */
function partyFor<P extends PayerManners | VendorManners>(parties: readonly P[], id: string): P {
  const found = parties.find((party) => party.id === id) ?? parties.find((party) => party.id === '*');
  if (found === undefined) throw new Error('manners have a party with the id "*"');
  return found;
}
