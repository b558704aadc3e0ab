import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';
import { outboundOf } from '../../activities/gateways/channels.ts';
import { readRoutes, shippedRoutes } from '../../activities/gateways/routes.ts';
import { secureMail } from '../../activities/gateways/secure-mail.ts';
import { sftpUpload } from '../../activities/gateways/sftp-upload.ts';
import type { Parcel } from '../../activities/dependencies.ts';
import { manifestFile } from '../../activities/outbound/manifest.ts';
import { selfSigned } from '../support/certificate.ts';
import { type SftpServer, startSftpServer } from '../support/sftp-server.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const usual = [
  { for: 'claims', channel: 'out' },
  { for: 'inquiries', channel: 'out' },
  { for: 'disputes', channel: 'out' },
  { for: 'patients', channel: 'out' },
  { for: 'vendors', channel: 'out' },
  { for: 'refunds', channel: 'out' },
];
const fax = { kind: 'fax' };

function routesOf(change: { channels?: object; routes?: readonly object[] }): ReturnType<typeof readRoutes> {
  const file = { channels: { out: { kind: 'folder' }, fax, ...change.channels }, routes: [...(change.routes ?? []), ...usual] };
  return readRoutes(JSON.stringify(file), 'channels.json');
}

describe('channels by data', () => {
  test('ship as folders, and a payer’s own route comes before everyone’s', () => {
    expect(shippedRoutes().routeFor('disputes', 'UHC01')).toMatchObject({ channel: 'letters', kind: 'folder' });
    const own = { for: 'disputes', ids: ['UHC01'], channel: 'fax', to: { fax: '+1-801-555-0100' }, requires: ['planForm'] };
    const { routeFor } = routesOf({ routes: [own] });
    expect(routeFor('disputes', 'UHC01')).toMatchObject({ kind: 'fax', requires: ['planForm'], to: { fax: '+1-801-555-0100' } });
    expect(routeFor('disputes', 'AETNA1')).toMatchObject({ kind: 'folder', requires: [] });
  });

  test.each([
    ['a channel that is not there', { routes: [{ for: 'claims', channel: 'pigeon' }] }, /routes\/0: there is no channel "pigeon"/],
    ['a fax without a number', { routes: [{ for: 'disputes', channel: 'fax' }] }, /needs a fax number/],
    ['an unknown document', { routes: [{ for: 'disputes', channel: 'out', requires: ['blood'] }] }, /requires/],
    [
      'a host key that is none',
      { channels: { s: { kind: 'sftp', host: 'h', user: 'u', hostKey: 'x', folder: '/' } } },
      /hostKey: must be the fingerprint/,
    ],
    [
      'a password in the clear',
      { channels: { m: { kind: 'email', host: 'h', from: 'a@b.example', passwordFrom: 'hunter2' } } },
      /a secret never stands/,
    ],
    [
      'e-mail to patients',
      {
        channels: { m: { kind: 'email', host: 'h', from: 'a@b.example' } },
        routes: [{ for: 'patients', channel: 'm', to: { email: 'c@d.example' } }],
      },
      /never go by e-mail/,
    ],
  ])('are refused on load with %s', (_, change, why) => {
    expect(() => routesOf(change)).toThrow(why);
  });

  test('come from the data folder, each with its own gateway', async () => {
    const folder = temporaryFolder();
    writeFileSync(
      join(folder, 'channels.json'),
      JSON.stringify({ channels: { out: { kind: 'folder' }, p: { kind: 'portal' } }, routes: usual }),
    );
    const { gateway } = outboundOf(folder, {});
    const files = [{ folder: 'out', name: 'a.txt', content: Buffer.from('a') }];
    await gateway.deliver({ key: 'a', channel: 'out', files });
    expect(readdirSync(join(folder, 'outbound', 'out'))).toEqual(['a.txt']);
    await expect(gateway.deliver({ key: 'b', channel: 'p', files })).rejects.toMatchObject({ code: 'gateway.portal' });
    await expect(gateway.deliver({ key: 'c', channel: 'gone', files })).rejects.toMatchObject({ code: 'gateway.no-channel' });
    expect(() => outboundOf(folder, { RECOURSE_CHANNELS: join(folder, 'other.json') })).toThrow(/cannot be read/);
  });
});

const large: Parcel = {
  key: 'claim-1',
  channel: 'sftp',
  files: [{ folder: 'UHC01', name: 'claim-1.837', content: Buffer.alloc(200_000, 'ISA*') }],
};

