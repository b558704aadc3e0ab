import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type DraftDeed, type RuleDraft, type Situation, stepDraft } from '../../../rules/administration/draft.ts';
import { civilDate, instant } from '../../../rules/domain/civil-date.ts';

const fresh: RuleDraft = {
  status: 'draft',
  author: 'ana',
  revision: 1,
  baseNumber: 7,
  contentHash: 'aaa',
  policy: 'nextDecision',
  publishAt: null,
  isEmergency: false,
  checks: null,
  whatIf: null,
  approvedBy: null,
  reviewDueOn: null,
  reviewedBy: null,
};
const checked: DraftDeed = { kind: 'check', result: { contentHash: 'aaa', ok: true, faults: 0, failedTests: 0 } };
const weighed: DraftDeed = { kind: 'weigh', result: { contentHash: 'aaa', baseNumber: 7, reportId: 'r1' } };
const at = { now: instant('2026-11-25T15:00:00Z'), today: civilDate('2026-11-25') };

interface Told {
  readonly by?: string;
  readonly live?: number;
  readonly seen?: number;
}

function situation({ by = 'ana', live = 7, seen }: Told = {}): Situation {
  return { ...at, by, liveNumber: live, seenRevision: seen ?? null };
}

/** The draft after these deeds, or the reason of the first refusal. */
function after(draft: RuleDraft, ...deeds: readonly (readonly [DraftDeed, Told?])[]): RuleDraft | string {
  let current = draft;
  for (const [deed, told] of deeds) {
    const step = stepDraft(current, deed, situation(told));
    if (step.kind === 'refused') return step.reason;
    current = step.draft;
  }
  return current;
}

const ben = { by: 'ben' };
const ready = [[checked], [weighed], [{ kind: 'submit' }]] as const;

function mostly<T>(usual: T, rare: T): fc.Arbitrary<T> {
  return fc.constantFrom(usual, usual, usual, usual, rare);
}

