export type Progress = (line: string) => void;

export declare class StartProblem extends Error {}

export interface StepWords {
  readonly doing: string;
  readonly done: string;
  readonly usually?: string;
}

export declare function step<T>(progress: Progress, words: StepWords, work: () => Promise<T>): Promise<T>;

export declare function describeFailure(error: unknown): unknown;
