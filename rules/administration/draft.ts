import { addDays, type CivilDate, type Instant } from '../domain/civil-date.ts';

/**
 * A change of the payer rules on its way to publication (RULES §4):
 *
 *   draft ── submit ──► submitted ── approve ──► approved ── publish ──► published
 *     ▲                     │ reject                 │ save (approval void)
 *     └─────────────────────┴────────────────────────┘        withdraw ends every one that is not published
 *
 * An emergency goes from draft to published by its author alone and is looked at by somebody else afterwards.
 */
export interface RuleDraft {
  readonly status: 'draft' | 'submitted' | 'approved' | 'published' | 'withdrawn';
  readonly author: string;
  /** Counts every change of the draft. */
  readonly revision: number;
  /** Number of the publication it was made from. */
  readonly baseNumber: number;
  /** Of its texts. */
  readonly contentHash: string;
  readonly policy: RunningPolicy;
  /** Not before that moment; null is at once. */
  readonly publishAt: Instant | null;
  readonly isEmergency: boolean;
  readonly checks: CheckSummary | null;
  readonly whatIf: WhatIfSummary | null;
  readonly approvedBy: string | null;
  readonly reviewDueOn: CivilDate | null;
  readonly reviewedBy: string | null;
}

/** What a publication means for accounts that run. */
export const runningPolicies = ['keepOld', 'nextDecision', 'now'] as const;
export type RunningPolicy = (typeof runningPolicies)[number];

/** Counts for the texts it was made of, and for no others. */
export interface CheckSummary {
  readonly contentHash: string;
  readonly ok: boolean;
  readonly faults: number;
  readonly failedTests: number;
}

export interface WhatIfSummary {
  readonly contentHash: string;
  readonly baseNumber: number;
  readonly reportId: string;
}

export type DraftDeed =
  | { readonly kind: 'save'; readonly contentHash: string }
  | { readonly kind: 'rebase' }
  | { readonly kind: 'plan'; readonly policy: RunningPolicy; readonly publishAt: Instant | null; readonly isEmergency: boolean }
  | { readonly kind: 'check'; readonly result: CheckSummary }
  | { readonly kind: 'weigh'; readonly result: WhatIfSummary }
  | { readonly kind: 'submit' }
  | { readonly kind: 'approve' }
  | { readonly kind: 'reject'; readonly why: string }
  | { readonly kind: 'withdraw' }
  | { readonly kind: 'publish' }
  | { readonly kind: 'review' };

/** By whom and when, and what is live at that moment. */
export interface Situation {
  readonly by: string;
  readonly now: Instant;
  readonly today: CivilDate;
  /** Number of the live publication. */
  readonly liveNumber: number;
  /** The revision the person saw; null where nobody looked (a scheduled publication). */
  readonly seenRevision: number | null;
}

export type DraftStep =
  | { readonly kind: 'done'; readonly draft: RuleDraft }
  /** In words, with what to do next. */
  | { readonly kind: 'refused'; readonly reason: string };

/** Days in which somebody else must look at what was published in an emergency. */
const reviewDays = 3;

/** Takes a draft one step further, or says why that must not be. Pure: the same draft, deed and situation give the same step. */
export function stepDraft(draft: RuleDraft, deed: DraftDeed, situation: Situation): DraftStep {
  const reason = refusalOf(draft, deed, situation);
  if (reason !== null) return { kind: 'refused', reason };
  return { kind: 'done', draft: { ...draft, ...changeOf(draft, deed, situation), revision: draft.revision + 1 } };
}

function refusalOf(draft: RuleDraft, deed: DraftDeed, situation: Situation): string | null {
  const { seenRevision } = situation;
  if (seenRevision !== null && seenRevision !== draft.revision)
    return `the draft was changed in the meantime (revision ${draft.revision}, you saw ${seenRevision}): look at it again and repeat`;
  return wrongStatus(draft, deed) ?? wrongPerson(draft, deed, situation) ?? notReady(draft, deed, situation);
}

const open = ['draft', 'submitted', 'approved'] as const;

/** Where each deed may happen. */
const allowedIn: Readonly<Record<DraftDeed['kind'], readonly RuleDraft['status'][]>> = {
  save: open,
  rebase: open,
  plan: open,
  check: open,
  weigh: open,
  submit: ['draft'],
  approve: ['submitted'],
  reject: ['submitted', 'approved'],
  withdraw: open,
  publish: ['draft', 'approved'],
  review: ['published'],
};

