import { z } from 'zod';
import { readReferenceFile } from '../domain/reference-file.ts';
import { date, money, percent, text } from '../domain/reference-values.ts';
import type { PayerContract } from './contract.ts';

const fee = z
  .strictObject({
    code: z.string().regex(/^[A-Z0-9]{3,5}$/, 'expected a procedure code, such as "99213"'),
    modifiers: z.array(z.string().regex(/^[A-Z0-9]{2}$/, 'expected a modifier of two characters, such as "26"')).default([]),
    amount: money,
  })
  .transform(({ amount, ...rest }) => ({ ...rest, cents: amount }));

const contract = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower case letters, digits and hyphens, such as "sandbox-2026"'),
    title: text,
    payerIds: z.array(text).min(1),
    linesOfBusiness: z.array(text).min(1).exactOptional(),
    states: z
      .array(z.string().regex(/^[A-Z]{2}$/, 'expected a state of two letters'))
      .min(1)
      .exactOptional(),
    funding: z.enum(['insured', 'selfFunded']).nullable(),
    effective: z
      .strictObject({ from: date, to: date.nullable() })
      .refine(({ from, to }) => to === null || from <= to, 'must not end before it begins'),
    lesserOf: z.boolean(),
    fees: z.array(fee).default([]),
    percentOfCharge: percent.exactOptional(),
    threshold: z.strictObject({ amount: money, percent }),
    source: text,
    seenOn: date,
  })
  .refine(({ fees, percentOfCharge }) => fees.length > 0 || percentOfCharge !== undefined, 'has no price: give fees, or percentOfCharge')
  .transform(
    ({ percentOfCharge, threshold, ...rest }): PayerContract => ({
      ...rest,
      percentOfChargeBasisPoints: percentOfCharge ?? null,
      threshold: { cents: threshold.amount, basisPoints: threshold.percent },
    }),
  );

const contracts = z.array(contract).superRefine((all, context) => {
  all.forEach((one, index) => {
    const before = all.slice(0, index);
    if (before.some(({ id }) => id === one.id))
      context.addIssue({ code: 'custom', path: [index, 'id'], message: `the id ${one.id} is already used` });
    const rival = before.find((other) => isRival(other, one));
    if (rival !== undefined)
      context.addIssue({
        code: 'custom',
        path: [index],
        message: `${one.id} and ${rival.id} are for the same services of the same payer on the same days: end one before the other begins`,
      });
    one.fees.forEach(({ code, modifiers }, n) => {
      const same = one.fees.findIndex((other) => other.code === code && setText(other.modifiers) === setText(modifiers));
      if (same < n)
        context.addIssue({
          code: 'custom',
          path: [index, 'fees', n],
          message: `${[code, ...modifiers].join('-')} has a fee already at fees[${same}]`,
        });
    });
  });
});

/** Neither names more than the other, and both count on some day. */
function isRival(a: PayerContract, b: PayerContract): boolean {
  return (
    a.payerIds.some((id) => b.payerIds.includes(id)) &&
    overlaps(a.linesOfBusiness, b.linesOfBusiness) &&
    overlaps(a.states, b.states) &&
    a.effective.from <= (b.effective.to ?? '9999') &&
    b.effective.from <= (a.effective.to ?? '9999')
  );
}

function overlaps(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.some((one) => b.includes(one));
}

function setText(values: readonly string[]): string {
  return [...values].sort().join(' ');
}

/**
 * Reads a contract file, `{ "contracts": [...] }` (rules/reference/contracts.json is the example).
 * @throws DomainError `contracts.unreadable`, a line per fault with its path.
 */
export function readContracts(json: string): readonly PayerContract[] {
  return readReferenceFile(z.strictObject({ note: z.string().exactOptional(), contracts }), json, 'contracts.unreadable').contracts;
}
