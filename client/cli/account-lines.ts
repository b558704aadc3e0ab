import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { words } from '../../rules/lifecycle/describe.ts';
import type { AccountView, CaseView, ClaimView, DeadlineView, LedgerEntry, TaskView, TimelineEntry } from '../views/account-shapes.ts';
import { distance, money, moneyCell, section, table } from './output.ts';

export interface AccountTold {
  readonly view: AccountView;
  readonly timeline: readonly TimelineEntry[];
  /** Null when it was not asked for. */
  readonly ledger: readonly LedgerEntry[] | null;
  readonly today: CivilDate;
  readonly isVerbose: boolean;
}

/** `recourse show`: where the account stands, what is open, what comes next, and how it came to it. */
export function accountLines({ view, timeline, ledger, today, isVerbose }: AccountTold): readonly string[] {
  return [
    ...headLines(view),
    ...section('Next dated step', [nextLine(view, today)]),
    ...section(
      'Open tasks',
      view.tasks.flatMap((task) => taskLines(task, today)),
    ),
    ...section(
      'Holds',
      view.holds.map((hold) => `${words(hold.reason)} since ${hold.since}, review on ${hold.reviewOn}`),
    ),
    ...view.claims.flatMap((claim) => section(claimTitle(claim), claimLines(claim, isVerbose))),
    ...section('Patient', patientLines(view, isVerbose)),
    ...section(
      'Timeline',
      timeline.map((entry) => `${entry.on}  ${entry.sentence}`),
    ),
    ...(ledger === null ? [] : section('Ledger', ledgerLines(ledger))),
  ];
}

function headLines({
  accountNumber,
  id,
  phase,
  owner,
  claimType,
  servicedFrom,
  balanceCents,
  chargeCents,
  buckets,
}: AccountView): string[] {
  const amounts = buckets.map(({ bucket, balanceCents: cents }) => `${bucket} ${money(cents)}`).join(', ');
  return [
    `Account ${accountNumber}  ${id}`,
    `Phase    ${words(phase)}`,
    `Owner    ${ownerWords(owner)}`,
    `Balance  ${money(balanceCents)} of ${money(chargeCents)} charged${amounts === '' ? '' : `: ${amounts}`}`,
    ...(servicedFrom === null ? [] : [`Claim    ${claimType}, serviced ${servicedFrom}`]),
  ];
}

/** `queue appeals`, `payer 60054`, `patient`. */
export function ownerWords({ kind, name }: AccountView['owner']): string {
  if (kind === 'closed') return 'nobody: it is closed';
  return name === '' ? kind : `${kind} ${name}`;
}

function nextLine({ nextStep, terminal }: AccountView, today: CivilDate): string {
  if (nextStep === null) return terminal ? 'none: the account has ended' : 'none: only something that arrives can move it';
  return `${nextStep.on} (${distance(today, nextStep.on)}): ${nextStep.reason}`;
}

function taskLines(task: TaskView, today: CivilDate): readonly string[] {
  const due = task.safeByOn === null ? 'no date' : `safe by ${task.safeByOn} (${distance(today, task.safeByOn)})`;
  return [
    `${task.id}  ${task.title}  [${task.queue}]  ${due}${task.legalOn === null ? '' : `, legally by ${task.legalOn}`}`,
    `    ${task.reason} Rule: ${task.ruleId}. Amount: ${money(task.amountCents)}.`,
    `    Outcomes: ${task.outcomes.join(', ')}`,
  ];
}

function claimTitle(claim: ClaimView): string {
  const number = claim.payerClaimNumber === null ? '' : `, payer claim number ${claim.payerClaimNumber}`;
  return `Claim to payer ${claim.sequence}, ${claim.payerId} (${claim.payerClass}): ${words(claim.status)}${number}`;
}

function claimLines(claim: ClaimView, isVerbose: boolean): readonly string[] {
  const submissions = claim.submissions.map((s) => {
    const refused = s.rejection === null ? '' : `, ${s.rejection.level} ${s.rejection.category}:${s.rejection.status} on ${s.rejection.on}`;
    const proof = s.acceptedOn === null ? '' : `, accepted by the payer on ${s.acceptedOn} (proof of timely filing)`;
    return `${s.sentOn}  ${s.key}, frequency ${s.frequency}: ${s.status}${refused}${proof}`;
  });
  return [
    ...submissions,
    ...claim.lines.map(lineLine),
    ...claim.deadlines.flatMap((d) => deadlineLines(d, isVerbose)),
    ...claim.cases.flatMap((c) => caseLines(c, isVerbose)),
  ];
}

