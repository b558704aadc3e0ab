import { isDeepStrictEqual } from 'node:util';
import type { Client } from '@temporalio/client';
import { defineSearchAttributeKey } from '@temporalio/common';
import type { PrismaClient } from '../prisma/client.ts';
import { examine as examineStore } from '../prisma/reads/doctor.ts';
import { readLastProof } from '../prisma/reads/deadline-proofs.ts';
import { examineOwnership, type Ownership } from '../prisma/reads/ownership.ts';
import { listContactViolations } from '../prisma/reads/contacts.ts';
import { readForwardedBalances } from '../prisma/reads/provider-adjustments.ts';
import { dollars } from '../rules/domain/money.ts';
import { readEveryAccount } from '../prisma/reads/every-account.ts';
import { readAudit, readUnreviewed } from '../prisma/reads/rule-drafts.ts';
import { readPausedRules } from '../prisma/reads/rule-pauses.ts';
import { readShadow, type ShadowSummary } from '../prisma/reads/shadow.ts';
import { listPublications, readUnsettled } from '../prisma/reads/rule-publications.ts';
import { proofLine } from '../rules/lifecycle/proof-statement.ts';
import { rebuildAccount } from '../prisma/reads/rebuild.ts';
import { type Accounts, accountWorkflowId } from './accounts.ts';
import { silentSchedules } from './keep-schedule.ts';
import { countPollers, TASK_QUEUE } from './temporal.ts';
import { briefly } from './unreachable.ts';
import { unmatchedName } from './views/unmatched-name.ts';
import { vendorChecks } from './doctor-vendors.ts';
import type { DoctorCheck } from './views/work-shapes.ts';

export interface Examined {
  readonly prisma: PrismaClient;
  readonly client: Client;
  readonly accounts: Pick<Accounts, 'state'>;
}

/** What must always be true of a running engine, in the order in which one would look. What needs a server that is away is left out. */
export async function examine(examined: Examined): Promise<DoctorCheck[]> {
  const { prisma, client } = examined;
  const database = await asked('database', 'start the engine with npm start, or mend DATABASE_URL', async () => {
    return `reachable, ${await prisma.account.count()} accounts`;
  });
  const temporal = await asked('temporal', 'start the engine with npm start, or mend TEMPORAL_ADDRESS', async () => {
    const workers = await countPollers(client, TASK_QUEUE);
    if (workers === 0) throw new Error(`reachable, but no worker polls the task queue "${TASK_QUEUE}"`);
    return `reachable, a worker polls "${TASK_QUEUE}"`;
  });
  return [
    database,
    temporal,
    ...(database.ok
      ? [
          ...(await storeChecks(prisma)),
          ...(await ruleChecks(prisma)),
          await rebuiltCheck(prisma),
          await proofCheck(prisma),
          ...(await vendorChecks(prisma)),
        ]
      : []),
    ...(temporal.ok ? [await scheduleCheck(client)] : []),
    ...(database.ok && temporal.ok ? [await armedCheck(examined)] : []),
  ];
}

async function asked(name: string, next: string, question: () => Promise<string>): Promise<DoctorCheck> {
  try {
    return { name, ok: true, found: await question(), next: '' };
  } catch (error) {
    return { name, ok: false, found: briefly(error), next };
  }
}

async function storeChecks(prisma: PrismaClient): Promise<readonly DoctorCheck[]> {
  const ownership = await examineOwnership(prisma);
  const found = await examineStore(prisma, ownership);
  const show = 'recourse show ACCOUNT tells what happened to it; report it as a fault of Recourse';
  const web = 'open the account in the Temporal Web UI: the activity that fails says why';
  const again = 'take the file in again (recourse ingest): it goes on where it stopped';
  return [
    ...ownershipChecks(ownership),
    none('balances that are not the sum of their lines', found.unbalanced, show),
    none('events not applied', found.unappliedEvents, web),
    none('events not delivered', found.undeliveredEvents, again),
    none('effects in doubt', found.unknownIntents, 'find out whether it arrived and complete the task of the account that asks for it'),
    none('effects not carried out', found.unfinishedIntents, web),
    none(
      'unmatched for more than 7 days',
      found.oldUnmatched.map(unmatchedName),
      'recourse task candidates NAME says where it may belong; recourse task settle NAME ends it',
    ),
    none('files not read', found.unreadFiles, again),
    none(
      'files received that could not be answered',
      found.untoldSenders.map(unmatchedName),
      'recourse task candidates NAME says why; tell the sender, then recourse task settle NAME --outcome handled --note TEXT',
    ),
    none('acknowledgements not delivered', found.unsentAcknowledgements, again),
    await contactCheck(prisma),
    await forwardedCheck(prisma),
  ];
}

