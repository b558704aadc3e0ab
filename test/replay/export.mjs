/**
 * Records the histories that `replay.test.ts` replays, on a Temporal server of its own. Run it only when a new shape is wanted: a history
 * that no longer replays is a change that running accounts would not survive, and is met with a patch, not with a new recording.
 */
import { register } from 'tsx/esm/api';

register();
const { recordHistories } = await import('./record.ts');
await recordHistories();
