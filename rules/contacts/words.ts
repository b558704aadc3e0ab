import type { ContactAnswer } from './allowed.ts';

/** One sentence per rule that refuses, and from when it may be. */
export function contactWords({ refusals, mayBeAt }: Extract<ContactAnswer, { readonly kind: 'refused' }>): string {
  const why = refusals.map(({ policyId, because }) => `${policyId}: ${because}`).join('; ');
  return `${why}; ${mayBeAt === null ? 'waiting does not help' : `it may be from ${mayBeAt} on`}`;
}
