import type { CivilDate } from '../../rules/domain/civil-date.ts';
import type { Way } from '../../rules/statements/way.ts';
import type { Transaction } from '../client.ts';
import { dateOrNull } from '../convert.ts';
import { uuidv7 } from '../ids.ts';

/** How a person who owes is reached; what is absent stays. */
export interface GuarantorContactChange {
  readonly line1?: string | undefined;
  readonly line2?: string | undefined;
  readonly city?: string | undefined;
  readonly state?: string | undefined;
  readonly postalCode?: string | undefined;
  readonly phone?: string | null | undefined;
  readonly email?: string | null | undefined;
  /** ISO 639-1 */
  readonly language?: string | undefined;
  readonly deliverBy?: Way | undefined;
  /** Null once there is another address. */
  readonly mailReturnedOn?: CivilDate | null | undefined;
}

/** Writes what is new and, with it, who changed which fields. @returns false when all of it was known */
export async function changeGuarantor(
  tx: Transaction,
  { guarantorId, by, change }: { readonly guarantorId: string; readonly by: string; readonly change: GuarantorContactChange },
): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM "Guarantor" WHERE "id" = ${guarantorId}::uuid FOR UPDATE`;
  const { mailReturnedOn, ...plain } = change;
  const all = { ...plain, mailReturnedOn: mailReturnedOn === undefined ? undefined : dateOrNull(mailReturnedOn) };
  const wanted = Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined));
  const now: Readonly<Record<string, unknown>> = await tx.guarantor.findUniqueOrThrow({ where: { id: guarantorId } });
  const fields = Object.entries(wanted)
    .flatMap(([name, value]) => (textOf(now[name]) === textOf(value) ? [] : [name]))
    .toSorted();
  if (fields.length === 0) return false;
  await tx.guarantor.update({ where: { id: guarantorId }, data: wanted });
  await tx.guarantorChange.create({ data: { id: uuidv7(), guarantorId, by, fields } });
  return true;
}

function textOf(value: unknown): string {
  return JSON.stringify(value ?? null);
}
