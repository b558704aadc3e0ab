import type { PrismaClient } from '../prisma/client.ts';
import { readClaimsByKey, readSimilarClaims } from '../prisma/reads/known-claims.ts';
import { readSentFiles } from '../prisma/reads/sent-files.ts';
import { readRemittanceClaim, readUnmatchedItem, type UnmatchedTask } from '../prisma/reads/unmatched.ts';
import { isFileAnswer, type UnmatchedItem } from '../rules/domain/unmatched.ts';
import { acknowledgedDescription, remittedDescription, statusDescription, submittedDescription } from '../rules/matching/describe.ts';
import type { ClaimDescription } from '../rules/matching/evidence.ts';
import { type Candidate, mostCandidates, rankCandidates } from '../rules/matching/rank.ts';
import { rankSentFiles } from '../rules/matching/rank-sent.ts';

/** To whom it may belong as far as is known now: what came after the task was opened counts too. An ended task shows what it was opened with. */
export async function candidatesNow(prisma: PrismaClient, task: UnmatchedTask): Promise<readonly Candidate[]> {
  const item = task.status === 'open' ? await readUnmatchedItem(prisma, task.id) : null;
  if (isFileAnswer(item)) {
    const level = item.kind === 'functional' ? 'group' : 'interchange';
    return rankSentFiles(item, await readSentFiles(prisma, { level, by: item.envelope.sentOn }));
  }
  const said = item === null ? null : await described(prisma, item);
  if (said === null) return task.candidates;
  const [similar = []] = await readSimilarClaims(prisma, [said.description]);
  const named = [...(await readClaimsByKey(prisma, said.keys)).values()];
  const now = rankCandidates(said.description, [...similar, ...named]);
  const before = task.candidates.filter(({ accountId }) => !now.some((one) => one.accountId === accountId));
  return [...now, ...before].slice(0, mostCandidates);
}

interface Described {
  readonly description: ClaimDescription;
  /** Which it names, believed or not. */
  readonly keys: readonly string[];
}

/** Null when it describes no claim. */
async function described(prisma: PrismaClient, item: UnmatchedItem): Promise<Described | null> {
  switch (item.kind) {
    case 'remittanceClaim': {
      const stored = await readRemittanceClaim(prisma, item.remittanceClaimId);
      if (stored === null) return null;
      return { description: remittedDescription(stored.payerId, stored.claim), keys: [stored.claim.submissionKey] };
    }
    case 'acknowledgement':
      return { description: acknowledgedDescription(item.acknowledgement), keys: [item.acknowledgement.submissionKey] };
    case 'status':
      return { description: statusDescription(item.answer), keys: [item.answer.submissionKey ?? item.answer.trace] };
    case 'documents':
      return {
        description: statusDescription(item.request),
        keys: item.request.submissionKey === null ? [] : [item.request.submissionKey],
      };
    case 'claim':
      return { description: submittedDescription(item.claim), keys: [] };
    default:
      return null;
  }
}
