import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { applied, type Mutant } from './mutants.ts';

const root = join(import.meta.dirname, '../..');
const copied = ['rules', 'prisma', 'activities', 'workflows', 'client', 'worker', 'test', 'package.json', 'jest.config.mjs'];

/** Quick suites first: most mutants end there. Together they are every unit suite of the pure core. */
const stages = [
  'test/rules/(deadlines|contracts|civil-date|money|denial)|test/client/cli-deadlines|test/scenarios/stories',
  'test/rules/(collection|plans|statements|vendors)|test/rules/lifecycle/(?!invariants|rules-changed|vendor-lives|remittance-order|plan-lives|extraordinary)',
  'test/rules/(facts|packs)|test/rules/lifecycle/(invariants|rules-changed|vendor-lives|remittance-order|plan-lives|extraordinary)',
];
/** Of random accounts, in place of the 20,000 of `npm test`. */
const sequences = '1000';

/** How the tests took a mutant. */
export type Outcome = 'killed' | 'timedOut' | 'survived';

/** A temporary copy of the repository in which one mutant after the other is tried. The working tree is only read. */
export class Lane {
  readonly #folder = mkdtempSync(join(tmpdir(), 'recourse-mutants-'));
  #running: ChildProcess | null = null;
  #isClosed = false;
  /** By stage; nothing while nobody knows. */
  readonly #usualMs = new Map<string, number>();

  constructor() {
    for (const name of copied) cpSync(join(root, name), join(this.#folder, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(this.#folder, 'node_modules'));
  }

  /** Runs the tests without any mutant, for the time they take. @throws when they fail: then their failing says nothing */
  async checkUnchanged(): Promise<void> {
    for (const stage of stages) {
      const startedAt = performance.now();
      if ((await this.#tests(stage)) !== 'survived')
        throw new Error(`tests fail without any mutant; run them alone with SEQUENCES=${sequences} to see why: ${stage}`);
      this.#usualMs.set(stage, performance.now() - startedAt);
    }
  }

  async try(mutant: Mutant): Promise<Outcome> {
    const path = join(this.#folder, mutant.file);
    const text = readFileSync(path, 'utf8');
    writeFileSync(path, applied(text, mutant));
    try {
      for (const stage of stages) {
        const outcome = await this.#tests(stage);
        if (outcome !== 'survived') return outcome;
      }
      return 'survived';
    } finally {
      if (!this.#isClosed) writeFileSync(path, text);
    }
  }

  /** Ends the tests that run and removes the copy. */
  close(): void {
    this.#isClosed = true;
    this.#running?.kill('SIGKILL');
    rmSync(this.#folder, { recursive: true, force: true, maxRetries: 5 });
  }

  #tests(pattern: string): Promise<Outcome> {
    if (this.#isClosed) throw new Error('interrupted');
    const jest = ['--experimental-vm-modules', '--no-warnings', join(this.#folder, 'node_modules/jest/bin/jest.js')];
    const which = ['--selectProjects', 'unit', '--testPathPatterns', pattern, '--bail', '--runInBand', '--silent'];
    const own = ['--cacheDirectory', join(this.#folder, '.jest')];
    return new Promise((resolve, reject) => {
      const env = { ...process.env, SEQUENCES: sequences };
      const child = spawn(process.execPath, [...jest, ...which, ...own], { cwd: this.#folder, stdio: 'ignore', env });
      this.#running = child;
      let late = false;
      // A mutant may make a loop endless.
      const usualMs = this.#usualMs.get(pattern);
      const mostMs = usualMs === undefined ? 600_000 : 4 * usualMs;
      const timer = setTimeout(() => {
        late = true;
        child.kill('SIGKILL');
      }, mostMs);
      child.on('error', reject);
      child.on('exit', (code) => {
        clearTimeout(timer);
        this.#running = null;
        resolve(late ? 'timedOut' : code === 0 ? 'survived' : 'killed');
      });
    });
  }
}
