import type { StoredDraft } from '../../prisma/reads/rule-drafts.ts';
import { words } from '../../rules/lifecycle/describe.ts';

/** A draft of the rules as a person reads it, ending with what comes next. */
export function draftLines(draft: StoredDraft): readonly string[] {
  const { id, title, status, author, revision, baseNumber, contentHash, policy, publishAt, isEmergency, approvedBy } = draft;
  return [
    `Draft ${id}: ${title}`,
    `Status       ${status}${isEmergency ? ', an emergency' : ''}, revision ${revision}, made from publication ${baseNumber} by ${author}`,
    `Texts        ${contentHash}`,
    `Plan         ${publishAt === null ? 'as soon as it is published' : `not before ${publishAt}`}; running accounts: ${words(policy)}`,
    `Checks       ${checksWords(draft)}`,
    `What-if      ${draft.whatIf === null ? 'not made' : `report ${draft.whatIf.reportId}, over publication ${draft.whatIf.baseNumber}`}`,
    ...(approvedBy === null ? [] : [`Approved     by ${approvedBy}`]),
    ...(draft.reviewDueOn === null
      ? []
      : [`Review       ${draft.reviewedBy === null ? `due on ${draft.reviewDueOn}` : `by ${draft.reviewedBy}`}`]),
    `Next: ${nextStep(draft)}`,
  ];
}

function checksWords({ checks, contentHash }: StoredDraft): string {
  if (checks === null || checks.contentHash !== contentHash) return 'not run for these texts';
  return checks.ok ? 'passed' : `${checks.faults} faults, ${checks.failedTests} failed tests`;
}

function nextStep(draft: StoredDraft): string {
  const say = (deed: string, who = draft.author) => `recourse rules draft ${deed} ${draft.id} --by ${who === draft.author ? who : 'NAME'}`;
  switch (draft.status) {
    case 'draft':
      if (draft.checks?.contentHash !== draft.contentHash) return say('check');
      if (!draft.checks.ok) return `mend it, then ${say('save')} --from FOLDER`;
      if (draft.isEmergency) return say('publish');
      return draft.whatIf?.contentHash === draft.contentHash ? say('submit') : say('weigh');
    case 'submitted':
      return `a second person: ${say('approve', '')}`;
    case 'approved':
      return say('publish', '');
    case 'published':
      return draft.reviewDueOn !== null && draft.reviewedBy === null ? `a second person: ${say('review', '')}` : 'nothing, it is published';
    case 'withdrawn':
      return 'nothing, it was withdrawn';
  }
}
