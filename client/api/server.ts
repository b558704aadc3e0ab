import swagger from '@fastify/swagger';
import swaggerUi from '@fastify/swagger-ui';
import { ruleSetSchema, schemaPath } from '../../rules/engine/schema.ts';
import { fastify } from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler, type ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Api, ServedEngine } from './app.ts';
import { isForeign, namesLoopback, requireLoopback } from './loopback.ts';
import { answerWithProblems, Problem } from './problems.ts';
import { accountRoutes } from './routes/accounts.ts';
import { assistanceRoutes } from './routes/assistance.ts';
import { bulkRoutes } from './routes/bulks.ts';
import { contactRoutes } from './routes/contacts.ts';
import { deadlineProofRoutes } from './routes/deadline-proofs.ts';
import { fileRoutes } from './routes/files.ts';
import { placementFileRoutes } from './routes/placement-files.ts';
import { healthRoutes } from './routes/health.ts';
import { letterRoutes } from './routes/letters.ts';
import { statementRoutes } from './routes/statements.ts';
import { holdRoutes } from './routes/holds.ts';
import { peopleRoutes } from './routes/people.ts';
import { planRoutes } from './routes/plans.ts';
import { queueRoutes } from './routes/queues.ts';
import { ruleCoverageRoutes } from './routes/rule-coverage.ts';
import { ruleDraftRoutes } from './routes/rule-drafts.ts';
import { ruleRoutes } from './routes/rules.ts';
import { taskRoutes } from './routes/tasks.ts';
import { unmatchedRoutes } from './routes/unmatched.ts';
import { vendorRoutes } from './routes/vendors.ts';

export interface ApiOptions {
  readonly engine: ServedEngine;
  /** Of this machine; any other is refused while there is no sign-in. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
}

export interface RunningApi {
  /** Without a slash at the end; the documentation is at `/docs`. */
  readonly url: string;
  /** Requests under way are answered first. */
  close(): Promise<void>;
}

/** Every read of the engine, the completion of tasks and the intake of files. @throws DomainError `api.not-loopback` */
export async function startApi({ engine, host, port }: ApiOptions): Promise<RunningApi> {
  requireLoopback(host);
  const app = await createApi(engine);
  const url = await app.listen({ host, port });
  return { url, close: () => app.close() };
}

/** The server before it listens. */
export async function createApi(engine: ServedEngine): Promise<Api> {
  const app: Api = fastify({ logger: false, bodyLimit: 64 * 1024, forceCloseConnections: 'idle' }).withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerWithProblems(app);
  app.addHook('onRequest', async ({ headers }) => {
    if (!namesLoopback(headers.host))
      throw new Problem(421, 'foreign-host', 'This API answers under a name of this machine only, such as 127.0.0.1.');
    if (isForeign(headers.origin, headers.host)) throw new Problem(403, 'foreign-origin', 'A page of another site may not use this API.');
  });
  await document(app);
  const all = [
    accountRoutes,
    taskRoutes,
    peopleRoutes,
    assistanceRoutes,
    holdRoutes,
    planRoutes,
    bulkRoutes,
    contactRoutes,
    unmatchedRoutes,
    queueRoutes,
    fileRoutes,
    placementFileRoutes,
    letterRoutes,
    statementRoutes,
    ruleCoverageRoutes,
    ruleRoutes,
    ruleDraftRoutes,
    deadlineProofRoutes,
    vendorRoutes,
    healthRoutes,
  ];
  for (const routes of all) routes(app, engine);
  app.get(schemaPath, { schema: { hide: true } }, ruleSetSchema);
  app.get('/openapi.json', { schema: { hide: true } }, () => app.swagger());
  await app.ready();
  return app;
}

async function document(app: Api): Promise<void> {
  const info = {
    title: 'Recourse',
    version: '1',
    description:
      'What happens after a medical claim was sent. Errors are application/problem+json; amounts are whole cents, dates are civil.',
  };
  await app.register(swagger, { openapi: { openapi: '3.1.0', info }, transform: jsonSchemaTransform });
  await app.register(swaggerUi, { routePrefix: '/docs' });
}