describe('a draft of the rules', () => {
  test('is published after checks, what-if and a second person', () => {
    expect(after(fresh, ...ready, [{ kind: 'approve' }, ben], [{ kind: 'publish' }, ben])).toMatchObject({
      status: 'published',
      approvedBy: 'ben',
      reviewDueOn: null,
      revision: 6,
    });
  });

  const refused: readonly (readonly [string, readonly (readonly [DraftDeed, Told?])[], RegExp])[] = [
    ['its author approves it', [...ready, [{ kind: 'approve' }]], /author cannot approve it: ask a second person/],
    ['it was not checked', [[weighed], [{ kind: 'submit' }]], /run its checks first/],
    [
      'its checks failed',
      [[{ kind: 'check', result: { contentHash: 'aaa', ok: false, faults: 2, failedTests: 1 } }], [weighed], [{ kind: 'submit' }]],
      /2 faults, 1 failed tests/,
    ],
    [
      'other texts were checked',
      [[checked], [weighed], [{ kind: 'save', contentHash: 'bbb' }], [{ kind: 'submit' }]],
      /run its checks first/,
    ],
    ['nobody saw what it changes', [[checked], [{ kind: 'submit' }]], /run its what-if first/],
    ['it is approved twice', [...ready, [{ kind: 'approve' }, ben], [{ kind: 'approve' }, { by: 'cleo' }]], /it is approved already/],
    [
      'two approve it at once',
      [...ready, [{ kind: 'approve' }, ben], [{ kind: 'approve' }, { by: 'cleo', seen: 4 }]],
      /changed in the meantime/,
    ],
    ['nobody approved it', [...ready, [{ kind: 'publish' }]], /cannot be published: it waits for approval/],
    ['nobody submitted it', [[checked], [weighed], [{ kind: 'publish' }]], /only an emergency is published without approval/],
    [
      'a newer version is live',
      [...ready, [{ kind: 'approve' }, ben], [{ kind: 'publish' }, { live: 8 }]],
      /other rules were published since \(number 8, this was made from 7\)/,
    ],
    ['somebody else saves it', [[{ kind: 'save', contentHash: 'bbb' }, ben]], /only its author changes a draft/],
    [
      'it is changed after publication',
      [...ready, [{ kind: 'approve' }, ben], [{ kind: 'publish' }], [{ kind: 'save', contentHash: 'c' }]],
      /make a new draft/,
    ],
    ['nobody says who publishes', [[{ kind: 'withdraw' }, { by: '' }]], /say who you are/],
  ];
  test.each(refused)('is refused when %s', (_, deeds, reason) => {
    expect(after(fresh, ...deeds)).toMatch(reason);
  });

  test('loses its approval when it is changed, and keeps it when the same is saved again', () => {
    const approved = [...ready, [{ kind: 'approve' }, ben]] as const;
    expect(after(fresh, ...approved, [{ kind: 'save', contentHash: 'bbb' }])).toMatchObject({
      status: 'draft',
      approvedBy: null,
      checks: null,
    });
    expect(after(fresh, ...approved, [{ kind: 'save', contentHash: 'aaa' }])).toMatchObject({ status: 'approved', approvedBy: 'ben' });
  });

  test('waits for its planned moment', () => {
    const plan: DraftDeed = { kind: 'plan', policy: 'now', publishAt: instant('2026-12-01T05:00:00Z'), isEmergency: false };
    expect(after(fresh, [plan], ...ready, [{ kind: 'approve' }, ben], [{ kind: 'publish' }])).toMatch(/planned for 2026-12-01T05:00/);
  });

  test('in an emergency is published by its author alone, checked, and reviewed by another in three days', () => {
    const plan: DraftDeed = { kind: 'plan', policy: 'now', publishAt: null, isEmergency: true };
    expect(after(fresh, [plan], [{ kind: 'publish' }])).toMatch(/run its checks first/);
    const published = after(fresh, [plan], [checked], [{ kind: 'publish' }]);
    expect(published).toMatchObject({ status: 'published', reviewDueOn: '2026-11-28' });
    expect(after(fresh, [plan], [checked], [{ kind: 'publish' }], [{ kind: 'review' }])).toMatch(/author cannot review it/);
    expect(after(fresh, [plan], [checked], [{ kind: 'publish' }], [{ kind: 'review' }, ben])).toMatchObject({ reviewedBy: 'ben' });
  });

  test('whatever is done in whatever order, what is published was checked, and approved by another or an emergency', () => {
    const deed: fc.Arbitrary<DraftDeed> = fc.oneof(
      fc.record({ kind: fc.constant('save' as const), contentHash: mostly('aaa', 'bbb') }),
      fc.record({
        kind: fc.constant('check' as const),
        result: fc.record({
          contentHash: mostly('aaa', 'bbb'),
          ok: mostly(true, false),
          faults: fc.constant(0),
          failedTests: fc.constant(0),
        }),
      }),
      fc.record({
        kind: fc.constant('weigh' as const),
        result: fc.record({ contentHash: mostly('aaa', 'bbb'), baseNumber: mostly(7, 8), reportId: fc.constant('r') }),
      }),
      fc.record({
        kind: fc.constant('plan' as const),
        policy: fc.constant('now' as const),
        publishAt: fc.constant(null),
        isEmergency: fc.boolean(),
      }),
      fc.constantFrom<DraftDeed>(
        { kind: 'rebase' },
        { kind: 'submit' },
        { kind: 'approve' },
        { kind: 'publish' },
        { kind: 'withdraw' },
        { kind: 'reject', why: 'no' },
      ),
    );
    const deeds = fc.array(fc.tuple(deed, fc.constantFrom('ana', 'ben'), mostly(7, 8)), { maxLength: 25 });
    let published = 0;
    fc.assert(
      fc.property(deeds, (list) => {
        let draft = fresh;
        for (const [each, by, live] of list) {
          const step = stepDraft(draft, each, situation({ by, live }));
          if (step.kind === 'refused') continue;
          if (each.kind === 'publish') {
            published += 1;
            expect(draft.checks).toMatchObject({ ok: true, contentHash: draft.contentHash });
            expect(draft.baseNumber).toBe(live);
            expect(draft.isEmergency || (draft.approvedBy !== null && draft.approvedBy !== draft.author)).toBe(true);
          }
          draft = step.draft;
        }
      }),
      { numRuns: 4_000, seed: 6 },
    );
    expect(published).toBeGreaterThan(5);
  });
});
