/** How people call a task that has no account: `unmatched/1a2b3c4d`, by the last eight digits of its id. */
export function unmatchedName(id: string): string {
  return `unmatched/${id.slice(-8)}`;
}
