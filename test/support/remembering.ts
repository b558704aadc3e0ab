import type { Knowledge } from '../../rules/lifecycle/contract.ts';

/** The same deadlines, each derived once: the policies are a function of what they are asked. */
export function remembering(knowledge: Knowledge): Knowledge {
  const known = new Map<string, ReturnType<Knowledge['deadline']>>();
  return {
    ...knowledge,
    deadline: (kind, about, anchors) => {
      const { payerId, payerClass, state, claimType, funding, contract } = about;
      const dates = Object.entries(anchors).flat().join();
      const key = `${kind} ${payerId} ${payerClass} ${state} ${claimType} ${funding} ${contract} ${dates}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const derived = knowledge.deadline(kind, about, anchors);
      known.set(key, derived);
      return derived;
    },
  };
}
