import type { Gateway, Parcel, Whereabouts } from '../../activities/dependencies.ts';
import type { PrismaClient } from '../../prisma/client.ts';

/** What an in-process kill looks like from outside: nothing of the process goes on, and nothing more is written. */
export class Killed extends Error {}

/** Counts every statement, commit and step of a delivery, and dies at one of them. */
export class Mortality {
  #passed = 0;
  #isDead = false;
  readonly #diesAt: number | string;

  /** At the point of that number, or the first of that name. */
  constructor(diesAt: number | string) {
    this.#diesAt = diesAt;
  }

  point(where: string): void {
    this.#passed += 1;
    const isNow = typeof this.#diesAt === 'string' ? where === this.#diesAt : this.#passed >= this.#diesAt;
    this.#isDead ||= isNow;
    if (this.#isDead) throw new Killed(`killed at ${where}`);
  }

  /** Dies before each statement and each commit, and after each commit. */
  database(prisma: PrismaClient): PrismaClient {
    const counted = prisma.$extends({
      query: {
        $allOperations: async ({ operation, args, query }) => {
          this.point(`statement ${operation}`);
          return query(args);
        },
      },
    });
    return new Proxy(prisma, {
      get: (_, name) => {
        if (name !== '$transaction') return Reflect.get(counted, name);
        return async (work: (tx: unknown) => Promise<unknown>, options: object) => {
          const result = await counted.$transaction(async (tx) => {
            const done = await work(tx);
            this.point('the commit');
            return done;
          }, options);
          this.point('the next step after a commit');
          return result;
        };
      },
    });
  }

  gateway(inner: Gateway): Gateway {
    const around = async <T>(what: string, act: () => Promise<T>): Promise<T> => {
      this.point(`before ${what}`);
      const result = await act();
      this.point(`after ${what}`);
      return result;
    };
    return {
      deliver: async (parcel) => around('the delivery', async () => inner.deliver(parcel)),
      find: async (parcel) => around('the question whether it arrived', async () => inner.find(parcel)),
    };
  }
}

/** A receiver as an e-mail or fax service is one: it takes what comes, twice when it comes twice. `tells` is whether it can be asked. */
export class Receiver implements Gateway {
  readonly taken: string[] = [];
  readonly #tells: boolean;

  constructor(tells: boolean) {
    this.#tells = tells;
  }

  deliver({ key }: Parcel): Promise<string> {
    this.taken.push(key);
    return Promise.resolve(`receipt of ${key}`);
  }

  find({ key }: Parcel): Promise<Whereabouts> {
    if (!this.#tells) return Promise.resolve({ kind: 'cannotTell' });
    return Promise.resolve(this.taken.includes(key) ? { kind: 'arrived', receipt: `receipt of ${key}` } : { kind: 'absent' });
  }
}