async function contactCheck(prisma: PrismaClient): Promise<DoctorCheck> {
  const found = await listContactViolations(prisma, { all: false, limit: 100 });
  return none(
    'contacts against the rules that nobody reviewed',
    found.map(({ party, at, policyId }) => `${party} ${at.slice(0, 10)} ${policyId}`),
    'recourse contact violations lists them; speak with the vendor, then recourse contact review ID --by NAME --note TEXT',
  );
}

/** A payer brings a balance that it carried forward in with its next payments. */
const forwardedDays = 60;

async function forwardedCheck(prisma: PrismaClient): Promise<DoctorCheck> {
  const old = (await readForwardedBalances(prisma, new Date())).filter(({ days }) => days > forwardedDays);
  return none(
    `balances that a payer carried forward (PLB FB) and that do not net to zero after ${forwardedDays} days`,
    old.map(({ payerId, payeeNpi, cents, since }) => `payer ${payerId}, payee ${payeeNpi}: ${dollars(cents)} since ${since}`),
    'ask the payer in which remittance it brings them in, and whether one of them never came',
  );
}

/** One working owner per balance, and a next dated step per account; both say how many were looked at. */
function ownershipChecks({ balances, accounts, unowned, doublyOwned, undated, mistaken }: Ownership): readonly DoctorCheck[] {
  const all = Object.values(balances).reduce((sum, count) => sum + count, 0);
  const by = (['queue', 'vendor', 'payer', 'patient'] as const).map((owner) => `${owner} ${balances[owner]}`);
  const ofBalances = `of ${all} balances (${[...by, `closed accounts ${accounts.closed}`].join(', ')})`;
  const ofAccounts = `of ${accounts.open} open accounts`;
  const next = 'recourse show ACCOUNT tells what happened to it; a row was changed behind the engine, or report it as a fault of Recourse';
  return [
    looked('accounts unowned', unowned, { at: ofBalances, next }),
    looked('accounts doubly owned', doublyOwned, { at: ofBalances, next }),
    looked('accounts without a next step', undated, { at: ofAccounts, next }),
    looked('accounts whose owner is another than is stored', mistaken, { at: ofAccounts, next }),
  ];
}

function looked(name: string, broken: readonly string[], about: { readonly at: string; readonly next: string }): DoctorCheck {
  const { found, ...rest } = none(name, broken, about.next);
  return { ...rest, found: broken.length === 0 ? `${found} ${about.at}` : found.replace(':', ` ${about.at}:`) };
}

/** Telling every account concerned takes a large hospital minutes. */
const settledWithinMs = 15 * 60_000;

async function ruleChecks(prisma: PrismaClient): Promise<readonly DoctorCheck[]> {
  const late = (await readUnsettled(prisma)).filter(({ publishedAt }) => Date.now() - Date.parse(publishedAt) > settledWithinMs);
  const unreviewed = await readUnreviewed(prisma);
  const paused = await readPausedRules(prisma);
  const unsound = (await readAudit(prisma)).filter(({ isSound }) => !isSound);
  return [
    shadowCheck(await readShadow(prisma)),
    none(
      'rule publications that not every account knows',
      late.map(({ number }) => String(number)),
      'start the engine again: it goes on where it stopped',
    ),
    none(
      'emergency rules that nobody reviewed',
      unreviewed.map(({ id, reviewDueOn }) => `${id} (due ${reviewDueOn})`),
      'a second person: recourse rules draft review DRAFT --by NAME',
    ),
    none(
      'rules stopped by their circuit breaker',
      paused.map(({ ruleId }) => ruleId),
      'find out why it acts so often, then recourse rules resume RULE --by NAME',
    ),
    none(
      'entries of the rule audit that were changed',
      unsound.map(({ number }) => String(number)),
      'restore the table "RuleAudit" from a backup, and find out who changed it',
    ),
  ];
}

/** One decision in a hundred is decided again by json-rules-engine: one that it decides otherwise is a fault of ours until the contrary is shown. */
function shadowCheck({ since, checked, skipped, failed, differences, latest }: ShadowSummary): DoctorCheck {
  const left = [...(skipped > 0 ? [`${skipped} let go`] : []), ...(failed > 0 ? [`${failed} not answered`] : [])].map(
    (words) => `, ${words}`,
  );
  const counted = `${checked}${since === null ? ' so far' : ` since ${since}`}, ${differences} ${differences === 1 ? 'difference' : 'differences'}${left.join('')}`;
  const name = 'decisions asked again of json-rules-engine';
  if (differences === 0) return { name, ok: true, found: counted, next: '' };
  const found = `${counted}: ${latest.length === 0 ? 'the log of the worker names them' : latest.map(({ decisionId, ours, theirs }) => `${decisionId} (ours ${ours}, json-rules-engine ${theirs})`).join(', ')}`;
  const next = `recourse explain --receipt ${latest[0]?.decisionId ?? 'ID'} asks it once more; look at the account by hand, and report both rules as a fault of Recourse`;
  return { name, ok: false, found, next };
}

