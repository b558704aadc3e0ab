import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { FileReporter, type FileReport } from '../../client/edi/file-report.ts';
import { readEdi } from '../../client/edi/read-edi.ts';
import { parseAmount } from '../../rules/domain/money.ts';

/** Files by others with facts that were computed without a schema; no part of this repository: without them these tests have nothing to say. */
const folder = join(import.meta.dirname, '../../../shared/edi-samples');
const manifest = join(folder, 'MANIFEST.json');
const entries: readonly Entry[] = existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')).entries : [];
const describeSamples = entries.length > 0 ? describe : describe.skip;

interface Entry {
  readonly path: string;
  readonly transaction: string | null;
  readonly interchanges: number | null;
  readonly groups: number | null;
  readonly transaction_sets: number | null;
  readonly claims: number | null;
  readonly service_lines: number | null;
  readonly total_billed: string | number | null;
  readonly total_paid: string | number | null;
  readonly bpr02_sum: string | number | null;
  readonly plb_sum: string | number | null;
  readonly balances: boolean | null;
  readonly parses_cleanly: boolean;
}

/** Where the two differ, who is right and why. */
const differences: Readonly<Record<string, readonly string[]>> = {
  // A claim of 50.00 without a single line: CLM02 is not the sum of its lines, so it does not balance.
  'cosyte-x12/claim/837p-edge-cases.edi': ['balances'],
  'cosyte-x12/claim/837p-unknown-variant.edi': ['balances'],
  // The version is followed by the terminator inside the ISA line: its ISA is too short, and no delimiter of it can be believed.
  'imsweb-x12-parser/837_5010/x12_bad_first_line.txt': ['interchanges', 'groups', 'sets', 'claims', 'lines', 'billed', 'balances'],
  // BPR16 names the 23rd month; the facts were computed without looking at dates.
  'linuxforhealth-x12/835_005010X221A1/managed-care.835': ['clean'],
  // CLM05-3 is 1.00, which is no frequency.
  'linuxforhealth-x12/837_004010X098A1/dependent-commercial-insurance-01.837': ['clean'],
};

describeSamples('what the manifest says of files by others', () => {
  test.each(entries)('$path', async (entry) => {
    const reporter = new FileReporter();
    const report = reporter.report(await readEdi(join(folder, entry.path), (event) => reporter.take(event)));
    const [told, ours] = [toldOf(entry), oursOf(report, entry.transaction === '835')];
    const unlike = Object.keys(told).filter((fact) => told[fact] !== null && told[fact] !== ours[fact]);
    expect(unlike).toEqual(differences[entry.path] ?? []);
  });
});

type Facts = Readonly<Record<string, number | boolean | null>>;

function toldOf(entry: Entry): Facts {
  const isPaid = entry.transaction === '835';
  return {
    interchanges: entry.interchanges,
    groups: entry.groups,
    sets: entry.transaction_sets,
    claims: entry.claims,
    lines: entry.service_lines,
    billed: centsOf(entry.total_billed),
    paid: isPaid ? centsOf(entry.total_paid) : null,
    check: isPaid ? centsOf(entry.bpr02_sum) : null,
    plb: isPaid ? centsOf(entry.plb_sum) : null,
    balances: entry.balances,
    clean: entry.parses_cleanly,
  };
}

function oursOf({ interchanges, groups, transactions, faults }: FileReport, isPaid: boolean): Facts {
  const sum = (of: (one: FileReport['transactions'][number]) => number | null) =>
    transactions.reduce((total, one) => total + (of(one) ?? 0), 0);
  const judged = transactions.filter(({ balanced }) => balanced !== null);
  return {
    interchanges,
    groups,
    sets: transactions.filter(({ type }) => type !== 'TA1').length,
    claims: sum(({ claims }) => claims),
    lines: sum(({ lines }) => lines),
    billed: sum(({ chargeCents }) => chargeCents),
    paid: isPaid ? sum(({ paidCents }) => paidCents) : null,
    check: isPaid ? sum(({ checkCents }) => checkCents) : null,
    plb: isPaid ? sum(({ plbCents }) => plbCents) : null,
    balances: judged.length === 0 ? null : judged.every(({ balanced }) => balanced),
    clean: faults.length === 0 && transactions.every((one) => one.faults.length === 0),
  };
}

function centsOf(dollars: string | number | null): number | null {
  return dollars === null ? null : parseAmount(String(dollars));
}
