/** Behind `recourse sandbox run`: a process of its own, because it starts servers. */
import { describeFailure } from './steps.mjs';

try {
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import('./sandbox.ts');
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  console.error(describeFailure(error));
  process.exitCode = 1;
}