describe('an upload by SFTP', () => {
  let server: SftpServer;
  beforeEach(async () => {
    server = await startSftpServer();
  });
  afterEach(() => server.close());

  const place = (more: object = {}) => ({
    host: '127.0.0.1',
    port: server.port,
    user: 'recourse',
    hostKey: server.hostKey,
    login: { password: 'secret' },
    folder: '/in',
    keepsFiles: false,
    ...more,
  });

  test('comes under a temporary name and is renamed; the same again changes nothing', async () => {
    const gateway = sftpUpload(place());
    const receipt = await gateway.deliver(large);
    expect(server.files.get('/in/claim-1.837')?.content.length).toBe(200_000);
    expect(server.deeds).toEqual(['move /in/.claim-1.837.part to /in/claim-1.837']);
    expect(await gateway.deliver(large)).toBe(receipt);
    expect(await gateway.find(large)).toEqual({ kind: 'arrived', receipt });
    expect(server.deeds).toHaveLength(1);
  });

  test('that is cut short is in doubt; the listing says that it did not arrive, and it is sent again', async () => {
    const gateway = sftpUpload(place());
    server.cutAt = { byte: 100_000 };
    await expect(gateway.deliver(large)).rejects.toMatchObject({ code: 'gateway.in-doubt' });
    expect([...server.files.keys()]).toEqual(['/in/.claim-1.837.part']);
    expect(await gateway.find(large)).toEqual({ kind: 'absent' });
    await gateway.deliver(large);
    expect([...server.files].map(([path, { content }]) => [path, content.length])).toEqual([['/in/claim-1.837', 200_000]]);
  });

  test('cut at the rename did not arrive while the temporary name is there', async () => {
    const gateway = sftpUpload(place());
    server.cutAt = 'finish';
    await expect(gateway.deliver(large)).rejects.toMatchObject({ code: 'gateway.in-doubt' });
    expect(await gateway.find(large)).toEqual({ kind: 'absent' });
  });

  test('of which nothing lies there cannot be told from one that was collected, unless the partner keeps files', async () => {
    expect(await sftpUpload(place()).find(large)).toEqual({ kind: 'cannotTell' });
    expect(await sftpUpload(place({ keepsFiles: true })).find(large)).toEqual({ kind: 'absent' });
  });

  test('never goes to a server with another host key', async () => {
    const gateway = sftpUpload(place({ hostKey: `SHA256:${'A'.repeat(43)}` }));
    await expect(gateway.deliver(large)).rejects.toMatchObject({ code: 'sftp.host-key' });
    expect(server.files.size).toBe(0);
  });

  test('that finds no server changed nothing and may be tried again', async () => {
    await expect(sftpUpload(place({ port: 1 })).deliver(large)).rejects.not.toMatchObject({ code: 'gateway.in-doubt' });
  });
});

const told = {
  parcel: 'appeal-000000123',
  channel: 'secureMail',
  writtenOn: '2026-06-20',
  to: { name: 'Payer', lines: [], email: 'appeals@payer.example' },
  about: {
    kind: 'appeal',
    level: 1,
    template: 't version 1',
    payerId: 'P',
    account: 'A1',
    memberId: 'SECRETMEMBER',
    payerClaimNumber: 'ICN1',
  },
  pages: 1,
  files: [],
};
const packet: Parcel = {
  key: told.parcel,
  channel: 'secureMail',
  files: [
    { folder: 'secureMail', name: 'appeal-000000123.pdf', content: Buffer.from('%PDF-1.7 of the letter'), mediaType: 'application/pdf' },
    manifestFile('secureMail', told),
  ],
};

describe('secure e-mail', () => {
  const { key, cert } = selfSigned();
  let server: SMTPServer;
  let messages: string[];
  /** What the server does with the message. */
  let answer: 'takes' | 'refuses' | 'hangs up';
  let port = 0;

  beforeEach(async () => {
    messages = [];
    answer = 'takes';
    server = new SMTPServer({
      key,
      cert,
      authOptional: true,
      onData: (stream, _session, callback) => {
        const parts: Buffer[] = [];
        stream.on('data', (part: Buffer) => void parts.push(part));
        stream.on('end', () => {
          if (answer === 'refuses') return callback(Object.assign(new Error('no'), { responseCode: 554 }));
          messages.push(Buffer.concat(parts).toString('utf8'));
          if (answer === 'takes') return callback(null);
          for (const connection of server.connections) connection.close();
        });
      },
    });
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve);
    });
    const address = server.server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
  });
  afterEach(async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  });

  const place = (more: object = {}) => ({
    host: 'localhost',
    port,
    from: 'appeals@hospital.example',
    login: null,
    authority: cert,
    ...more,
  });

  test('carries the documents and nobody’s data outside them', async () => {
    const receipt = await secureMail(place()).deliver(packet);
    expect(receipt).toMatch(/^250 .* as appeal-000000123$/);
    const [message = ''] = messages;
    expect(message).toContain('Subject: Packet appeal-000000123');
    expect(message).toContain('filename=appeal-000000123.pdf');
    expect(message).toContain(Buffer.from('%PDF-1.7 of the letter').toString('base64'));
    expect(message).not.toMatch(/SECRETMEMBER|ICN1|manifest/);
  });

  test('is not sent to a server that nobody vouches for, and may be tried again', async () => {
    const refused = secureMail(place({ authority: null })).deliver(packet);
    await expect(refused).rejects.not.toMatchObject({ code: 'gateway.in-doubt' });
    expect(messages).toEqual([]);
  });

  test('that the server refuses is refused', async () => {
    answer = 'refuses';
    await expect(secureMail(place()).deliver(packet)).rejects.toMatchObject({ code: 'gateway.refused' });
  });

  test('that got no answer may have arrived: it is in doubt, and nobody can be asked', async () => {
    answer = 'hangs up';
    const gateway = secureMail(place());
    await expect(gateway.deliver(packet)).rejects.toMatchObject({ code: 'gateway.in-doubt' });
    expect(messages).toHaveLength(1);
    expect(await gateway.find(packet)).toEqual({ kind: 'cannotTell' });
  });
});
