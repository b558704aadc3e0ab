import { createHash, generateKeyPairSync } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import ssh2, { type Connection, type FileEntry, type SFTPWrapper } from 'ssh2';

const { STATUS_CODE, OPEN_MODE } = ssh2.utils.sftp;

interface HeldFile {
  content: Buffer;
  /** Seconds since 1970. */
  modifiedAt: number;
}

export interface SftpServer {
  readonly port: number;
  readonly hostKey: string;
  /** By their whole path. */
  readonly files: Map<string, HeldFile>;
  /** What was done that changes something. */
  readonly deeds: string[];
  /** Cuts the connection once: at a read or write from this byte on, or instead of the next removal or renaming. */
  cutAt: { readonly byte: number } | 'finish' | null;
  put(path: string, content: Buffer | string, modifiedAt?: number): void;
  close(): Promise<void>;
}

/** Made by Node: one key in some hundred that ssh2 makes of its own (ed25519) is one that ssh2 cannot read. */
function hostKeyPair(): { readonly privateKey: string; readonly blob: Buffer } {
  const privateKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'sec1', format: 'pem' }).toString();
  const parsed = ssh2.utils.parseKey(privateKey);
  if (parsed instanceof Error) throw parsed;
  return { privateKey, blob: parsed.getPublicSSH() };
}

/** A real SFTP server on loopback, with files in memory; user `recourse`, password `secret`. */
export async function startSftpServer(): Promise<SftpServer> {
  const { privateKey, blob } = hostKeyPair();
  const connections = new Set<Connection>();
  const server = new ssh2.Server({ hostKeys: [privateKey] }, (connection) => {
    connections.add(connection);
    connection.on('close', () => connections.delete(connection));
    connection.on('error', () => undefined);
    connection.on('end', () => connection.end());
    connection.on('authentication', (login) => {
      if (login.method === 'password' && login.username === 'recourse' && login.password === 'secret') login.accept();
      else login.reject(['password']);
    });
    connection.on('session', (accept) => {
      accept().on('sftp', (acceptSftp) => serve(acceptSftp(), held, () => connection.end()));
    });
  });
  const held: SftpServer = {
    port: await new Promise((resolve) => {
      server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
    }),
    hostKey: `SHA256:${createHash('sha256').update(blob).digest('base64').replace(/=+$/, '')}`,
    files: new Map(),
    deeds: [],
    cutAt: null,
    put: (path, content, modifiedAt = 1_780_000_000) => void held.files.set(path, { content: Buffer.from(content), modifiedAt }),
    close: () =>
      new Promise((resolve) => {
        for (const connection of connections) connection.end();
        server.close(() => resolve());
      }),
  };
  return held;
}

function serve(sftp: SFTPWrapper, held: SftpServer, cut: () => void): void {
  const handles: { readonly path: string; isListed: boolean }[] = [];
  const handleOf = (path: string): Buffer => {
    const id = Buffer.alloc(4);
    id.writeUInt32BE(handles.push({ path, isListed: false }) - 1);
    return id;
  };
  const at = (id: Buffer) => handles[id.readUInt32BE()] ?? { path: '', isListed: true };
  const attributes = (path: string) => {
    const file = held.files.get(path);
    if (file === undefined) return null;
    return { mode: 0o100_644, uid: 0, gid: 0, size: file.content.length, atime: file.modifiedAt, mtime: file.modifiedAt };
  };
  const stat = (id: number, path: string): void => {
    const found = attributes(path);
    if (found === null) sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
    else sftp.attrs(id, found);
  };
  const finish = (id: number, deed: string, act: () => void): void => {
    if (held.cutAt === 'finish') {
      held.cutAt = null;
      return cut();
    }
    act();
    held.deeds.push(deed);
    sftp.status(id, STATUS_CODE.OK);
  };
  sftp.on('OPENDIR', (id, path) => sftp.handle(id, handleOf(path)));
  sftp.on('READDIR', (id, handle) => {
    const folder = at(handle);
    if (folder.isListed) return sftp.status(id, STATUS_CODE.EOF);
    folder.isListed = true;
    const names = [...held.files.keys()].filter((path) => path.slice(0, path.lastIndexOf('/')) === folder.path);
    const entries = names.map((path): FileEntry => {
      const filename = path.slice(path.lastIndexOf('/') + 1);
      const attrs = attributes(path) ?? { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 };
      return { filename, longname: `-rw-r--r-- 1 o g ${attrs.size} Jul 1 09:00 ${filename}`, attrs };
    });
    sftp.name(id, entries);
  });
  sftp.on('REALPATH', (id, path) => sftp.name(id, [{ filename: path, longname: path, attrs: {} as never }]));
  sftp.on('STAT', stat);
  sftp.on('LSTAT', stat);
  sftp.on('FSTAT', (id, handle) => stat(id, at(handle).path));
  sftp.on('OPEN', (id, path, flags) => {
    if ((flags & OPEN_MODE.CREAT) !== 0) held.put(path, '');
    if (held.files.has(path)) sftp.handle(id, handleOf(path));
    else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
  });
  sftp.on('WRITE', (id, handle, offset, data) => {
    const { cutAt } = held;
    if (cutAt !== null && cutAt !== 'finish' && offset + data.length > cutAt.byte) {
      held.cutAt = null;
      return cut();
    }
    const { path } = at(handle);
    const before = held.files.get(path)?.content ?? Buffer.alloc(0);
    held.put(path, Buffer.concat([before.subarray(0, offset), data]));
    sftp.status(id, STATUS_CODE.OK);
  });
  sftp.on('READ', (id, handle, offset, length) => {
    const content = held.files.get(at(handle).path)?.content ?? Buffer.alloc(0);
    const { cutAt } = held;
    if (cutAt !== null && cutAt !== 'finish' && offset + length > cutAt.byte) {
      held.cutAt = null;
      return cut();
    }
    if (offset >= content.length) return sftp.status(id, STATUS_CODE.EOF);
    sftp.data(id, content.subarray(offset, offset + length));
  });
  sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK));
  sftp.on('REMOVE', (id, path) => finish(id, `delete ${path}`, () => held.files.delete(path)));
  sftp.on('RENAME', (id, from, to) =>
    finish(id, `move ${from} to ${to}`, () => {
      const file = held.files.get(from);
      if (file !== undefined) held.files.set(to, file);
      held.files.delete(from);
    }),
  );
}
