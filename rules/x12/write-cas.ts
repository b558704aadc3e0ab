import { amountText, type Cents } from '../domain/money.ts';
import { quantityText, writeSegment } from './write-segment.ts';

interface Adjustment {
  readonly group: string;
  readonly carc: string;
  readonly cents: Cents;
  readonly quantity?: number | undefined;
}

const tripletsPerSegment = 6;

/** CAS segments in the given order: one for each run of a group, up to six triplets in each. */
export function writeAdjustments(adjustments: readonly Adjustment[]): readonly string[] {
  const runs: Adjustment[][] = [];
  for (const adjustment of adjustments) {
    const run = runs.at(-1);
    if (run?.[0]?.group === adjustment.group && run.length < tripletsPerSegment) run.push(adjustment);
    else runs.push([adjustment]);
  }
  return runs.map((run) => {
    const triplets = run.flatMap(({ carc, cents, quantity }) => [
      carc,
      amountText(cents),
      quantity === undefined ? '' : quantityText(quantity),
    ]);
    return writeSegment('CAS', run[0]?.group ?? '', ...triplets);
  });
}
