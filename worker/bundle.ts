import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleWorkflowCode, type WorkflowBundleOption } from '@temporalio/worker';
import { quiet } from './log.ts';

const root = join(import.meta.dirname, '..');
const cache = join(root, '.cache');
const PREFIX = 'workflows-';

/** The workflow code as workers load it: made once per state of its sources, so that a warm start needs no bundler. */
export async function workflowBundle(): Promise<WorkflowBundleOption> {
  const codePath = join(cache, `${PREFIX}${sourceHash()}.js`);
  if (!existsSync(codePath)) await bundle(codePath);
  return { codePath };
}

async function bundle(codePath: string): Promise<void> {
  const { code } = await bundleWorkflowCode({ workflowsPath: join(root, 'workflows', 'index.ts'), logger: quiet });
  mkdirSync(cache, { recursive: true });
  for (const name of readdirSync(cache)) if (name.startsWith(PREFIX) && name.endsWith('.js')) rmSync(join(cache, name), { force: true });
  // Under another name first: a second process must never load half a file.
  const unfinished = `${codePath}.${process.pid}`;
  writeFileSync(unfinished, code);
  renameSync(unfinished, codePath);
}

/** Everything that can end up in the bundle: workflows, the domain they take values from, and the SDK. */
function sourceHash(): string {
  const hash = createHash('sha256').update(sdkVersion());
  for (const folder of ['workflows', 'rules/domain']) {
    for (const name of readdirSync(join(root, folder)).sort()) {
      if (name.endsWith('.ts')) hash.update(name).update(readFileSync(join(root, folder, name)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

function sdkVersion(): string {
  return readFileSync(join(root, 'node_modules/@temporalio/workflow/package.json'), 'utf8');
}
