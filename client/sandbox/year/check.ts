/** One thing that must hold, and what speaks against it; at most a few findings are named. */
export interface Check {
  readonly name: string;
  readonly holds: boolean;
  readonly says: string;
  readonly against: readonly string[];
}

const mostNamed = 5;

export function check(name: string, against: readonly string[], says: string): Check {
  const more = against.length > mostNamed ? [`and ${against.length - mostNamed} more`] : [];
  return { name, holds: against.length === 0, says, against: [...against.slice(0, mostNamed), ...more] };
}