function none(name: string, broken: readonly string[], next: string): DoctorCheck {
  if (broken.length === 0) return { name, ok: true, found: '0', next: '' };
  return { name, ok: false, found: `${broken.length}: ${shown(broken)}`, next };
}

function shown(names: readonly string[]): string {
  return `${names.slice(0, 5).join(', ')}${names.length > 5 ? ', …' : ''}`;
}

/** What leaves, is proved or is asked for by the clock stops in silence when its schedule does. */
async function scheduleCheck(client: Client): Promise<DoctorCheck> {
  return none(
    'schedules that do not run',
    await silentSchedules(client),
    'unpause it in the Temporal Web UI (Schedules); one that is missing comes back when the engine starts',
  );
}

/** The projection of every account is what its events say. */
async function rebuiltCheck(prisma: PrismaClient): Promise<DoctorCheck> {
  const differing: string[] = [];
  for await (const { id, accountNumber } of readEveryAccount(prisma)) {
    const rebuilt = await rebuildAccount(prisma, id);
    // As it would be stored: JSON keeps no `undefined`.
    const folded: unknown = JSON.parse(JSON.stringify(rebuilt?.folded ?? null));
    if (!isDeepStrictEqual(folded, rebuilt?.stored ?? null)) differing.push(accountNumber);
  }
  return none('projections that differ from their events', differing, 'report it as a fault of Recourse');
}

/** Every hour there is one, and it may take its time. */
const proofWithinMs = 2 * 60 * 60_000;

/** How old the last deadline proof is, and what it came to. An engine that started a moment ago has none yet. */
async function proofCheck(prisma: PrismaClient): Promise<DoctorCheck> {
  const name = 'deadline proof';
  const next =
    'recourse deadlines prove says what does not agree and heals it; in the Temporal Web UI the schedule deadline-proof must not be paused';
  const proof = await readLastProof(prisma);
  if (proof === null) {
    const [first] = await listPublications(prisma);
    const isNew = first === undefined || Date.now() - Date.parse(first.publishedAt) < proofWithinMs;
    return { name, ok: isNew, found: 'none yet', next: isNew ? '' : next };
  }
  const ageMs = Date.now() - Date.parse(proof.finishedAt);
  const unhealed = proof.found - proof.healed;
  const ok = ageMs < proofWithinMs && proof.unarmed === 0 && unhealed === 0;
  const findings = proof.found === 0 ? 'nothing disagreed' : `${proof.found} disagreed, ${proof.healed} healed`;
  const found = `${Math.round(ageMs / 60_000)} minutes ago: ${proofLine(proof)}; ${findings}`;
  return { name, ok, found, next: ok ? '' : next };
}

const nextActionAtKey = defineSearchAttributeKey('NextActionAt', 'DATETIME');

/** Every dated step in the store has a workflow that runs and waits for the same moment. */
async function armedCheck({ prisma, client, accounts }: Examined): Promise<DoctorCheck> {
  const armed = await readArmed(client);
  const unarmed: string[] = [];
  let open = 0;
  for await (const { id, accountNumber, nextActionAt, terminal } of readEveryAccount(prisma)) {
    if (terminal || nextActionAt === null) continue;
    open += 1;
    if (armed.get(accountWorkflowId(id)) === Date.parse(nextActionAt)) continue;
    // Visibility may lag behind: the workflow itself has the last word.
    const view = (await accounts.state(id))?.view ?? null;
    if (view === null || view.nextActionAt === null || Date.parse(view.nextActionAt) !== Date.parse(nextActionAt))
      unarmed.push(accountNumber);
  }
  const ok = unarmed.length === 0;
  const found = `${open} open, ${open - unarmed.length} armed, ${unarmed.length} unarmed${ok ? '' : `: ${shown(unarmed)}`}`;
  return {
    name: 'dated steps',
    ok,
    found,
    next: ok ? '' : 'open the account in the Temporal Web UI: is its workflow running, or failing?',
  };
}

/** For which moment each running account waits, in milliseconds since 1970. */
async function readArmed(client: Client): Promise<ReadonlyMap<string, number | null>> {
  const armed = new Map<string, number | null>();
  const query = `WorkflowType = 'accountLifecycle' AND ExecutionStatus = 'Running'`;
  for await (const { workflowId, typedSearchAttributes } of client.workflow.list({ query }))
    armed.set(workflowId, typedSearchAttributes.get(nextActionAtKey)?.getTime() ?? null);
  return armed;
}
