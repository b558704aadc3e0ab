import { createHash } from 'node:crypto';
import type { Gateway } from '../../../activities/dependencies.ts';
import type { Instant } from '../../../rules/domain/civil-date.ts';
import { DomainError } from '../../../rules/domain/failures.ts';
import type { Delivery, Peer, SentFile } from '../peer.ts';

export interface OutsideDoors {
  readonly peers: readonly Peer[];
  readonly now: () => Instant;
  readonly onDelivery: (delivery: Delivery) => void;
}

/** Everyone we know through files only. What left us stays with them, whatever becomes of us; a file that comes twice is one file. */
export class Outside {
  readonly #sent = new Map<string, string>();
  readonly #doors: OutsideDoors;

  constructor(doors: OutsideDoors) {
    this.#doors = doors;
  }

  /** As the drop folder does it (activities/gateways/drop-folder.ts). */
  get gateway(): Gateway {
    return {
      deliver: async ({ key, files }) => {
        await Promise.resolve();
        for (const { folder, name, content } of files) this.take({ folder, name, content: latin1(content) });
        return `${key} taken`;
      },
      find: async ({ key, files }) => {
        await Promise.resolve();
        const isThere = files.every(({ folder, name, content }) => this.#sent.get(`${folder}/${name}`) === latin1(content));
        return isThere ? { kind: 'arrived', receipt: `${key} taken` } : { kind: 'absent' };
      },
    };
  }

  take({ folder, name, content }: SentFile): void {
    const path = `${folder}/${name}`;
    const known = this.#sent.get(path);
    if (known === content) return;
    if (known !== undefined) throw new DomainError('gateway.other-content', `${path} was delivered before with other content`);
    this.#sent.set(path, content);
    const at = this.#doors.now();
    for (const peer of this.#doors.peers)
      for (const delivery of peer.receive({ folder, name, content }, at)) this.#doors.onDelivery(delivery);
  }

  /** In the order in which they left. */
  get sent(): readonly SentFile[] {
    return [...this.#sent].map(([path, content]) => {
      const cut = path.lastIndexOf('/');
      return { folder: path.slice(0, cut), name: path.slice(cut + 1), content };
    });
  }

  /** One hash of all that left us, names and bytes, in order: the same seed gives the same. */
  get fingerprint(): string {
    const whole = createHash('sha256');
    for (const [path, content] of this.#sent) whole.update(`${path}\0${hashOf(content)}\n`);
    return whole.digest('hex');
  }
}

function latin1(content: Uint8Array): string {
  return Buffer.from(content).toString('latin1');
}

function hashOf(content: string): string {
  return createHash('sha256').update(content).digest('hex');
}
