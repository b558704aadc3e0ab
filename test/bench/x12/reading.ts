/** What one reader found in one file, and what that cost its process. */
export interface Reading {
  readonly bytes: number;
  readonly claims: number;
  readonly paidCents: number | null;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}
