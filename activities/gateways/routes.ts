import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type AttachmentKind, attachmentKinds } from '../../rules/domain/attachment.ts';
import { DomainError, messageOf } from '../../rules/domain/failures.ts';

const purposes = ['claims', 'inquiries', 'disputes', 'patients', 'vendors', 'refunds'] as const;
export type Purpose = (typeof purposes)[number];

const secret = z.string().regex(/^(env|file):.+$/, 'must be env:NAME or file:PATH; a secret never stands in this file');
const host = z.string().min(1);
const port = z.int().min(1).max(65_535);

const limits = z.strictObject({
  /** Of one packet, its manifest not counted. */
  files: z.int().min(1).default(50),
  /** Of all files together. */
  bytes: z.int().min(1).default(100_000_000),
  /** Of all documents together. */
  pages: z.int().min(1).default(2_000),
  types: z.array(z.string().regex(/^\w+\/[\w.+-]+$/)).default(['application/pdf']),
});

const sftpChannel = z.strictObject({
  kind: z.literal('sftp'),
  host,
  port: port.default(22),
  user: z.string().min(1),
  hostKey: z
    .string()
    .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'must be the fingerprint that `ssh-keygen -lf` prints: SHA256: and 43 characters'),
  passwordFrom: secret.optional(),
  privateKeyFrom: secret.optional(),
  folder: z.string().min(1),
  /** Whether a file that was taken in stays in the folder: only then does one that is not there surely not have arrived. */
  keepsFiles: z.boolean().default(false),
  limits: limits.prefault({}),
});

const emailChannel = z.strictObject({
  kind: z.literal('email'),
  host,
  port: port.default(587),
  from: z.email(),
  userFrom: secret.optional(),
  passwordFrom: secret.optional(),
  /** A certificate (PEM) in place of the machine's own authorities. */
  authorityFrom: secret.optional(),
  limits: limits.prefault({ bytes: 20_000_000 }),
});

const channel = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.enum(['folder', 'mail', 'fax', 'portal']), limits: limits.prefault({}) }),
  sftpChannel,
  emailChannel,
]);

const route = z.strictObject({
  for: z.enum(purposes),
  /** Ids of payers or vendors; absent is every one that no route above it names. */
  ids: z.array(z.string().min(1)).min(1).optional(),
  channel: z.string().min(1),
  to: z
    .strictObject({
      lines: z.array(z.string().min(1)).max(6).optional(),
      fax: z
        .string()
        .regex(/^\+?[0-9-]{7,20}$/)
        .optional(),
      email: z.email().optional(),
      url: z.url().optional(),
    })
    .default({}),
  /** Documents that this one wants beside what every packet of that kind holds, such as its own form. */
  requires: z.array(z.enum(attachmentKinds)).default([]),
});

const routesFile = z.strictObject({ channels: z.record(z.string().regex(/^[a-zA-Z0-9-]+$/), channel), routes: z.array(route) });

export type Channel = z.output<typeof channel>;
export type SftpChannel = z.output<typeof sftpChannel>;
export type ChannelLimits = z.output<typeof limits>;

export interface Route {
  readonly channel: string;
  readonly kind: Channel['kind'];
  readonly limits: ChannelLimits;
  readonly to: { readonly lines?: readonly string[] | undefined; readonly fax?: string | undefined; readonly email?: string | undefined };
  readonly requires: readonly AttachmentKind[];
}

export interface Routes {
  readonly channels: Readonly<Record<string, Channel>>;
  /** The first route that fits. */
  readonly routeFor: (purpose: Purpose, id: string) => Route;
}

/** @throws DomainError `channels.invalid` with the place in the file */
export function readRoutes(text: string, name: string): Routes {
  const parsed = routesFile.safeParse(jsonOf(text));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new DomainError('channels.invalid', `${name}, at /${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not as it should be'}`);
  }
  const { channels, routes } = parsed.data;
  for (const [n, one] of routes.entries()) {
    const fault = faultOf(one, channels[one.channel]);
    if (fault !== null) throw new DomainError('channels.invalid', `${name}, at /routes/${n}: ${fault}`);
  }
  for (const purpose of purposes)
    if (!routes.some((one) => one.for === purpose && one.ids === undefined))
      throw new DomainError('channels.invalid', `${name}: ${purpose} need a last route without "ids", for everyone else`);
  return {
    channels,
    routeFor: (purpose, id) => {
      const found = routes.find((one) => one.for === purpose && (one.ids === undefined || one.ids.includes(id)));
      const taken = channels[found?.channel ?? ''];
      if (found === undefined || taken === undefined) throw new DomainError('channels.none', `no channel takes ${purpose}`);
      return { channel: found.channel, kind: taken.kind, limits: taken.limits, to: found.to, requires: found.requires };
    },
  };
}

function faultOf(one: z.output<typeof route>, taken: Channel | undefined): string | null {
  if (taken === undefined) return `there is no channel "${one.channel}"`;
  if (taken.kind === 'fax' && one.to.fax === undefined) return `channel "${one.channel}" is a fax: "to" needs a fax number`;
  if (taken.kind === 'email' && one.to.email === undefined) return `channel "${one.channel}" is e-mail: "to" needs an e-mail address`;
  if (taken.kind === 'email' && one.for === 'patients') return 'letters to patients never go by e-mail';
  if (taken.kind === 'sftp' && (taken.passwordFrom === undefined) === (taken.privateKeyFrom === undefined))
    return `channel "${one.channel}" must have either passwordFrom or privateKeyFrom`;
  return null;
}

let shipped: Routes | null = null;

/** Everything in folders, from which others collect it. */
export function shippedRoutes(): Routes {
  const path = join(import.meta.dirname, 'channels.json');
  shipped ??= readRoutes(readFileSync(path, 'utf8'), 'channels.json');
  return shipped;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return messageOf(error);
  }
}
