import type { FastifyBaseLogger, FastifyInstance, RawReplyDefaultExpression, RawRequestDefaultExpression, RawServerDefault } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Engine } from '../engine.ts';
import { Problem } from './problems.ts';

/** The server as routes see it: what they declare with zod is what their handlers get and may answer. */
export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** What the API asks of the engine. */
export type ServedEngine = Omit<Engine, 'close'>;

/** The account that the path names by its number or id. */
export async function accountNamed(
  engine: ServedEngine,
  name: string,
): Promise<NonNullable<Awaited<ReturnType<Engine['reads']['account']>>>> {
  const found = await engine.reads.account(name);
  if (found === null) throw new Problem(404, 'no-such-account', 'There is no account with this number or id.');
  return found;
}
