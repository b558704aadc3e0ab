import type { Database } from '../../../prisma/client.ts';
import { type FoundOnce, readVendorFindings, type VendorFindings } from '../../../prisma/reads/vendor-findings.ts';
import type { Truth, VendorMistake } from '../payers/truth.ts';
import { type Check, check } from './check.ts';

export type VendorsTruth = Pick<Truth, 'placements' | 'vendorMistakes'>;

/** What vendors said against what was found of it: nothing wrong goes unnoticed, nothing right is called wrong. */
export async function vendorChecks(db: Database, truth: VendorsTruth): Promise<readonly Check[]> {
  const found = await readVendorFindings(db);
  const mistakes = truth.vendorMistakes.filter((mistake) => wasTakenIn(mistake, found));
  const standing = found.differences.filter(({ stands }) => stands);
  return [
    check(
      'every mistake of a vendor is found, and stands until it is put right',
      unnoticed(mistakes, found),
      `${mistakes.length} mistakes`,
    ),
    check(
      'no difference stands that the vendor did not make',
      standing.filter((one) => !isCaused(one, truth)).map((one) => `${one.vendor} ${one.kind} ${one.about}: ${one.words}`),
      `${found.differences.length} differences, ${standing.length} stand`,
    ),
    check(
      'no contact is called against the rules that was not',
      found.violations.filter((key) => !mistakes.some((mistake) => mistake.kind === 'contact' && contactKey(mistake) === key)),
      `${found.violations.length} contacts`,
    ),
  ];
}

/** A list that came after a later one says nothing. */
function wasTakenIn({ vendor, kind, on }: VendorMistake, { lists }: VendorFindings): boolean {
  return !isOfList(kind) || lists.get(vendor)?.has(on) === true;
}

function isOfList(kind: VendorMistake['kind']): boolean {
  return kind === 'missing' || kind === 'extra' || kind === 'balance';
}

function unnoticed(mistakes: readonly VendorMistake[], { differences, violations }: VendorFindings): readonly string[] {
  return mistakes.flatMap((mistake) => {
    const { vendor, kind, about, on, isPutRight } = mistake;
    const text = `${vendor} ${kind} ${about} of ${on}`;
    if (kind === 'contact') return violations.includes(contactKey(mistake)) ? [] : [`${text} is not found`];
    const found = differences.filter((one) => one.vendor === vendor && one.kind === kind && one.about === about);
    if (found.length === 0) return [`${text} is not found`];
    return isPutRight || found.some(({ stands }) => stands) ? [] : [`${text} was found and does not stand`];
  });
}

/** The vendor's mistake, its silence, or its delay. */
function isCaused({ vendor, kind, about, reference }: FoundOnce, { placements, vendorMistakes }: VendorsTruth): boolean {
  const placement = placements.find((one) => one.vendor === vendor && one.reference === reference);
  if (kind === 'notRemitted') return placement?.unremitted.includes(about) === true;
  if (kind === 'status') return placement !== undefined && (placement.acknowledgedOn === null || placement.recalledOn !== null);
  return vendorMistakes.some((one) => one.vendor === vendor && one.kind === kind && one.about === about && !one.isPutRight);
}

/** As activities/intake/vendor-contacts.ts keeps it. */
function contactKey({ vendor, about }: VendorMistake): string {
  return `vendor:${vendor}:${about}`;
}
