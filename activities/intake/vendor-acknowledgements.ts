import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { grouped } from '../../rules/domain/grouped.ts';
import { acknowledgeFile, type FileAcknowledgement } from '../../rules/vendors/acknowledge-file.ts';
import type { ReadRecord } from '../../rules/vendors/read-records.ts';
import { findPlacementFile, type PlacementFile } from '../../prisma/reads/vendor-files.ts';
import type { NewArrival } from '../../prisma/writes/events.ts';
import { closeUnmatched, lockUnmatched, writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { noteSaid } from '../../prisma/writes/vendor-files.ts';
import { addCounts, arrivalFrom, type Counts, type Intake, unmatched } from './context.ts';
import { appendFresh } from './feeds.ts';

type Row = ReadRecord<'acknowledgement'>;

/** What vendors say of our files of placements: a row per file with its count and total, and a row for each record that is refused. */
export async function storeAcknowledgements(intake: Intake, records: readonly Row[]): Promise<Counts> {
  const files = new Map<string, PlacementFile | null>();
  const named: { readonly record: Row; readonly file: PlacementFile | null }[] = [];
  for (const record of records) {
    const key = record.text('file') === '' ? `of ${record.text('placementId')}` : record.text('file');
    if (!files.has(key)) files.set(key, await fileOf(intake, record));
    named.push({ record, file: files.get(key) ?? null });
  }
  const strays = named.filter(({ file }) => file === null);
  await writeUnmatched(
    intake.tx,
    strays.map(({ record }) => stray(intake, record)),
    intake.receivedOn,
  );
  const known = named.flatMap(({ record, file }) => (file === null ? [] : [{ record, file }]));
  const counts: Counts[] = [{ 'acknowledgements unmatched': strays.length }];
  for (const [, rows] of grouped(known, ({ file }) => file.id)) {
    const [first] = rows;
    if (first !== undefined)
      counts.push(
        await storeFile(
          intake,
          first.file,
          rows.map(({ record }) => record),
        ),
      );
  }
  return addCounts(counts);
}

function fileOf({ tx }: Intake, record: Row): Promise<PlacementFile | null> {
  return findPlacementFile(tx, { name: record.text('file'), reference: record.text('placementId') });
}

async function storeFile(intake: Intake, file: PlacementFile, rows: readonly Row[]): Promise<Counts> {
  const received = rows.findLast((row) => row.text('verdict') === 'received');
  const rejected = new Map(
    rows.filter((row) => row.text('verdict') === 'rejected').map((row) => [row.required('placementId'), row.text('reason')]),
  );
  if (received === undefined) return { 'rows without the count of their file': rows.length };
  const count = received.count('count');
  const totalCents = received.requiredCents('totalCents');
  const on = received.date('on') ?? intake.receivedOn;
  if (count === null) throw received.fault('count', 'must not be empty');
  const said = { count, totalCents, rejected };
  const verdict = acknowledgeFile(file.placements, said);
  if (verdict.kind === 'disagreed' && hasAgreedSince(file, on)) return { 'acknowledgements older than the one that agreed': 1 };
  if (verdict.kind === 'disagreed') return disputed(intake, file, { said, on, reason: verdict.reason, offset: received.offset });
  const answers = new Map(verdict.placements.map((one) => [one.reference, one]));
  const arrivals = file.placements.map(({ accountId, placementId, reference }): NewArrival => {
    const { accepted = false, reason = '' } = answers.get(reference) ?? {};
    const body = { kind: 'vendorAcknowledged', placementId, accepted, on, reason } as const;
    return {
      ...arrivalFrom(intake, accountId, body, { offset: received.offset, about: placementId }),
      dedupeKey: `vendor:${reference}:ack:${file.id}`,
    };
  });
  const fresh = await appendFresh(intake, arrivals);
  await noteSaid(intake.tx, file.id, { status: 'agreed', ...said, rejected: rejected.size, on, taskId: file.taskId });
  await endDispute(intake, file.taskId);
  return { 'files acknowledged': 1, 'vendor events': fresh, 'vendor events already recorded': arrivals.length - fresh };
}

/** It was put right already: what the vendor said before that came late. */
function hasAgreedSince({ status, saidOn }: PlacementFile, on: CivilDate): boolean {
  return status === 'agreed' && saidOn !== null && on < saidOn;
}

interface Dispute {
  readonly said: FileAcknowledgement;
  readonly on: CivilDate;
  readonly reason: string;
  readonly offset: number;
}

/** Nothing of the file is placed, and somebody asks the vendor; what was agreed before stays so. */
async function disputed(intake: Intake, file: PlacementFile, { said, on, reason, offset }: Dispute): Promise<Counts> {
  const isOpen = file.taskId !== null && (await lockUnmatched(intake.tx, file.taskId))?.status === 'open';
  const task = unmatched(intake, {
    kind: 'checkPlacementFile',
    title: `Find out what ${file.vendor} has of ${file.name}`,
    reason: `${reason} Nothing of it is placed until its acknowledgement says the same as our file; send the file again, or have it corrected.`,
    amountCents: file.placements.reduce((all, { balanceCents }) => all + balanceCents, 0),
    offset,
  });
  const [taskId = null] = isOpen ? [file.taskId] : await writeUnmatched(intake.tx, [task], intake.receivedOn);
  const status = file.status === 'agreed' ? 'agreed' : 'disputed';
  await noteSaid(intake.tx, file.id, { status, ...said, rejected: said.rejected.size, on, taskId });
  return { 'files that disagree': 1 };
}

async function endDispute({ tx, receivedOn: on }: Intake, taskId: string | null): Promise<void> {
  if (taskId === null || (await lockUnmatched(tx, taskId))?.status !== 'open') return;
  await closeUnmatched(tx, taskId, { outcome: 'handled', on, by: 'intake' });
}

function stray(intake: Intake, record: Row) {
  return unmatched(intake, {
    kind: 'checkPlacementFile',
    title: 'Find the file that a vendor acknowledges',
    reason: `Line ${record.line} names neither a file nor a placement that we sent.`,
    amountCents: record.cents('totalCents') ?? 0,
    offset: record.offset,
  });
}
