import { STATUS_CODES } from 'node:http';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { DomainError } from '../../rules/domain/failures.ts';
import { isUnreachable } from '../unreachable.ts';

/** RFC 9457. `errors` names the fields that do not fit; never what stood in them. */
export const problem = z
  .object({
    type: z.string().meta({ example: 'urn:recourse:problem:task-refused' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    errors: z.array(z.object({ field: z.string(), message: z.string() })).optional(),
  })
  .meta({ description: 'application/problem+json' });
export type ProblemDocument = z.output<typeof problem>;

export const problemType = 'application/problem+json';

/** Ends a request with a problem. `code` is stable and part of the contract. */
export class Problem extends Error {
  override readonly name = 'Problem';
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

/** `problems(404, 409)`: these answers of a route, declared for OpenAPI. */
export function problems<S extends number>(...statuses: readonly S[]): Record<S, typeof problem>;
export function problems(...statuses: readonly number[]): Record<number, typeof problem> {
  return Object.fromEntries(statuses.map((status) => [status, problem]));
}

/** What is refused by name is the caller's to put right. */
export async function refusing<T>(answer: Promise<T>): Promise<T> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof DomainError) throw new Problem(422, error.code.replace('.', '-'), error.message);
    throw error;
  }
}

/** Everything that goes wrong leaves as a problem; what we did not write ourselves is not repeated, it may quote what was sent. */
export function answerWithProblems(app: FastifyInstance): void {
  app.setErrorHandler((error, _request, reply) => send(reply, documentOf(error)));
  app.setNotFoundHandler((_request, reply) =>
    send(reply, document(404, 'not-found', 'There is nothing at this address; /docs shows what there is.')),
  );
}

function send(reply: FastifyReply, body: ProblemDocument): FastifyReply {
  // As text: the serializers are those of the routes' own answers.
  return reply.status(body.status).type(problemType).serializer(JSON.stringify).send(body);
}

function documentOf(error: unknown): ProblemDocument {
  if (error instanceof Problem) return document(error.status, error.code, error.message);
  if (hasZodFastifySchemaValidationErrors(error)) {
    const { validationContext = 'body' } = error;
    const errors = error.validation.map(({ instancePath, message }) => ({
      field: `${validationContext}${instancePath.replaceAll('/', '.')}`,
      message: message ?? 'does not fit',
    }));
    return { ...document(400, 'invalid-request', 'Some fields do not fit; see errors.'), errors };
  }
  if (isUnreachable(error))
    return document(503, 'engine-unreachable', 'A server of the engine does not answer; recourse doctor says which.');
  const status = statusOf(error);
  if (status < 500) return document(status, 'bad-request', details[status] ?? 'The request cannot be read; /docs shows what is expected.');
  return document(500, 'internal', 'Something went wrong here; recourse doctor may say what.');
}

const details: Readonly<Record<number, string>> = {
  400: 'The body cannot be read as JSON.',
  413: 'The body is too large.',
  415: 'The content type is not one that this address takes.',
};

function document(status: number, code: string, detail: string): ProblemDocument {
  return { type: `urn:recourse:problem:${code}`, title: STATUS_CODES[status] ?? 'Problem', status, detail };
}

function statusOf(error: unknown): number {
  const status = typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 500;
  return Number.isInteger(status) && status >= 400 && status <= 599 ? status : 500;
}
