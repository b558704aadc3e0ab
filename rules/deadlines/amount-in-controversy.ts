import { z } from 'zod';
import type { CivilDate } from '../domain/civil-date.ts';
import { DomainError } from '../domain/failures.ts';
import { cents, dollars } from '../domain/money.ts';
import table from '../reference/amounts-in-controversy.json' with { type: 'json' };
import { faultsText } from './policy-shape.ts';

const text = z.string().trim().min(1);

const shape = z.object({
  amounts: z
    .array(
      z.strictObject({
        filedIn: z.int().min(2000).max(2100),
        level: z.union([z.literal(3), z.literal(5)]),
        cents: z.int().min(1),
        citation: text,
        source: text,
      }),
    )
    .superRefine((all, context) => {
      all.forEach(({ filedIn, level }, index) => {
        if (all.findIndex((other) => other.filedIn === filedIn && other.level === level) < index)
          context.addIssue({ code: 'custom', path: [index], message: `the amount of level ${level} in ${filedIn} is listed already` });
      });
    }),
});

type AmountInControversy = z.infer<typeof shape>['amounts'][number];

/** Whether a Medicare appeal is about enough money; `unknown` goes to a person. `why` is a sentence for the task. */
export interface Controversy {
  readonly verdict: 'notNeeded' | 'met' | 'notMet' | 'unknown';
  readonly why: string;
}

/** @throws DomainError `deadline.unreadable-amounts`, every fault by its path */
export function readAmounts(json: unknown): readonly AmountInControversy[] {
  const read = shape.safeParse(json, { reportInput: true });
  if (!read.success) throw new DomainError('deadline.unreadable-amounts', faultsText(read.error));
  return read.data.amounts;
}

const shipped = readAmounts(table);

/** 42 CFR 405.1006: only levels 3 and 5 ask for an amount, that of the calendar year in which the request is filed. A year without one is never guessed. */
export function amountInControversy(
  appeal: { readonly level: number; readonly filedOn: CivilDate; readonly amountCents: number },
  amounts: readonly AmountInControversy[] = shipped,
): Controversy {
  const { level, filedOn, amountCents } = appeal;
  if (level !== 3 && level !== 5) return { verdict: 'notNeeded', why: `Level ${level} asks for no amount in controversy.` };
  const year = Number(filedOn.slice(0, 4));
  const needed = amounts.find((amount) => amount.level === level && amount.filedIn === year);
  if (needed === undefined) {
    const why = `The amount in controversy of level ${level} for requests filed in ${year} is not in rules/reference/amounts-in-controversy.json: look it up and add it.`;
    return { verdict: 'unknown', why };
  }
  const isMet = amountCents >= needed.cents;
  const compared = `${dollars(cents(amountCents))} ${isMet ? 'reaches' : 'is below'} the ${dollars(cents(needed.cents))} of level ${level} in ${year}`;
  return { verdict: isMet ? 'met' : 'notMet', why: `${compared} (${needed.citation}).` };
}
