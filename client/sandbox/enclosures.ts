import type { PrismaClient } from '../../prisma/client.ts';
import { keepAttachment } from '../../prisma/writes/attachments.ts';
import type { Account } from '../../rules/domain/account.ts';
import { type AttachmentKind, attachmentTitles } from '../../rules/domain/attachment.ts';
import type { Task, TaskOutcome } from '../../rules/domain/task.ts';
import { findCase } from '../../rules/lifecycle/balances.ts';
import { pageSaying } from './page.ts';

const byCategory: Readonly<Record<string, AttachmentKind>> = { AUT: 'authorization', TFL: 'acceptanceProof', UND: 'contractPage' };

/** The invented people of the hospital lay to a letter what such a letter needs. The same again changes nothing. */
export async function encloseInvented(
  prisma: PrismaClient,
  { account, task, outcome }: { readonly account: Account; readonly task: Task | undefined; readonly outcome: TaskOutcome },
): Promise<void> {
  if (outcome !== 'ready' || task === undefined) return;
  for (const kind of kindsFor(account, task)) {
    const content = pageSaying(`${attachmentTitles[kind]} (invented)`);
    const named = { kind, name: `${kind}.pdf`, mediaType: 'application/pdf', pages: 1 };
    await keepAttachment(prisma, { accountId: account.id, caseId: null, ...named, content, by: 'sandbox' });
  }
}

function kindsFor(account: Account, task: Task): readonly AttachmentKind[] {
  if (task.kind === 'answerRequest') return ['medicalRecords'];
  const found = task.subject.kind === 'case' && task.kind.startsWith('prepare') ? findCase(account, task.subject.caseId) : null;
  if (found === null) return [];
  const { case: denied, claim } = found;
  const usual = task.kind === 'prepareDocuments' ? 'medicalRecords' : (byCategory[denied.category] ?? 'medicalRecords');
  const isLaterMedicare = claim.payerClass === 'medicare' && task.kind === 'prepareAppeal';
  return isLaterMedicare ? [usual, 'earlierDecision', 'other'] : [usual];
}
