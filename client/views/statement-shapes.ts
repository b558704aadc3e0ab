import { z } from 'zod';
import { ways } from '../../rules/statements/way.ts';

const due = z.object({ accountNumber: z.string(), dueCents: z.int() }).readonly();
const day = z.string().meta({ description: 'YYYY-MM-DD' });

export const statementView = z
  .object({
    number: z.string().meta({ description: 'as it stands on it and on its payment slip' }),
    guarantorId: z.uuid().nullable(),
    on: day,
    payByOn: day,
    language: z.string(),
    languageWanted: z.string().nullable().meta({ description: 'a language that was wanted and is not written' }),
    via: z.enum(ways),
    dueCents: z.int(),
    pages: z.int(),
    returnedOn: day.nullable(),
    status: z.string().meta({ description: 'of its run: prepared, sent, refused, unknown' }),
    accounts: z.array(due).readonly(),
  })
  .readonly();

export const statementPreview = z.object({
  on: day,
  payByOn: day,
  dueCents: z.int(),
  accounts: z.array(due).readonly(),
  language: z.string(),
  languageWanted: z.string().nullable(),
  pages: z.int(),
  pdf: z.string().meta({ description: 'base64' }),
});

export const guarantorView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    address: z.object({ line1: z.string(), line2: z.string(), city: z.string(), state: z.string(), postalCode: z.string() }).readonly(),
    phone: z.string().nullable(),
    email: z.string().nullable(),
    language: z.string(),
    deliverBy: z.enum(ways),
    mailReturnedOn: day.nullable(),
    accounts: z.array(z.object({ accountNumber: z.string(), phase: z.string(), dueCents: z.int() }).readonly()).readonly(),
    statements: z.array(statementView).readonly(),
    changes: z.array(z.object({ at: z.string(), by: z.string(), fields: z.array(z.string()).readonly() }).readonly()).readonly(),
  })
  .readonly();

const text = z.string().trim().min(1).max(100);

/** What a person may change of how somebody is reached. */
export const contactChange = z.strictObject({
  line1: text.optional(),
  line2: z.string().trim().max(100).optional(),
  city: text.optional(),
  state: z
    .string()
    .regex(/^[A-Z]{2}$/, 'two letters')
    .optional(),
  postalCode: z
    .string()
    .regex(/^\d{5}(-?\d{4})?$/, 'five or nine digits')
    .optional(),
  phone: z
    .string()
    .regex(/^\+?[0-9 ()-]{7,20}$/)
    .nullable()
    .optional(),
  email: z.email().nullable().optional(),
  language: z
    .string()
    .regex(/^[a-z]{2}$/, 'a language code of two letters (ISO 639-1)')
    .optional(),
  deliverBy: z.enum(ways).optional(),
});
