import { Transform } from 'node:stream';
import { createTransport } from 'nodemailer';
import type SMTPTransport from 'nodemailer/lib/smtp-transport/index.js';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Gateway, Parcel } from '../dependencies.ts';
import { readManifest } from '../outbound/manifest.ts';

export interface MailPlace {
  readonly host: string;
  readonly port: number;
  readonly from: string;
  readonly login: { readonly user: string; readonly pass: string } | null;
  /** PEM; null trusts the machine's own authorities. */
  readonly authority: string | null;
}

const patienceMs = 60_000;

/**
 * E-mail through the hospital's secure-mail service, over TLS or not at all. Its subject names the packet and nobody: what is about the patient is in the
 * documents. Nobody can be asked whether a message arrived, so one that is in doubt is a person's to settle.
 */
export function secureMail(place: MailPlace): Gateway {
  return {
    deliver: async (parcel) => {
      const { host, port, login, authority } = place;
      let mayHaveLeft = false;
      const options: SMTPTransport.Options = {
        host,
        port,
        secure: port === 465,
        requireTLS: true,
        ...(login === null ? {} : { auth: login }),
        tls: authority === null ? {} : { ca: authority },
        connectionTimeout: patienceMs,
        socketTimeout: patienceMs,
      };
      const transport = createTransport(options);
      try {
        transport.use('stream', (mail, callback) => {
          mail.message.transform(
            new Transform({
              transform: (chunk, _encoding, pass) => {
                mayHaveLeft = true;
                pass(null, chunk);
              },
            }),
          );
          callback();
        });
        const { response } = await transport.sendMail(messageFor(parcel, place));
        return `${response.slice(0, 120)} as ${parcel.key}`;
      } catch (error) {
        throw meaningOf(error, mayHaveLeft);
      } finally {
        transport.close();
      }
    },
    find: async () => Promise.resolve({ kind: 'cannotTell' }),
  };
}

function messageFor({ key, files }: Parcel, { from }: MailPlace) {
  const { to } = readManifest(files);
  if (to.email === undefined) throw new DomainError('gateway.no-address', 'the packet names no e-mail address');
  const documents = files.filter(({ mediaType }) => mediaType !== 'application/json');
  return {
    from,
    to: to.email,
    subject: `Packet ${key}`,
    messageId: `<${key}@${from.split('@')[1] ?? 'localhost'}>`,
    text: 'The documents of this packet are attached. They are confidential: if you are not meant to have them, tell the sender and delete them.',
    attachments: documents.map(({ name, content, mediaType }) => ({
      filename: name,
      content: Buffer.from(content),
      contentType: mediaType ?? 'application/octet-stream',
    })),
  };
}

/**
 * What an SMTP error means for the message: refused, not left, or in doubt. An answer of the server decides; without one, a message of which a byte was handed
 * over is in doubt, whatever command the library names (it names CONN for every connection that is lost). The server's words may quote addresses and are left
 * out.
 */
function meaningOf(error: unknown, mayHaveLeft: boolean): unknown {
  if (error instanceof DomainError || typeof error !== 'object' || error === null) return error;
  const answer = numberIn(error, 'responseCode');
  const code = textIn(error, 'code');
  if (answer >= 500) return new DomainError('gateway.refused', `the mail server refused it with ${answer}`);
  if (answer >= 400 || !mayHaveLeft) return new Error(`the mail server did not take it yet (${code})`);
  return new DomainError('gateway.in-doubt', `the mail server did not answer to the message (${code})`);
}

function textIn(error: object, name: string): string {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'string' ? value : '';
}

function numberIn(error: object, name: string): number {
  const value: unknown = Reflect.get(error, name);
  return typeof value === 'number' ? value : 0;
}
