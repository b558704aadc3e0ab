import { Context } from '@temporalio/activity';

/** What a long activity has come to, for whoever watches it; no word of what it reads. */
export interface Progress {
  readonly bytes: number;
  readonly percent: number;
  readonly claims: number;
  /** Claims per second since this attempt began. */
  readonly rate: number;
}

export interface Pulse {
  /** @throws when the activity was cancelled, or its worker stops: what was stored until then stays, and the next attempt goes on. */
  beat(progress: Progress): void;
  stop(): void;
}

const beatEveryMs = 5_000;

/** Tells Temporal every few seconds that the activity lives, also during a long statement. Outside of an activity it does nothing. */
export function startPulse(): Pulse {
  const context = contextOrNull();
  if (context === null) return { beat: () => undefined, stop: () => undefined };
  let last: Progress | null = null;
  const timer = setInterval(() => context.heartbeat(last), beatEveryMs);
  timer.unref();
  return {
    beat: (progress) => {
      last = progress;
      context.cancellationSignal.throwIfAborted();
    },
    stop: () => clearInterval(timer),
  };
}

function contextOrNull(): Context | null {
  try {
    return Context.current();
  } catch {
    return null;
  }
}
