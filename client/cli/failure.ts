/** What the exit code says; documented in `recourse --help`. */
export const exitCode = {
  done: 0,
  /** The answer is "no": a check failed, something was refused or not found. */
  no: 1,
  wrongUsage: 2,
  notReachable: 3,
} as const;
export type ExitCode = (typeof exitCode)[keyof typeof exitCode];

/** Ends a command: what happened, where, and what to do next. */
export class CommandFailure extends Error {
  override readonly name = 'CommandFailure';
  readonly exit: ExitCode;
  readonly where: string;
  readonly next: string;
  constructor(failure: { readonly exit: ExitCode; readonly what: string; readonly where: string; readonly next: string }) {
    super(failure.what);
    this.exit = failure.exit;
    this.where = failure.where;
    this.next = failure.next;
  }
}
