import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { parseAmount, sum } from '../../rules/domain/money.ts';
import { X12Fault } from '../../rules/x12/fault.ts';
import { readX12File } from '../../rules/x12/read-file.ts';

/** Files by others, which are no part of this repository: without them these tests have nothing to say. */
const folder = join(import.meta.dirname, '../../../shared/edi-samples');

const samples = existsSync(folder)
  ? readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(edi|txt|\d{3}i?)$/.test(entry.name) && !/LICENSES/.test(entry.parentPath))
      .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
      .sort()
  : [];

const describeSamples = samples.length > 0 ? describe : describe.skip;

describeSamples('files by others', () => {
  const remittances = samples.filter((name) => firstSet(name) === '835');

  test('are there', () => {
    expect(remittances.length).toBeGreaterThan(10);
  });

  test.each(samples)('%s is read whole or refused with a fault', (name) => {
    const transactions = readOrFault(name);
    if (transactions instanceof X12Fault) expect(transactions.message).toMatch(/^segment \d+ \(([A-Z0-9]{2,3}, )?byte \d+\)/);
    else expect(transactions.length).toBeGreaterThan(0);
  });

  test.each(remittances)('%s pays what its segments say', (name) => {
    const transactions = readOrFault(name);
    const segments = naiveSegments(name);
    if (transactions instanceof X12Fault) {
      // Hand-made files: a wrong count in SE, and one payment on a day of the 23rd month.
      expect(transactions.code).toBe(/managed-care/.test(name) ? 'x12.date' : 'x12.count');
      return;
    }
    const claims = transactions.flatMap((transaction) => (transaction.kind === 'remittance' ? transaction.remittance.claims : []));
    const clps = segments.filter(([id]) => id === 'CLP');
    expect(claims.map((claim) => claim.submissionKey)).toEqual(clps.map((clp) => clp[1]));
    expect(sum(claims.map((claim) => claim.paidCents))).toBe(sum(clps.map((clp) => asCents(parseAmount(clp[4] ?? '')))));
    expect(sum(claims.flatMap((claim) => claim.lines.map((line) => line.paidCents)))).toBe(
      sum(segments.filter(([id]) => id === 'SVC').map((svc) => asCents(parseAmount(svc[3] ?? '')))),
    );
  });

  test.each(remittances)('%s balances, unless it is the one that does not', (name) => {
    const transactions = readOrFault(name);
    if (transactions instanceof X12Fault) return;
    const imbalances = transactions.flatMap((transaction) => (transaction.kind === 'remittance' ? transaction.remittance.imbalances : []));
    expect(imbalances.length > 0).toBe(/tertiary-payment/.test(name));
  });

  test('claims charge what their segments say', () => {
    for (const name of samples.filter((sample) => firstSet(sample) === '837')) {
      const transactions = readOrFault(name);
      if (transactions instanceof X12Fault || transactions.some(({ kind }) => kind !== 'claims')) continue;
      const claims = transactions.flatMap((transaction) => (transaction.kind === 'claims' ? transaction.claims : []));
      const clms = naiveSegments(name).filter(([id]) => id === 'CLM');
      expect(claims.map((claim) => [claim.submissionKey, claim.chargeCents])).toEqual(
        clms.map((clm) => [clm[1], parseAmount(clm[2] ?? '')]),
      );
    }
  });
});

function readOrFault(name: string): ReturnType<typeof readX12File> | X12Fault {
  try {
    return readX12File(readFileSync(join(folder, name)));
  } catch (error) {
    if (error instanceof X12Fault) return error;
    throw error;
  }
}

/** Nothing of the reader: the terminator is what stands before GS, the separator what stands after ISA. */
function naiveSegments(name: string): readonly (readonly string[])[] {
  const text = readFileSync(join(folder, name), 'latin1');
  const start = text.indexOf('ISA');
  return text.split(text.charAt(start + 105)).map((segment) => segment.trim().split(text.charAt(start + 3)));
}

function firstSet(name: string): string | undefined {
  return naiveSegments(name).find(([id]) => id === 'ST')?.[1];
}

function asCents(amount: ReturnType<typeof parseAmount>): NonNullable<typeof amount> {
  if (amount === null) throw new Error('no amount');
  return amount;
}
