/**
 * The workflows of the bundle: every account has one for its life, every inbound file one for its way in, and what could not be matched one for its
 * settling; a publication of rules has one until every account knows, a deadline proof one while it looks,
 * what was gathered one while it is sent, and the money of vendors one while it is looked for.
 */
export { accountLifecycle } from './account-lifecycle.ts';
export { deadlineProof } from './deadline-proof.ts';
export { ingestFile } from './ingest-file.ts';
export { destinationRun, outboundRun } from './outbound-run.ts';
export { rulePublication } from './rule-publication.ts';
export { ruleResumption } from './rule-resumption.ts';
export { settleUnmatched } from './settle-unmatched.ts';
export { vendorLook } from './vendor-look.ts';
