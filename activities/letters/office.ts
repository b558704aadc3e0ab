import { civilDateAt, instant } from '../../rules/domain/civil-date.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import type { Task, TaskKind } from '../../rules/domain/task.ts';
import { findCase } from '../../rules/lifecycle/balances.ts';
import type { PrismaClient } from '../../prisma/client.ts';
import { type OutboundSource, readOutboundSource } from '../../prisma/reads/outbound-source.ts';
import { readClockShifts } from '../../prisma/reads/shown.ts';
import type { Routes } from '../gateways/routes.ts';
import type { LetterPath } from './catalogue.ts';
import { composePacket, type Packet } from './packet.ts';
import { lastClaim } from '../submissions.ts';

/** What the person would type with the outcome `ready`. */
export interface PreviewQuestion {
  readonly accountId: string;
  readonly taskId: string;
  readonly note?: string | undefined;
  readonly reference?: string | undefined;
  readonly authorizationNumber?: string | undefined;
  readonly path?: 'dispute' | undefined;
}

export interface Preview extends Pick<Packet, 'title' | 'template' | 'channel' | 'checklist' | 'obstacles'> {
  readonly pages: number;
  readonly attachments: number;
  readonly pdf: Uint8Array;
}

const paths: Partial<Readonly<Record<TaskKind, LetterPath>>> = {
  prepareAppeal: 'appeal',
  prepareReconsideration: 'reconsideration',
  prepareDocuments: 'documents',
};

/** Letters before anyone approves them: as they would leave now, and nothing leaves. */
export function letterOffice({ prisma, routes }: { readonly prisma: PrismaClient; readonly routes: Routes }) {
  return {
    preview: async ({ accountId, taskId, path: other, ...typed }: PreviewQuestion): Promise<Preview> => {
      const source = await readOutboundSource(prisma, accountId, null);
      const task = openTask(source, taskId);
      const path = other ?? paths[task.kind];
      if (path === undefined || task.subject.kind !== 'case')
        throw new DomainError('letter.no-task', `task ${taskId} (${task.kind}) prepares no letter`);
      const { sequence, caseId } = task.subject;
      const form = { outcome: 'ready', by: 'preview', ...withoutBlanks(typed) } as const;
      const shift = (await readClockShifts(prisma, [accountId])).get(accountId) ?? 0;
      const on = civilDateAt(instant(new Date(Date.now() + shift).toISOString()), source.zone);
      const level = findCase(source.account, caseId)?.case.paths.at(-1)?.level ?? 1;
      const about = { sequence, caseId, level, amountCents: task.amountCents, on, path, parcel: `${path}-preview` };
      const claim = lastClaim({ source }, sequence);
      const packet = await composePacket({ db: prisma, accountId, source: { ...source, form }, routes, claim, ...about });
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
