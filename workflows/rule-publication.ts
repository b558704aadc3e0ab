/**
 * One draft of the payer rules, from approved to known everywhere. It waits for the moment it is planned for, makes the draft the live
 * rules, and tells the accounts concerned, so many a second. Its id is `publication:<draft>`. It ends when every account was told, or when
 * the draft was refused, and why is in the audit.
 */
import { condition, continueAsNew, defineSignal, setHandler, sleep, workflowInfo } from '@temporalio/workflow';
import { publishDraft, tellAccounts } from './proxies.ts';

export interface RulePublicationInput {
  readonly draftId: string;
  /** Who asked for the publication. */
  readonly by: string;
  readonly accountsPerSecond: number;
  /** From an earlier run, or where it is live already. */
  readonly resume?: { readonly publicationId: string; readonly told: number };
}

export type RulePublicationEnd =
  | { readonly kind: 'published'; readonly publicationId: string; readonly told: number }
  | { readonly kind: 'refused'; readonly reason: string };

/** Somebody asked for the publication, again where it waits: its plan may have changed. */
export const asked = defineSignal('asked');

/** One page of the telling: what a worker that dies repeats. */
const accountsAtOnce = 250;

export async function rulePublication(input: RulePublicationInput): Promise<RulePublicationEnd> {
  const { draftId, by, accountsPerSecond } = input;
  const live = input.resume ?? (await takenLive(draftId, by));
  if ('kind' in live) return live;
  const { publicationId } = live;
  let { told } = live;
  for (;;) {
    const page = await tellAccounts({ publicationId, limit: accountsAtOnce });
    told += page.told;
    if (page.isSettled) return { kind: 'published', publicationId, told };
    if (page.told > 0) await sleep(Math.ceil((page.told / accountsPerSecond) * 1000));
    if (workflowInfo().continueAsNewSuggested)
      return continueAsNew<typeof rulePublication>({ draftId, by, accountsPerSecond, resume: { publicationId, told } });
  }
}

type Refusal = Extract<RulePublicationEnd, { kind: 'refused' }>;

/** A plan that changed meanwhile moves it to its new moment. */
async function takenLive(draftId: string, by: string): Promise<NonNullable<RulePublicationInput['resume']> | Refusal> {
  let isAsked = false;
  setHandler(asked, () => void (isAsked = true));
  for (;;) {
    isAsked = false;
    const answer = await publishDraft({ draftId, by });
    if (answer.kind === 'published') return { publicationId: answer.publicationId, told: 0 };
    if (answer.kind === 'refused') return answer;
    await condition(() => isAsked, Math.max(1_000, Date.parse(answer.at) - Date.now()), { summary: 'until it is planned' });
  }
}
