/** What the person at the terminal can mend: shown as its message alone, without a stack. */
export class StartProblem extends Error {
  name = 'StartProblem';
}

const SAY_SOMETHING_EVERY_MS = 10_000;

/**
 * Runs one step and says so: a line when it is done, and while it is not one every ten seconds. `usually` completes "40 s so far, …".
 * Dependency-free, because the first step is the one that installs the dependencies.
 */
export async function step(progress, { doing, done, usually }, work) {
  const startedAt = performance.now();
  const reminder = setInterval(() => {
    progress(
      `… ${doing}: ${inWords(Math.round((performance.now() - startedAt) / 1000) * 1000)} so far${usually ? `, usually ${usually}` : ''}`,
    );
  }, SAY_SOMETHING_EVERY_MS);
  try {
    const result = await work();
    progress(`✓ ${done} (${inWords(performance.now() - startedAt)})`);
    return result;
  } finally {
    clearInterval(reminder);
  }
}

function inWords(ms) {
  const seconds = ms / 1000;
  if (seconds < 60) return `${Number.isInteger(seconds) ? seconds : seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)}:${String(Math.floor(seconds % 60)).padStart(2, '0')} min`;
}

/** How a failed start ends: the message of a refusal or of a problem that the person can mend, and the whole error otherwise. */
export function describeFailure(error) {
  return error?.name === 'StartProblem' || error?.name === 'DomainError' ? `✗ ${error.message}` : error;
}
