import { z } from 'zod';
import { readReferenceFile } from '../domain/reference-file.ts';
import { date, money, percent, text } from '../domain/reference-values.ts';
import { faultsOfLayout } from './file-layout.ts';
import { type VendorReference, vendorFileKinds, vendorTiers } from './vendor-contract.ts';

const days = z.int().min(0);
const name = z.string().regex(/^[a-z][A-Za-z0-9-]*$/, 'expected letters, digits and hyphens, such as "agency-placement"');

const fee = z
  .strictObject({ tier: z.enum(vendorTiers), percent, fromBalance: money.prefault('0.00'), fromAgeDays: days.default(0) })
  .transform(({ percent: percentHundredths, fromBalance, ...rest }) => ({ ...rest, percentHundredths, fromBalanceCents: fromBalance }));

const scope = z
  .strictObject({
    states: z
      .array(z.string().regex(/^[A-Z]{2}$/, 'expected a state of two letters'))
      .min(1)
      .exactOptional(),
    minimum: money.exactOptional(),
    maximum: money.exactOptional(),
  })
  .transform(({ minimum, maximum, ...rest }) => ({
    ...rest,
    ...(minimum === undefined ? {} : { minimumCents: Number(minimum) }),
    ...(maximum === undefined ? {} : { maximumCents: Number(maximum) }),
  }));

const contract = z
  .strictObject({
    id: name,
    vendor: z.string().regex(/^[A-Za-z0-9_-]{1,30}$/, 'expected letters, digits, hyphens and underscores'),
    name: text,
    effective: z
      .strictObject({ from: date, to: date.nullable() })
      .refine(({ from, to }) => to === null || from <= to, 'must not end before it begins'),
    tiers: z.array(z.enum(vendorTiers)).min(1),
    isInOurName: z.boolean(),
    scope: scope.prefault({}),
    fees: z.array(fee).min(1),
    clawsBack: z.boolean(),
    acknowledgementDays: days,
    recallDays: days,
    // Our own policy where a contract does not say it (practice).
    remitDays: days.default(15),
    workDays: days.default(14),
    inventoryDays: days.nullable().default(null),
    returnAfterDays: days.nullable(),
    returnUnpaidAfterDays: days.nullable(),
    mayReportCredit: z.boolean(),
    layouts: z.partialRecord(z.enum(vendorFileKinds), name),
    source: text,
  })
  .refine(
    ({ tiers, fees }) => tiers.every((tier) => fees.some((one) => one.tier === tier)),
    'has a tier without a fee: say what it costs, "0" where nothing',
  );

const codes = z.union([z.string().transform((one) => [one]), z.array(z.string()).min(1)]);

const column = z
  .strictObject({
    header: text,
    field: z.string().min(1).nullable(),
    constant: z.string().exactOptional(),
    format: z
      .enum(['text', 'upper', 'digits', 'dollars', 'fixedDollars', 'cents', 'isoDate', 'usDate', 'compactDate', 'yesNo', 'oneZero'])
      .default('text'),
    isRequired: z.boolean().default(false),
    width: z.int().min(1).exactOptional(),
    tooLong: z.enum(['cut', 'refuse']).exactOptional(),
    codes: z.record(z.string(), codes).exactOptional(),
  })
  .refine(({ field, constant }) => (field === null) !== (constant === undefined), 'needs either a field, or "field": null and a constant');

const layout = z
  .strictObject({
    kind: z.enum(vendorFileKinds),
    separator: z.enum([',', '|', ';', '\t']).default(','),
    hasHeader: z.boolean().default(true),
    firstLine: text.exactOptional(),
    columns: z.array(column).min(1),
    trailer: text.nullable().default(null),
    trailerColumns: z.array(column).min(1).exactOptional(),
  })
  .superRefine((one, context) => {
    for (const { path, message } of faultsOfLayout(one)) context.addIssue({ code: 'custom', message, path: [...path] });
  });

const file = z
  .strictObject({ note: z.string().optional(), contracts: z.array(contract), layouts: z.record(name, layout) })
  .superRefine(({ contracts, layouts }, context) => {
    for (const [n, one] of contracts.entries())
      for (const [kind, used] of Object.entries(one.layouts))
        if (layouts[used]?.kind !== kind)
          context.addIssue({
            code: 'custom',
            path: ['contracts', n, 'layouts', kind],
            message: `there is no layout "${used}" for ${kind} files`,
          });
    for (const [n, one] of contracts.entries())
      if (contracts.some((other, m) => m < n && other.vendor === one.vendor && overlap(other.effective, one.effective)))
        context.addIssue({ code: 'custom', path: ['contracts', n], message: 'overlaps an earlier contract of the same vendor' });
  });

interface Range {
  readonly from: string;
  readonly to: string | null;
}

function overlap(a: Range, b: Range): boolean {
  return (a.to === null || b.from <= a.to) && (b.to === null || a.from <= b.to);
}

/** @throws DomainError `vendor-contracts.invalid`, a line per fault with its path */
export function readVendorContracts(contractsFile: string): VendorReference {
  const { contracts, layouts } = readReferenceFile(file, contractsFile, 'vendor-contracts.invalid');
  return { contracts, layouts };
}