function wrongStatus(draft: RuleDraft, { kind }: DraftDeed): string | null {
  if (allowedIn[kind].includes(draft.status)) return null;
  const now: Readonly<Record<RuleDraft['status'], string>> = {
    draft: 'it is still a draft: submit it first',
    submitted: 'it waits for approval',
    approved: 'it is approved already',
    published: 'it is published: make a new draft',
    withdrawn: 'it was withdrawn: make a new draft',
  };
  return `the draft cannot be ${deedWords[kind]}: ${now[draft.status]}`;
}

/** What was done, as refusals and the audit say it. */
export const deedWords: Readonly<Record<DraftDeed['kind'], string>> = {
  save: 'saved',
  rebase: 'put on the live rules',
  plan: 'planned',
  check: 'checked',
  weigh: 'weighed',
  submit: 'submitted',
  approve: 'approved',
  reject: 'rejected',
  withdraw: 'withdrawn',
  publish: 'published',
  review: 'reviewed',
};

function wrongPerson({ author }: RuleDraft, { kind }: DraftDeed, { by }: Situation): string | null {
  if (by === '') return 'say who you are';
  if (kind === 'approve' && by === author) return 'its author cannot approve it: ask a second person';
  if (kind === 'review' && by === author) return 'its author cannot review it: ask a second person';
  if ((kind === 'save' || kind === 'rebase' || kind === 'plan') && by !== author)
    return 'only its author changes a draft: make your own from it';
  return null;
}

function notReady(draft: RuleDraft, deed: DraftDeed, { now, liveNumber }: Situation): string | null {
  switch (deed.kind) {
    case 'submit':
      return draft.isEmergency ? 'an emergency is published, not submitted' : (unproven(draft) ?? unweighed(draft, liveNumber));
    case 'approve':
      return unproven(draft) ?? unweighed(draft, liveNumber);
    case 'publish':
      if (draft.status === 'draft' && !draft.isEmergency) return 'only an emergency is published without approval: submit it';
      if (draft.publishAt !== null && draft.publishAt > now) return `it is planned for ${draft.publishAt}`;
      return outdated(draft, liveNumber) ?? unproven(draft);
    case 'review':
      if (!draft.isEmergency) return 'it was approved before it was published: there is nothing to review';
      return draft.reviewedBy === null ? null : 'it is reviewed already';
    default:
      return null;
  }
}

function unproven({ checks, contentHash }: RuleDraft): string | null {
  if (checks === null || checks.contentHash !== contentHash) return 'run its checks first: these texts were not checked';
  if (checks.ok) return null;
  return `its checks failed (${checks.faults} faults, ${checks.failedTests} failed tests): mend them first`;
}

function unweighed(draft: RuleDraft, liveNumber: number): string | null {
  const { whatIf, contentHash } = draft;
  const late = outdated(draft, liveNumber);
  if (late !== null) return late;
  if (whatIf === null || whatIf.contentHash !== contentHash || whatIf.baseNumber !== liveNumber)
    return 'run its what-if first: nobody has seen what these texts would change';
  return null;
}

function outdated({ baseNumber }: RuleDraft, liveNumber: number): string | null {
  if (baseNumber === liveNumber) return null;
  return `other rules were published since (number ${liveNumber}, this was made from ${baseNumber}): put it on the live rules and check it again`;
}

type Change = Partial<Omit<RuleDraft, 'revision'>>;

/** What was seen and approved counts only for what was seen. */
const unseen = { status: 'draft', approvedBy: null } as const;

function changeOf(draft: RuleDraft, deed: DraftDeed, { by, today, liveNumber }: Situation): Change {
  switch (deed.kind) {
    case 'save':
      return deed.contentHash === draft.contentHash ? {} : { ...unseen, contentHash: deed.contentHash, checks: null, whatIf: null };
    case 'rebase':
      return draft.baseNumber === liveNumber ? {} : { ...unseen, baseNumber: liveNumber, whatIf: null };
    case 'plan':
      return { ...unseen, policy: deed.policy, publishAt: deed.publishAt, isEmergency: deed.isEmergency };
    case 'check':
      return { checks: deed.result };
    case 'weigh':
      return { whatIf: deed.result };
    case 'submit':
      return { status: 'submitted' };
    case 'approve':
      return { status: 'approved', approvedBy: by };
    case 'reject':
      return unseen;
    case 'withdraw':
      return { status: 'withdrawn' };
    case 'publish':
      return { status: 'published', reviewDueOn: draft.isEmergency ? addDays(today, reviewDays) : null };
    case 'review':
      return { reviewedBy: by };
  }
}
