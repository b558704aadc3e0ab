/**
 * The second half of the import law, on what is left when types are erased: what workflow code reaches by any detour ends up in
 * the workflow bundle, and must be able to replay.
 */
const { options } = require('./.dependency-cruiser.cjs');

module.exports = {
  forbidden: [
    {
      name: 'workflow-reaches-only-what-replays',
      severity: 'error',
      comment: 'A value that a workflow imports leads to the calendar polyfill, the rules engine, the database or Node itself.',
      from: { path: '^workflows/' },
      to: {
        reachable: true,
        path: [
          '^rules/(engine|deadlines|x12|lifecycle)/',
          '^(prisma|activities|client|worker|test)/',
          'node_modules/(temporal-polyfill|json-rules-engine)/',
          '^(node:)?(fs|path|os|crypto|process|child_process)$',
        ],
      },
    },
  ],
  options: { ...options, tsPreCompilationDeps: false },
};
