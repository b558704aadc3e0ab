import { civilDateAt, instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { packetPath } from '../../rules/domain/packet.ts';
import type { Task } from '../../rules/domain/task.ts';
import { findCase } from '../../rules/lifecycle/balances.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { type OutboundSource, readOutboundSource } from '../../prisma/reads/outbound-source.ts';
import { readClockShifts } from '../../prisma/reads/shown.ts';
import type { Routes } from '../gateways/routes.ts';
import { composePacket, type Packet } from './packet.ts';
import { lastClaim } from '../submissions.ts';

export interface PreviewQuestion {
  readonly accountId: string;
  /** An open task that prepares a letter, such as `t3`. */
  readonly taskId: string;
  /** What the person would type with the outcome `ready`. */
  readonly note?: string | undefined;
  readonly reference?: string | undefined;
  readonly authorizationNumber?: string | undefined;
  /** `dispute`: the No Surprises Act letter about the same case. */
  readonly path?: 'dispute' | undefined;
}

export interface Preview extends Pick<Packet, 'title' | 'template' | 'channel' | 'checklist' | 'obstacles'> {
  readonly pages: number;
  readonly attachments: number;
  readonly pdf: Uint8Array;
}

/** What a task would send when it is ready; null when it prepares no packet. @throws DomainError `claim.no-document` */
export function packetAbout(source: OutboundSource, task: Task) {
  const { subject, amountCents, attachmentControlNumber: asked } = task;
  const path = packetPath(task);
  if (path === null || (subject.kind !== 'case' && subject.kind !== 'claim')) return null;
  const caseId = subject.kind === 'case' ? subject.caseId : null;
  const level = caseId === null ? 1 : (findCase(source.account, caseId)?.case.paths.at(-1)?.level ?? 1);
  const claim = lastClaim({ source }, subject.sequence);
  return { path, sequence: subject.sequence, caseId, level, amountCents, asked: asked ?? null, claim };
}

/** Letters before anyone approves them: as they would leave now, and nothing leaves. */
export function letterOffice({ prisma, routes }: { readonly prisma: PrismaClient; readonly routes: Routes }) {
  return {
    preview: async ({ accountId, taskId, path: other, ...typed }: PreviewQuestion): Promise<Preview> => {
      const source = await readOutboundSource(prisma, accountId, null);
      const task = openTask(source, taskId);
      const told = packetAbout(source, task);
      if (told === null) throw new DomainError('letter.no-task', `task ${taskId} (${task.kind}) prepares no letter`);
      const form = { outcome: 'ready', by: 'preview', ...withoutBlanks(typed) } as const;
      const shift = (await readClockShifts(prisma, [accountId])).get(accountId) ?? 0;
      const on = civilDateAt(instant(new Date(Date.now() + shift).toISOString()), source.zone);
      const about = { ...told, path: other ?? told.path, on, parcel: `${other ?? told.path}-preview` };
      const packet = await composePacket({ db: prisma, accountId, source: { ...source, form }, routes, ...about });
      const { title, template, channel, checklist, obstacles, letter, attachments } = packet;
      return { title, template, channel, checklist, obstacles, pages: letter.pages, attachments: attachments.length, pdf: letter.content };
    },
  };
}

function openTask({ account }: OutboundSource, taskId: string): Task {
  const task = account.tasks.find(({ id, status }) => id === taskId && status === 'open');
  if (task === undefined) throw new DomainError('letter.no-task', `the account has no open task ${taskId}`);
  return task;
}

function withoutBlanks(typed: Pick<PreviewQuestion, 'note' | 'reference' | 'authorizationNumber'>) {
  const { note, reference, authorizationNumber } = typed;
  return {
    ...(note ? { note } : {}),
    ...(reference ? { reference } : {}),
    ...(authorizationNumber ? { authorizationNumber } : {}),
  };
}
