import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Gateway } from '../dependencies.ts';
import { dropFolder } from './drop-folder.ts';
import { portal } from './portal.ts';
import { type Channel, readRoutes, type Routes, shippedRoutes } from './routes.ts';
import { secureMail } from './secure-mail.ts';
import { sftpUpload } from './sftp-upload.ts';

type Environment = Readonly<Record<string, string | undefined>>;

export interface Outbound {
  readonly gateway: Gateway;
  readonly routes: Routes;
}

/**
 * The channels of this house: `channels.json` of the data folder, or the file that `RECOURSE_CHANNELS` names; without one, everything goes to folders under
 * `outbound`. @throws DomainError `channels.invalid` with the place in it, `channels.secret` when a password or key cannot be read
 */
export function outboundOf(dataFolder: string, env: Environment): Outbound {
  const path = env.RECOURSE_CHANNELS || join(dataFolder, 'channels.json');
  const text = textOf(path);
  if (text === null && env.RECOURSE_CHANNELS) throw new DomainError('channels.invalid', `${path} cannot be read`);
  const routes = text === null ? shippedRoutes() : readRoutes(text, path);
  const doors = { folder: dropFolder(join(dataFolder, 'outbound')), dataFolder, env };
  const gateways = new Map(Object.entries(routes.channels).map(([name, channel]) => [name, gatewayOf(name, channel, doors)]));
  return { gateway: byChannel(gateways), routes };
}

/** Each parcel through its own channel. */
export function byChannel(gateways: ReadonlyMap<string, Gateway>): Gateway {
  const of = (channel: string): Gateway => {
    const found = gateways.get(channel);
    if (found === undefined)
      throw new DomainError('gateway.no-channel', `channel "${channel}" is not in channels.json any more; put it back`);
    return found;
  };
  return { deliver: async (parcel) => of(parcel.channel).deliver(parcel), find: async (parcel) => of(parcel.channel).find(parcel) };
}

interface Doors {
  readonly folder: Gateway;
  readonly dataFolder: string;
  readonly env: Environment;
}

function gatewayOf(name: string, channel: Channel, doors: Doors): Gateway {
  const secret = (from: string): string => secretOf(from, name, doors);
  switch (channel.kind) {
    case 'folder':
    case 'mail':
    case 'fax':
      return doors.folder;
    case 'portal':
      return portal;
    case 'sftp': {
      const { passwordFrom, privateKeyFrom, ...place } = channel;
      const login = passwordFrom === undefined ? { privateKey: secret(privateKeyFrom ?? '') } : { password: secret(passwordFrom) };
      return sftpUpload({ ...place, login });
    }
    case 'email': {
      const { userFrom, passwordFrom, authorityFrom, host, port, from } = channel;
      const login = userFrom === undefined || passwordFrom === undefined ? null : { user: secret(userFrom), pass: secret(passwordFrom) };
      return secureMail({ host, port, from, login, authority: authorityFrom === undefined ? null : secret(authorityFrom) });
    }
  }
}

function secretOf(from: string, channel: string, { dataFolder, env }: Doors): string {
  const [kind, ...rest] = from.split(':');
  const name = rest.join(':');
  const found = kind === 'env' ? (env[name] ?? null) : textOf(resolve(dataFolder, name));
  if (found !== null && found !== '') return kind === 'env' ? found : found.trimEnd();
  const where = kind === 'env' ? `the environment variable ${name} is not set` : `the file ${name} cannot be read`;
  throw new DomainError('channels.secret', `channel ${channel}: ${where}`);
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}
