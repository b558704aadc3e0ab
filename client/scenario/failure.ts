/** One thing a scenario said that is not so. */
export interface Failure {
  readonly what: string;
  readonly expected: string;
  readonly came: string;
}
