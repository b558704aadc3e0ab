/** `npm start`: prepares a fresh clone when it needs it, then runs `main.ts` in this same process. */
import { prepare } from './prepare.mjs';
import { describeFailure } from './steps.mjs';

try {
  await prepare(console.log, { withDevelopmentTools: false });
  const { register } = await import('tsx/esm/api');
  register();
  const { main } = await import('./main.ts');
  await main(process.argv.slice(2));
} catch (error) {
  console.error(describeFailure(error));
  process.exit(1);
}
