import { type Instant, instant } from '../rules/domain/civil-date.ts';
import type { AccountEvent } from '../rules/domain/event.ts';
import type { Advanced } from '../rules/lifecycle/contract.ts';
import { assistanceNews } from '../rules/lifecycle/person-assistance.ts';
import { Turn } from '../rules/lifecycle/turn.ts';
import { inTransaction, type Transaction } from '../prisma/client.ts';
import { accountOf } from '../prisma/convert.ts';
import {
  lockAccount,
  readAdvance,
  readHistory,
  readIssuedCommands,
  readSubmittedForms,
  readUnapplied,
} from '../prisma/reads/account-turn.ts';
import { readFacility } from '../prisma/reads/facility.ts';
import { readGuarantorStanding } from '../prisma/reads/guarantors.ts';
import { readPersonHolds } from '../prisma/reads/holds.ts';
import { readKin } from '../prisma/reads/kin.ts';
import { holdRules } from '../prisma/reads/rule-versions.ts';
import { readStanding } from '../prisma/reads/standing.ts';
import { pauseRule } from '../prisma/writes/rule-pauses.ts';
import { writeTurn } from '../prisma/writes/turn.ts';
import { withinLimits } from './breaker.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { refuse } from './failures.ts';
import { type Routes, shippedRoutes } from './gateways/routes.ts';
import type { AccountActivities, AccountTurn } from './index.ts';
import { gapsOf } from './letters/gaps.ts';
import { personHolds as ofPerson } from './may-still-go.ts';
import { recordAttempts, refuseAttempt } from './oral-attempts.ts';
import { leaveForOthers, tellOthers } from './person-holds.ts';
import { storedTurn, toCommand, turnResult } from './turn-result.ts';

type TurnInput = Parameters<AccountActivities['advance']>[0];

type Turning = Pick<ActivityDependencies, 'prisma' | 'rules' | 'routes' | 'messenger'>;

export function accountActivities(turning: Turning): AccountActivities {
  const { prisma, rules } = turning;
  return {
    resumeAccount: ({ accountId }) => inTransaction(prisma, (tx) => resume(tx, accountId)),
    advance: async (input) => {
      const { result, decisions, hasNews } = await inTransaction(prisma, (tx) => turnOnce(tx, input, turning));
      if (hasNews) await tellOthers(turning, input);
      for (const { id, decision } of decisions) rules.shadow(id, decision.receipt);
      return result;
    },
  };
}

/** The last turn's answer with the commands that are still to be carried out, or how an account looks before its first turn. */
async function resume(tx: Transaction, accountId: string): Promise<AccountTurn> {
  const account = await tx.account.findUnique({ where: { id: accountId }, select: { seq: true, phase: true, payerId: true } });
  if (account === null) throw unknownAccount(accountId);
  const last = await readAdvance(tx, accountId, account.seq);
  if (last === null) return untouched(account);
  const commands = (await readIssuedCommands(tx, accountId)).map(toCommand);
  return { ...storedTurn(last), commands, refusals: [] };
}

function untouched({ phase, payerId }: { readonly phase: string; readonly payerId: string }): AccountTurn {
  const nothing = { commands: [], refusals: [], openTasks: [], wakeAt: null, wakeReason: '', queue: '', details: '' };
  return { ...nothing, seq: 0, phase, payerId, balanceCents: 0, terminal: false };
}

interface TakenTurn {
  readonly result: AccountTurn;
  /** Empty when the turn had been taken before. */
  readonly decisions: Advanced['decisions'];
  /** Other accounts of the person may have to hear of it. */
  readonly hasNews: boolean;
}

async function turnOnce(tx: Transaction, input: TurnInput, { rules, routes = shippedRoutes() }: Turning): Promise<TakenTurn> {
  const { accountId, seq } = input;
  await holdRules(tx);
  const locked = await lockAccount(tx, accountId);
  if (locked === null) throw unknownAccount(accountId);
  const first = await readAdvance(tx, accountId, seq);
  if (first !== null) return { result: storedTurn(first), decisions: [], hasNews: true };
  if (seq !== locked.seq + 1)
    throw refuse('advance.out-of-sequence', `account ${accountId} has taken turn ${locked.seq}: the next is not turn ${seq}`);
  const before = accountOf(locked.projection);
  const asOf = instant(input.asOf);
  const arrivals = await readUnapplied(tx, accountId);
  const guarantor = await readGuarantorStanding(tx, accountId, asOf);
  const whose = { account: before, guarantorId: guarantor?.guarantorId ?? null };
  const forms = await withGaps(tx, { whose, asOf, routes }, await readSubmittedForms(tx, accountId, input.formIds));
  const knowledge = { ...(await rules.knowledgeFor(tx, locked.openedAt)), facility: await readFacility(tx) };
  const standing = arrivals.some(({ kind }) => kind === 'rulesChanged') ? await readStanding(tx, [before]) : [];
  const isUndoing = forms.some((form) => 'instruction' in form && form.instruction.do === 'undo');
  const history = isUndoing ? await readHistory(tx, accountId) : [];
  const personHolds = await readPersonHolds(tx, accountId, ofPerson());
  const kin = await readKin(tx, accountId, arrivals.some(isAboutPerson));
  const told = { account: before, arrivals, forms, asOf, standing, history, guarantor, personHolds, kin };
  const { advanced, tripped } = await withinLimits(tx, told, knowledge);
  for (const pause of tripped) await pauseRule(tx, { ...pause, at: asOf });
  const result = turnResult(seq, advanced, asOf);
  const { payerId, queue, wakeReason } = result;
  const formIds = forms.map(({ formId }) => formId);
  await writeTurn(tx, { seq, asOf, before, advanced, arrivals, formIds, columns: { payerId, queue, wakeReason }, result });
  const refused = new Set(advanced.refusals.map(({ formId }) => formId));
  await recordAttempts(
    tx,
    whose,
    forms.filter(({ formId }) => !refused.has(formId)),
  );
  const hasNews = await leaveForOthers(tx, {
    accountId,
    seq,
    asOf,
    lived: { before, events: [...arrivals, ...advanced.events], after: advanced.account },
    assistance: assistanceNews(new Turn(advanced.account, asOf, knowledge, { guarantor, kin }), before),
  });
  return { result, decisions: advanced.decisions, hasNews };
}

function isAboutPerson({ kind }: AccountEvent): boolean {
  return kind === 'assistanceApplied' || kind === 'personAssistanceChanged';
}

type Forms = Awaited<ReturnType<typeof readSubmittedForms>>;

/** An incomplete packet is refused when its person says ready; what changes between then and its sending is refused there (correspondence.ts). */
function withGaps(db: Transaction, { whose, ...at }: At, forms: Forms) {
  return Promise.all(
    forms.map(async (told) => {
      if ('instruction' in told) return told;
      const gaps = await gapsOf({ db, ...at, accountId: whose.account.id, taskId: told.taskId, form: told.form });
      return { ...told, gaps: gaps ?? (await refuseAttempt(db, whose, told)) };
    }),
  );
}

interface At {
  readonly whose: Parameters<typeof refuseAttempt>[1];
  readonly asOf: Instant;
  readonly routes: Routes;
}

function unknownAccount(accountId: string): Error {
  return refuse('account.unknown', `there is no account ${accountId}`);
}