/** What the payer says of the line; where the work stands is said with the case. */
function lineLine({ lineNumber, payerClaimNumber, status, paidCents, deniedCents }: ClaimView['lines'][number]): string {
  const refused = deniedCents === 0 ? '' : `, ${money(deniedCents)} refused`;
  return `${lineNumber === null ? 'whole claim' : `line ${lineNumber}`} (${payerClaimNumber}): ${words(status)}, paid ${money(paidCents)}${refused}`;
}

function caseLines(c: CaseView, isVerbose: boolean): readonly string[] {
  const records = c.denials.map((d) => {
    const place = d.lineNumber === null ? 'whole claim' : `line ${d.lineNumber}`;
    const code = `${d.group}-${d.carc}${d.rarcs.length === 0 ? '' : ` [${d.rarcs.join(', ')}]`}`;
    return `  ${place} ${code} ${money(d.cents)}: ${words(d.lineStatus)}${d.recoveredCents === 0 ? '' : `, ${money(d.recoveredCents)} paid`}`;
  });
  const paths = c.paths.map((path) => {
    const level = path.kind === 'appeal' ? ` level ${path.level}` : '';
    const filed = path.filedOn === null ? '' : `, filed ${path.filedOn}`;
    const answered = path.answer === null ? '' : `, ${path.answer}${path.answeredOn === null ? '' : ` on ${path.answeredOn}`}`;
    return `  path ${words(path.kind)}${level}, taken ${path.takenOn}${filed}${answered}`;
  });
  return [
    `case ${c.id}  ${c.category}, denied ${c.deniedOn}, work: ${words(c.status)}`,
    ...records,
    ...c.words.map((text) => `  ${text}`),
    ...paths,
    ...c.deadlines.flatMap((deadline) => deadlineLines(deadline, isVerbose).map((line) => `  ${line}`)),
  ];
}

function deadlineLines(d: DeadlineView, isVerbose: boolean): readonly string[] {
  const dates = `nominal ${d.nominalOn}, legal ${d.legalOn}, safe by ${d.safeByOn}`;
  return [
    `deadline ${words(d.kind)} (${d.status}): ${dates}  (${d.policyId})`,
    ...(isVerbose ? d.derivation.map((text) => `    ${text}`) : []),
    ...(d.conflict === null ? [] : [`    sources disagree: ${d.conflict}`]),
  ];
}

function patientLines({ patient }: AccountView, isVerbose: boolean): readonly string[] {
  const { placements, statements, deadlines } = patient;
  return [
    words(patient.status),
    ...(statements.length === 0 ? [] : [`statements on ${statements.join(', ')}`]),
    ...planLines(patient),
    ...placements.map((p) => `placement ${p.id} with ${p.vendor} (${p.tier}): ${words(p.status)}, ${money(p.balanceCents)}`),
    ...deadlines.flatMap((deadline) => deadlineLines(deadline, isVerbose)),
  ];
}

function planLines({ plan, promises }: AccountView['patient']): readonly string[] {
  const [next] = plan.left;
  const among = plan.accounts > 1 ? `, one of ${plan.accounts} accounts` : '';
  const ahead = next === undefined ? '' : `, ${plan.left.length} to pay, the next ${money(next.cents)} on ${next.dueOn}`;
  const name = plan.planId === null ? 'payment plan' : `payment plan ${plan.planId}`;
  return [
    ...(plan.status === 'none' ? [] : [`${name} ${plan.status}, ${money(plan.instalmentCents)} a month${ahead}${among}`]),
    ...promises.map((one) => `promise of ${money(one.cents)} by ${one.dueOn}: ${words(one.status)}, ${money(one.paidCents)} came`),
  ];
}

function ledgerLines(ledger: readonly LedgerEntry[]): readonly string[] {
  const rows = ledger.map((line) => [line.on, line.bucket, words(line.kind), line.carc ?? '', moneyCell(line.cents), sourceWords(line)]);
  return table(['Date', 'Bucket', 'Kind', 'CARC', 'Amount', 'From'], rows);
}

function sourceWords({ source, undoes }: LedgerEntry): string {
  const from =
    source.fileId === null ? `cause ${source.cause ?? 'unknown'}` : `${source.fileName ?? source.fileId} byte ${source.offset ?? 0}`;
  return undoes === null ? from : `${from}, undoes ${undoes}`;
}
