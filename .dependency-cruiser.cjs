/**
 * The import law of ARCHITECTURE.md: a layer may use what lies beneath it, and nothing else. Whatever `allowed` does not name is
 * an error, so a new folder starts forbidden.
 */

const RULES_DATA = '^rules/(sets|reference)/';
const WORKFLOW_CONTRACT = '^activities/(index|types|dependencies)[.]ts$';

/** One line per layer: which of the repository's own modules it may import as values (types go the same ways). */
const layers = [
  { from: '^rules/domain/', to: ['^rules/domain/', RULES_DATA] },
  { from: '^rules/x12/', to: ['^rules/(domain|x12)/', RULES_DATA] },
  { from: '^rules/matching/', to: ['^rules/(domain|matching)/'] },
  { from: '^rules/deadlines/', to: ['^rules/(domain|deadlines)/', RULES_DATA] },
  { from: '^rules/contracts/', to: ['^rules/(domain|contracts)/', RULES_DATA] },
  { from: '^rules/vendors/', to: ['^rules/(domain|deadlines|vendors)/', RULES_DATA] },
  { from: '^rules/engine/', to: ['^rules/(domain|engine)/', RULES_DATA] },
  { from: '^rules/lifecycle/', to: ['^rules/(domain|contracts|vendors|deadlines|engine|lifecycle)/', RULES_DATA] },
  { from: '^rules/administration/', to: ['^rules/(domain|deadlines|engine|lifecycle|administration)/', RULES_DATA] },
  { from: '^prisma/', to: ['^rules/', '^prisma/'] },
  { from: '^activities/', to: ['^rules/', '^prisma/', '^activities/'] },
  { from: '^workflows/', to: ['^rules/domain/(?!civil-date[.])', '^workflows/'] },
  { from: '^client/', to: ['^rules/', '^workflows/', '^prisma/reads/', '^prisma/client[.]ts$', '^client/'] },
  { from: '^worker/', to: ['^(rules|prisma|activities|workflows|client|worker)/'] },
  { from: '^test/', to: ['^(rules|prisma|activities|workflows|client|worker|test)/'] },
];

/** Edges that vanish when types are erased. */
const typeOnlyEdges = [
  { from: '^workflows/', to: ['^rules/', '^activities/'] },
  { from: '^client/', to: ['^activities/', '^prisma/'] },
];

/** The client's own writes (DESIGN §2): everything else changes an account through a workflow update or signal. */
const CLIENT_WRITES =
  '^prisma/writes/(inbound|task-form|attachments|rule-(draft|pause)|what-if|bulk-plan|run-doubt|user|api-key|access-log)';

const OUTSIDE = '(^|/)node_modules/';

module.exports = {
  allowedSeverity: 'error',
  allowed: [
    ...layers.map(({ from, to }) => ({ from: { path: from }, to: { path: to } })),
    ...typeOnlyEdges.map(({ from, to }) => ({ from: { path: from }, to: { path: to, dependencyTypes: ['type-only'] } })),
    { from: { path: '^client/' }, to: { path: CLIENT_WRITES } },
    {
      from: { path: '^([.]dependency-cruiser-runtime[.]cjs|jest[.]config[.]mjs|prisma[.]config[.]ts|[.]dependency-cruiser[.]cjs)$' },
      to: {},
    },
    { from: {}, to: { path: OUTSIDE } },
    { from: { pathNot: '^(rules|workflows)/' }, to: { dependencyTypes: ['core'] } },
  ],
  forbidden: [
    { name: 'no-cycles', severity: 'error', comment: 'Cut the cycle: one of the two knows too much.', from: {}, to: { circular: true } },
    {
      name: 'no-orphans',
      severity: 'error',
      comment: 'Nothing imports this and it imports nothing: delete it, or use it.',
      from: {
        orphan: true,
        pathNot: [
          '[.](c|m)js$',
          '^prisma/generated/',
          '^test/support/global-',
          '[.]config[.]',
          '[.]d[.]m?ts$',
          '^rules/domain/',
          '^workflows/index[.]ts$',
        ],
      },
      to: {},
    },
    {
      name: 'unresolvable',
      severity: 'error',
      comment: 'The imported module does not exist.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'not-declared',
      severity: 'error',
      comment: 'The package is not in package.json; it is here only because another package brought it.',
      from: {},
      to: { dependencyTypes: ['npm-no-pkg', 'npm-unknown'] },
    },
    {
      name: 'product-uses-development-package',
      severity: 'error',
      comment: 'A package of devDependencies is missing where the product runs.',
      from: {
        path: '^(rules|prisma|activities|workflows|client|worker)/',
        pathNot: '^prisma/(drift|schema-engine|shadow-database)[.]mjs$',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'], pathNot: 'node_modules/@types/' },
    },
    {
      name: 'nothing-imports-test',
      severity: 'error',
      comment: 'What we promise is not part of what we ship.',
      from: { pathNot: '^(test/|jest[.]config)' },
      to: { path: '^test/' },
    },
    {
      name: 'rules-packages',
      severity: 'error',
      comment: 'rules/ is pure: the few packages it may use are named here. temporal-polyfill only in civil-date.ts.',
      from: { path: '^rules/' },
      to: { path: OUTSIDE, pathNot: 'node_modules/(json-rules-engine|jsonpath-plus|zod|temporal-polyfill|jsonc-parser)/' },
    },
    {
      name: 'one-calendar',
      severity: 'error',
      comment: 'Civil dates are made in rules/domain/civil-date.ts, so that workflow code never meets the polyfill.',
      from: { pathNot: '^(rules/domain/civil-date[.]ts|test/)' },
      to: { path: 'node_modules/temporal-polyfill/' },
    },
    {
      name: 'workflow-packages',
      severity: 'error',
      comment: 'Workflow code sees @temporalio/workflow and @temporalio/common, and nothing that could break a replay.',
      from: { path: '^workflows/' },
      to: { path: OUTSIDE, pathNot: 'node_modules/@temporalio/(workflow|common)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'workflow-sees-the-contract-only',
      severity: 'error',
      comment: 'A workflow takes the types of activities from their front door.',
      from: { path: '^workflows/' },
      to: { path: '^activities/', pathNot: WORKFLOW_CONTRACT },
    },
  ],
  options: {
    doNotFollow: { path: [OUTSIDE, '^prisma/generated/'] },
    exclude: { path: ['^data/', '^[.]cache/'] },
    tsPreCompilationDeps: 'specify',
    tsConfig: { fileName: 'tsconfig.json' },
    detectProcessBuiltinModuleCalls: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.mjs', '.js', '.cjs', '.json', '.d.ts'],
    },
  },
};
