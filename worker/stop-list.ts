import { messageOf } from '../rules/domain/failures.ts';
import type { Progress } from './steps.mjs';

interface Entry {
  readonly name: string;
  readonly stop: () => Promise<void>;
}

const PATIENCE_MS = 10_000;

/** What was started, to be stopped in the opposite order: those who use a server before the server. */
export class StopList {
  readonly #entries: Entry[] = [];
  readonly #progress: Progress;
  #stopping: Promise<void> | null = null;

  constructor(progress: Progress) {
    this.#progress = progress;
  }

  get isStopping(): boolean {
    return this.#stopping !== null;
  }

  /** `ended` tells that it ended by itself, which ends everything. */
  add(name: string, stop: () => Promise<void>, ended?: Promise<unknown>): void {
    this.#entries.push({ name, stop });
    void ended?.then(() => this.#endsUnasked(name));
  }

  /** npm repeats the signal that the terminal has sent already, so a second one means nothing. */
  obeySignals(): void {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void this.#stopAndExit(0));
  }

  stop(): Promise<void> {
    this.#stopping ??= this.#stopAll();
    return this.#stopping;
  }

  #endsUnasked(name: string): void {
    if (this.isStopping) return;
    this.#progress(`✗ ${name} ended unexpectedly; its log is in the data folder`);
    void this.#stopAndExit(1);
  }

  async #stopAndExit(code: number): Promise<void> {
    if (this.isStopping) return;
    this.#progress('stopping …');
    setTimeout(() => process.exit(1), PATIENCE_MS).unref();
    await this.stop();
    this.#progress('stopped');
    process.exit(code);
  }

  async #stopAll(): Promise<void> {
    for (const { name, stop } of this.#entries.reverse()) {
      await stop().catch((error: unknown) => this.#progress(`✗ ${name} did not stop: ${messageOf(error)}`));
    }
  }
}
