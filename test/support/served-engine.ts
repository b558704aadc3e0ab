import { shippedRoutes } from '../../activities/gateways/routes.ts';
import { letterOffice } from '../../activities/letters/office.ts';
import { statementOffice } from '../../activities/statements/office.ts';
import type { TaskAnswer } from '../../client/accounts.ts';
import type { ServedEngine } from '../../client/api/app.ts';
import { assistanceDesk } from '../../client/assistance.ts';
import { attachmentsOf } from '../../client/attachments.ts';
import { contactOfficeOn } from '../../client/contacts.ts';
import { guarantorsOn } from '../../client/guarantors.ts';
import { readsOf } from '../../client/reads.ts';
import { ruleTrialsOn } from '../../client/rule-trials.ts';
import { submitTaskForm } from '../../prisma/writes/task-form.ts';
import { fakeEngine, noOffice } from './fake-engine.ts';
import type { StoredWorld } from './stored-world.ts';

/** Real reads on a real database; the workflow's part is played by the world's own turns, unless `answer` speaks for it (null: it does not). */
export function servedEngineOf(world: StoredWorld, answer: () => TaskAnswer | null): ServedEngine {
  const { prisma } = world.store;
  const { examine, takeIn, doors, accounts, settle, deadlines, bulk, vendors, plans, runs } = fakeEngine();
  return {
    reads: readsOf(prisma),
    accounts: {
      ...accounts,
      completeTask: async (accountId, task) => {
        const answered = answer();
        const formId = await submitTaskForm(prisma, { accountId, ...task });
        if (answered !== null) return answered;
        const turn = await world.turn(accountId, { formIds: [formId] });
        const [refusal] = turn.refusals;
        if (refusal !== undefined) return { kind: 'refused', reason: refusal.reason };
        return { kind: 'done', account: { phase: turn.phase, balanceCents: 0, openTasks: [], nextActionAt: null, seq: turn.seq } };
      },
    },
    settle,
    bulk,
    plans,
    takeIn,
    examine,
    doors,
    rules: noOffice,
    deadlines,
    vendors,
    runs,
    trials: ruleTrialsOn(prisma),
    attachments: attachmentsOf(prisma),
    assistance: { ...assistanceDesk(prisma), apply: () => Promise.reject(new Error('nobody applies here')) },
    contacts: contactOfficeOn(prisma),
    guarantors: guarantorsOn({ prisma, accounts: doors.accounts }),
    letters: { ...letterOffice({ prisma, routes: shippedRoutes() }), ...statementOffice({ prisma }) },
  };
}
