import type { ProposalEntry } from '../../prisma/reads/proposals.ts';
import { proposalStates } from '../../rules/lifecycle/proposals.ts';
import type { StoredBulk } from '../bulk.ts';
import type { BulkView, ProposalView } from './people-shapes.ts';

export function proposalViewOf(entry: ProposalEntry): ProposalView {
  return { ...entry, state: proposalStates.find((state) => state === entry.state) ?? 'composed' };
}

export function bulkViewOf({ rows, work: _work, ...bulk }: StoredBulk): BulkView {
  const shown = rows.map(({ fingerprint: _fingerprint, effects, result, ...row }) => ({
    ...row,
    effects: [...effects],
    result: results.find((r) => r === result) ?? null,
  }));
  return { ...bulk, left: rows.filter(({ refusal, result }) => refusal === null && result === null).length, rows: shown };
}

const results = ['done', 'refused', 'changed'] as const;
