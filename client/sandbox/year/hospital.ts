/** The hospital's own billing system: which accounts it opens on which day, and the 837 files it sends in the evening. */
import { addDays, addMonths, type CivilDate, daysBetween } from '../../../rules/domain/civil-date.ts';
import type { ClaimType, SubmittedClaim } from '../../../rules/domain/claim.ts';
import { cents, type Cents } from '../../../rules/domain/money.ts';
import { isBusinessDay } from '../../../rules/deadlines/business-days.ts';
import { write837 } from '../../../rules/x12/write-837.ts';
import { buildClaim } from '../../scenario/build.ts';
import type { ClaimArrival } from '../../scenario/format.ts';
import { sandboxProvider } from '../../scenario/invented.ts';
import type { SentFile } from '../peer.ts';
import { between, chance, pick } from './chance.ts';

export interface HospitalYear {
  readonly seed: number;
  readonly accounts: number;
  readonly months: number;
  readonly from: CivilDate;
}

export interface HospitalDay {
  readonly on: CivilDate;
  readonly claims: readonly SubmittedClaim[];
}

type Told = ClaimArrival['payers'][number];

const payers = {
  medicare: { payer: 'MCARE', filing: 'MB' },
  unitedHealthcare: { payer: 'UHC01', filing: 'CI' },
  aetna: { payer: 'AETNA1', filing: 'CI' },
  blueCross: { payer: 'BCBS01', filing: 'BL' },
  cigna: { payer: 'CIGNA1', filing: 'CI' },
  medicaid: { payer: 'TXMCD', filing: 'MC' },
} as const satisfies Record<string, Told>;

/** Who pays, primary first, and how often. */
const coverages: readonly (readonly [readonly Told[], number])[] = [
  [[payers.medicare], 14],
  [[payers.medicare, payers.blueCross], 12],
  [[payers.medicare, payers.medicaid], 4],
  [[payers.unitedHealthcare], 20],
  [[payers.aetna], 15],
  [[payers.blueCross], 14],
  [[payers.cigna], 8],
  [[payers.medicaid], 7],
  [[payers.unitedHealthcare, payers.aetna], 3],
  [[payers.aetna, payers.blueCross], 3],
];

/** HCPCS level II, with a charge from and to in dollars. */
const services: Readonly<Record<ClaimType, readonly (readonly [string, number, number])[]>> = {
  professional: [
    ['G0463', 90, 260],
    ['G0402', 160, 340],
    ['J0696', 20, 90],
    ['G0108', 60, 150],
  ],
  institutional: [
    ['G0378', 900, 5_200],
    ['G0480', 180, 620],
    ['J1885', 30, 140],
    ['G0463', 240, 900],
    ['C1713', 800, 9_500],
  ],
};

/** The days of the year on which claims leave, in order. The first and the last day of service lie before the day. */
export function hospitalDays(year: HospitalYear): readonly HospitalDay[] {
  const days = daysBetween(year.from, addMonths(year.from, year.months));
  const all = Array.from({ length: year.accounts }, (_, index) => {
    const on = evening(addDays(year.from, Math.floor((index * days) / year.accounts)));
    return { on, claim: buildClaim(tell(year.seed, index + 1, on)) };
  });
  const dates = [...new Set(all.map(({ on }) => on))].sort();
  return dates.map((on) => ({ on, claims: all.filter((one) => one.on === on).map(({ claim }) => claim) }));
}

/** Files leave on working days. */
function evening(on: CivilDate): CivilDate {
  return isBusinessDay(on) ? on : evening(addDays(on, 1));
}

function tell(seed: number, n: number, on: CivilDate): ClaimArrival {
  const account = `Y${String(n).padStart(5, '0')}`;
  const drawn = (about: string): number => chance(seed, account, about);
  const type: ClaimType = drawn('type') < 0.6 ? 'professional' : 'institutional';
  const through = addDays(on, -between(1, 4, drawn('lag')));
  const stay = type === 'institutional' ? between(0, 3, drawn('stay')) : 0;
  const lines = Array.from({ length: between(1, 4, drawn('lines')) }, (_, line) => serviceLine(type, (about) => drawn(`${about}${line}`)));
  const told = pick(coverages, drawn('payer'));
  return {
    account,
    patient: `${seed}-${account}`,
    type,
    serviced: addDays(through, -stay),
    through,
    charge: cents(lines.reduce((total, { charge }) => total + charge, 0)),
    lines,
    payers: told.map((payer) => (payer.payer === 'MCARE' && type === 'institutional' ? { ...payer, filing: 'MA' } : payer)),
    state: 'OH',
    ...(drawn('authorized') < 0.5 ? { authorization: `AUTH${between(100_000, 999_999, drawn('authorization'))}` } : {}),
  };
}

function serviceLine(type: ClaimType, drawn: (about: string) => number): { code: string; revenue?: string; charge: Cents; units: number } {
  const [code, from, to] = pick(
    services[type].map((service) => [service, 1] as const),
    drawn('code'),
  );
  const charge = cents(between(from * 100, to * 100, drawn('charge')));
  return { code, charge, units: 1, ...(type === 'institutional' ? { revenue: '0510' } : {}) };
}

/** ISA06, as in what the engine sends for the hospital; the control numbers are far above those of the engine. */
const hospitalId = 'RECOURSE';

/** One 837P and one 837I, for the clearinghouse. */
export function hospitalFiles({ on, claims }: HospitalDay): readonly SentFile[] {
  return (['professional', 'institutional'] as const).flatMap((type, index): readonly SentFile[] => {
    const own = claims.filter(({ claimType }) => claimType === type);
    if (own.length === 0) return [];
    const control = `${on.slice(2).replaceAll('-', '')}00${index + 1}`;
    const envelope = {
      senderId: hospitalId,
      senderName: sandboxProvider.name,
      senderPhone: '5555550100',
      receiverId: 'CLEARINGHOUSE',
      receiverName: 'CLEARINGHOUSE SANDBOX',
      sentOn: on,
      sentAtTime: '1800',
      interchangeControlNumber: control,
      groupControlNumber: control,
      transactionControlNumber: '0001',
      usage: 'T',
    } as const;
    return [{ folder: 'hospital', name: `${on}-${type}.837`, content: write837(envelope, own) }];
  });
}
