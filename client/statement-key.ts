import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DomainError } from '../rules/domain/failures.ts';
import { dataFolderOf, type Environment } from './config.ts';

/** Signs deadline statements. Its `keyId` is the SHA-256 of the public key, 16 digits of it. */
export interface StatementSigner {
  readonly keyId: string;
  sign(text: string): string;
}

/** Public keys by their ids: whose signatures count. */
export type TrustedKeys = ReadonlyMap<string, KeyObject>;

/** `RECOURSE_STATEMENT_KEY` names a PEM file with an Ed25519 private key; without it, one of the data folder. */
export function statementKeyPath(env: Environment, dataFolder = dataFolderOf(env)): string {
  return env.RECOURSE_STATEMENT_KEY || join(dataFolder, 'statement-key.pem');
}

/** Makes the key of the data folder when there is none; one that the configuration names must be there. @throws DomainError `config.statement-key` */
export function openSigner(env: Environment, dataFolder: string): StatementSigner {
  const path = statementKeyPath(env, dataFolder);
  if (!env.RECOURSE_STATEMENT_KEY && !existsSync(path)) {
    mkdirSync(dirname(path), { recursive: true });
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(path, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600, flag: 'wx' });
  }
  const key = readKey(path, createPrivateKey);
  return { keyId: keyIdOf(createPublicKey(key)), sign: (text) => sign(null, Buffer.from(text), key).toString('base64') };
}

/** Of PEM files, private or public. @throws DomainError `config.statement-key` */
export function trustedKeys(paths: readonly string[]): TrustedKeys {
  return new Map(paths.map((path) => readKey(path, createPublicKey)).map((key) => [keyIdOf(key), key]));
}

/** Null when the key is none of those trusted. */
export function isSignedBy(
  keys: TrustedKeys,
  { keyId, sha256, signature }: { readonly keyId: string; readonly sha256: string; readonly signature: string },
): boolean | null {
  const key = keys.get(keyId);
  return key === undefined ? null : verify(null, Buffer.from(sha256), key, Buffer.from(signature, 'base64'));
}

function readKey(path: string, read: (pem: string) => KeyObject): KeyObject {
  try {
    const key = read(readFileSync(path, 'utf8'));
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {
    // Said below, without a word of what the file holds.
  }
  throw new DomainError(
    'config.statement-key',
    `${path} is no PEM file with an Ed25519 key; make one with: openssl genpkey -algorithm ed25519`,
  );
}

function keyIdOf(publicKey: KeyObject): string {
  return createHash('sha256')
    .update(publicKey.export({ format: 'der', type: 'spki' }))
    .digest('hex')
    .slice(0, 16);
}
