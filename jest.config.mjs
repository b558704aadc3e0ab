const transform = {
  '^.+\\.ts$': [
    '@swc/jest',
    {
      jsc: { parser: { syntax: 'typescript' }, target: 'es2023', experimental: { keepImportAttributes: true } },
      module: { type: 'es6' },
      sourceMaps: 'inline',
    },
  ],
};

const common = {
  rootDir: import.meta.dirname,
  testEnvironment: 'node',
  extensionsToTreatAsEsm: ['.ts'],
  transform,
  transformIgnorePatterns: ['/node_modules/'],
  modulePathIgnorePatterns: ['<rootDir>/data', '<rootDir>/.cache'],
};

/** `unit` needs nothing but Node; `int` (`*.int.test.ts`) gets one PostgreSQL, one Temporal server and one workflow bundle for the whole run. */
export default {
  // Enough for a busy machine; Jest takes it here only, not per project.
  testTimeout: 60_000,
  // Jest would leave one core alone; with two cores that is half of the machine.
  maxWorkers: '100%',
  // What many suites leave behind slows the last ones down.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/test/servers-first.mjs',
  projects: [
    { ...common, displayName: 'unit', testMatch: ['<rootDir>/test/**/*.test.ts'], testPathIgnorePatterns: ['\\.int\\.test\\.ts$'] },
    {
      ...common,
      displayName: 'int',
      testMatch: ['<rootDir>/test/**/*.int.test.ts'],
      globalSetup: '<rootDir>/test/support/global-setup.ts',
      globalTeardown: '<rootDir>/test/support/global-teardown.ts',
    },
  ],
};
