/** The workflows of the bundle: every account has one for its life, and every inbound file one for its way in. */
export { accountLifecycle } from './account-lifecycle.ts';
export { ingestFile } from './ingest-file.ts';
