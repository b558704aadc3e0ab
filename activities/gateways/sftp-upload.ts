import { createHash } from 'node:crypto';
import { posix } from 'node:path';
import SftpClient from 'ssh2-sftp-client';
import { DomainError, messageOf } from '../../rules/domain/failures.ts';
import type { Gateway, Parcel, ParcelFile, Whereabouts } from '../dependencies.ts';
import { receiptOf } from './drop-folder.ts';
import type { SftpChannel } from './routes.ts';

export interface SftpPlace extends Omit<SftpChannel, 'kind' | 'limits' | 'passwordFrom' | 'privateKeyFrom'> {
  readonly login: { readonly password: string } | { readonly privateKey: string };
}

const connectMs = 20_000;

/**
 * A partner's SFTP folder. Only a server with the pinned host key is spoken to. A file is uploaded under a temporary name and renamed: with the rename it
 * has arrived. A connection that is lost before the first upload changed nothing; later it leaves doubt, and the folder is looked at before anything is
 * sent again.
 */
export function sftpUpload(place: SftpPlace): Gateway {
  return {
    deliver: async (parcel) => within(place, async (sftp) => upload(sftp, place, parcel)),
    find: async (parcel) => within(place, async (sftp) => look(sftp, place, parcel)),
  };
}

async function upload(sftp: SftpClient, { folder }: SftpPlace, { files }: Parcel): Promise<string> {
  const there = await sizesIn(sftp, folder);
  try {
    for (const file of files) {
      const size = there.get(file.name);
      if (size === file.content.byteLength) continue;
      if (size !== undefined) throw new DomainError('gateway.other-content', `${file.name} lies there already, with other content`);
      const temporary = posix.join(folder, temporaryName(file));
      await sftp.put(Buffer.from(file.content), temporary);
      await sftp.rename(temporary, posix.join(folder, file.name));
    }
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError('gateway.in-doubt', `the upload was cut short: ${messageOf(error)}`);
  }
  return receiptOf(files);
}

/** A temporary name says that the rename never was; a folder that others empty says nothing of what is not in it. */
async function look(sftp: SftpClient, { folder, keepsFiles }: SftpPlace, { files }: Parcel): Promise<Whereabouts> {
  const there = await sizesIn(sftp, folder);
  if (files.every(({ name, content }) => there.get(name) === content.byteLength)) return { kind: 'arrived', receipt: receiptOf(files) };
  const isUnfinished = files.some((file) => there.has(temporaryName(file)));
  return { kind: isUnfinished || keepsFiles ? 'absent' : 'cannotTell' };
}

async function sizesIn(sftp: SftpClient, folder: string): Promise<ReadonlyMap<string, number>> {
  const all = await sftp.list(folder);
  return new Map(all.map(({ name, size }) => [name, size]));
}

function temporaryName({ name }: ParcelFile): string {
  return `.${name}.part`;
}

async function within<T>(place: SftpPlace, work: (sftp: SftpClient) => Promise<T>): Promise<T> {
  const sftp = new SftpClient('upload');
  // Without it an error between two calls would end the process; the next call reports it.
  sftp.on('error', () => undefined);
  try {
    await connect(sftp, place);
    return await work(sftp);
  } finally {
    await sftp.end().catch(() => undefined);
  }
}

async function connect(sftp: SftpClient, { host, port, user: username, hostKey, login }: SftpPlace): Promise<void> {
  let shown: string | null = null;
  const hostVerifier = (key: Buffer): boolean => {
    shown = `SHA256:${createHash('sha256').update(key).digest('base64').replace(/=+$/, '')}`;
    return shown === hostKey;
  };
  try {
    await sftp.connect({ host, port, username, ...login, hostVerifier, readyTimeout: connectMs });
  } catch (error) {
    if (shown === null || shown === hostKey) throw error;
    throw new DomainError(
      'sftp.host-key',
      `${host} shows the host key ${String(shown)}, expected ${hostKey}. Nothing was sent to it. ` +
        'Ask the partner by telephone; change hostKey in channels.json only when they confirm the new one.',
    );
  }
}
