import type { Engine } from '../engine.ts';
import { type ExitCode, exitCode } from './failure.ts';
import { type Answer, printed } from './output.ts';
import type { Terminal } from './terminal.ts';

/** One call of `recourse`: where it talks to, how it reaches the engine, and what became of it. */
export class Session {
  readonly terminal: Terminal;
  readonly #open: () => Promise<Engine>;
  isJson = false;
  exit: ExitCode = exitCode.done;

  constructor(terminal: Terminal, open: () => Promise<Engine>) {
    this.terminal = terminal;
    this.#open = open;
  }

  /** For a command that needs nothing but this clone. */
  say(answer: Answer): void {
    this.terminal.out(printed(answer, this.isJson));
    this.exit = answer.exit ?? exitCode.done;
  }

  /** For a command that asks the running engine. */
  async ask(question: (engine: Engine) => Promise<Answer>): Promise<void> {
    const engine = await this.#open();
    try {
      this.say(await question(engine));
    } finally {
      await engine.close();
    }
  }

  /** Replaces the line that stands below; nothing where nobody watches. */
  status(text: string): void {
    this.terminal.status?.(text);
  }

  progress(line: string): void {
    this.terminal.err(`${line}\n`);
  }
}
