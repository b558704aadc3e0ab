import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { DomainError, messageOf } from '../../rules/domain/failures.ts';
import type { Environment } from '../config.ts';

const secret = z.string().regex(/^(env|file):.+$/, 'must be env:NAME or file:PATH; a secret never stands in this file');

const sftpSource = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9-]+$/, 'must be lower-case letters, digits and hyphens'),
    host: z.string().min(1),
    port: z.int().min(1).max(65_535).default(22),
    user: z.string().min(1),
    hostKey: z
      .string()
      .regex(/^SHA256:[A-Za-z0-9+/]{43}$/, 'must be the fingerprint that `ssh-keygen -lf` prints: SHA256: and 43 characters'),
    passwordFrom: secret.optional(),
    privateKeyFrom: secret.optional(),
    folder: z.string().min(1),
    files: z.record(z.string().min(1), z.string().min(1)),
    doneFolder: z.string().min(1).optional(),
    everySeconds: z.number().min(1).default(60),
  })
  .refine(({ passwordFrom, privateKeyFrom }) => (passwordFrom === undefined) !== (privateKeyFrom === undefined), {
    error: 'must have either passwordFrom or privateKeyFrom',
  });

const sourcesFile = z.strictObject({ sources: z.array(sftpSource) });

/**
 * A partner's SFTP folder. `files` says which names are ours and what they hold (`*` and `?`, the first that fits; case does not count); others
 * are left alone. What was read is moved to `doneFolder` there, or deleted when there is none.
 */
export interface SftpSourceSettings extends Omit<z.output<typeof sftpSource>, 'passwordFrom' | 'privateKeyFrom'> {
  readonly login: { readonly password: string } | { readonly privateKey: string };
}

/**
 * Where files are fetched from: `sources.json` of the data folder, or the file that `RECOURSE_SOURCES` names. Paths in it are relative to the data folder.
 * @returns none when there is no such file
 * @throws DomainError `sources.invalid` with the place in it, `sources.secret` when a password or key cannot be read
 */
export function readSources(dataFolder: string, env: Environment): readonly SftpSourceSettings[] {
  const path = env.RECOURSE_SOURCES || join(dataFolder, 'sources.json');
  const text = textOf(path);
  if (text === null && !env.RECOURSE_SOURCES) return [];
  const parsed = sourcesFile.safeParse(jsonOf(text ?? ''));
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new DomainError('sources.invalid', `${path}, at /${issue?.path.join('/') ?? ''}: ${issue?.message ?? 'not as it should be'}`);
  }
  const names = parsed.data.sources.map(({ name }) => name);
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new DomainError('sources.invalid', `${path}: two sources are called ${twice}`);
  return parsed.data.sources.map(({ passwordFrom, privateKeyFrom, ...source }) => {
    const read = (from: string): string => secretOf(from, { source: source.name, dataFolder, env });
    const login = passwordFrom === undefined ? { privateKey: read(privateKeyFrom ?? '') } : { password: read(passwordFrom) };
    return { ...source, login };
  });
}

/** What a name holds by the patterns of its source; null when it is not ours. */
export function kindOf(files: Readonly<Record<string, string>>, name: string): string | null {
  return Object.entries(files).find(([pattern]) => patternOf(pattern).test(name))?.[1] ?? null;
}

function patternOf(glob: string): RegExp {
  const text = glob
    .replaceAll(/[.+^${}()|[\]\\]/g, String.raw`\$&`)
    .replaceAll('*', '.*')
    .replaceAll('?', '.');
  return new RegExp(`^${text}$`, 'i');
}

interface Whose {
  readonly source: string;
  readonly dataFolder: string;
  readonly env: Environment;
}

function secretOf(from: string, { source, dataFolder, env }: Whose): string {
  const [kind, ...rest] = from.split(':');
  const name = rest.join(':');
  const found = kind === 'env' ? (env[name] ?? null) : textOf(resolve(dataFolder, name));
  if (found !== null && found !== '') return kind === 'env' ? found : found.trimEnd();
  const where = kind === 'env' ? `the environment variable ${name} is not set` : `the file ${name} cannot be read`;
  throw new DomainError('sources.secret', `source ${source}: ${where}`);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    return messageOf(error);
  }
}
