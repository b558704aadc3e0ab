/** Plays a hospital's year: claims leave every evening, files come back, people work every morning, and every account looks up on its dates. */
import type { PrismaClient } from '../../../prisma/client.ts';
import { readOpenWork } from '../../../prisma/reads/open-work.ts';
import { readDifferences } from '../../../prisma/reads/vendor-ledger.ts';
import { acceptDifference } from '../../../prisma/writes/vendor-differences.ts';
import { addDays, addMonths, type CivilDate, civilDateAt, type Instant, instantAt, type Zone } from '../../../rules/domain/civil-date.ts';
import type { TaskForm } from '../../../rules/domain/task.ts';
import { isBusinessDay } from '../../../rules/deadlines/business-days.ts';
import { encloseInvented } from '../enclosures.ts';
import type { Delivery, Peer, SentFile } from '../peer.ts';
import type { Gateway } from '../../../activities/dependencies.ts';
import { Driver, type DriverCounts, type MakeActivities, type NewFile } from './driver.ts';
import { seededTrouble, untroubled } from './faults.ts';
import { hospitalDays, hospitalFiles, type HospitalYear } from './hospital.ts';
import { Outside } from './outside.ts';
import { cutOffHour } from '../../outbound-runs.ts';
import { formIdOf, type PaperAnswer, workedOn } from './staff.ts';

export interface Year extends HospitalYear {
  readonly zone: Zone;
  /** `days`: files also come days late, and the year takes another course. */
  readonly faults: 'none' | 'sameEnds' | 'days';
}

/** Where the engine's side of the year is played: by the driver, or on a real Temporal server. */
export interface Stage {
  readonly now: Instant;
  readonly counts: DriverCounts;
  at(moment: Instant, act: () => Promise<void>): void;
  arrive(file: NewFile): Promise<void>;
  /** What was gathered leaves. */
  sendRuns(): Promise<void>;
  complete(accountId: string, task: { readonly taskId: string; readonly form: TaskForm; readonly formId: string }): Promise<string | null>;
  runUntil(moment: Instant): Promise<void>;
}

/** What the driver is made from, or a stage that is made otherwise; it knows no faults. */
type Engine = { readonly makeActivities: MakeActivities } | { readonly makeStage: (gateway: Gateway) => Promise<Stage> };

export type YearDoors = Engine & {
  readonly prisma: PrismaClient;
  readonly peers: readonly Peer[];
  /** What came on paper up to now. */
  readonly paper: () => readonly PaperAnswer[];
  readonly onDay: (day: { readonly on: CivilDate; readonly share: number }) => void;
};

export interface PlayedYear {
  readonly endsOn: CivilDate;
  readonly counts: DriverCounts;
  readonly sent: readonly SentFile[];
  /** Each once, in the order in which they came. */
  readonly received: readonly Delivery[];
  /** Files that were still on their way when the year ended. */
  readonly onTheWay: number;
  readonly fingerprint: string;
}

const mailHour = 18;
const workHour = 10;

export async function playYear(year: Year, doors: YearDoors): Promise<PlayedYear> {
  const trouble = year.faults === 'none' ? untroubled : seededTrouble({ ...year, isLate: year.faults === 'days' });
  const received: Delivery[] = [];
  let onTheWay = 0;
  const outside = new Outside({
    peers: doors.peers,
    now: () => driver.now,
    onDelivery: (delivery) => {
      const [first, ...again] = trouble.arrivals(delivery.at, delivery.name);
      onTheWay += 1;
      if (first !== undefined)
        driver.at(first, async () => {
          await driver.arrive(delivery);
          received.push(delivery);
          onTheWay -= 1;
        });
      for (const at of again) driver.at(at, () => driver.arrive({ name: `again-${delivery.name}`, content: delivery.content }));
    },
  });
  const driver: Stage =
    'makeStage' in doors ? await doors.makeStage(outside.gateway) : new Driver({ ...doors, gateway: outside.gateway, trouble });
  const endsOn = addMonths(year.from, year.months);
  for (const day of hospitalDays(year))
    for (const file of hospitalFiles(day))
      driver.at(instantAt(day.on, mailHour, year.zone), async () => {
        await driver.arrive(file);
        outside.take(file);
      });
  for (let on = year.from; on < endsOn; on = addDays(on, 1))
    if (isBusinessDay(on)) driver.at(instantAt(on, workHour, year.zone), () => workDay(driver, { year, doors }));

  const days = daysOf(year.from, endsOn);
  for (const on of days) driver.at(instantAt(on, cutOffHour, year.zone), () => driver.sendRuns());
  for (const [index, on] of days.entries()) {
    await driver.runUntil(instantAt(on, 23, year.zone));
    doors.onDay({ on, share: (index + 1) / days.length });
  }
  return { endsOn, counts: driver.counts, sent: outside.sent, received, onTheWay, fingerprint: outside.fingerprint };
}

function daysOf(from: CivilDate, to: CivilDate): readonly CivilDate[] {
  const days: CivilDate[] = [];
  for (let on = from; on < to; on = addDays(on, 1)) days.push(on);
  return days;
}

/** Everybody works through the queue; what is opened meanwhile is tomorrow's. */
async function workDay(driver: Stage, { year, doors }: { readonly year: Year; readonly doors: YearDoors }): Promise<void> {
  const today = civilDateAt(driver.now, year.zone);
  await acceptDifferences(doors.prisma, today);
  const desk = { seed: year.seed, today, answers: doors.paper() };
  for (const work of await readOpenWork(doors.prisma)) {
    const form = workedOn(work, desk);
    if (form === null) continue;
    const { accountId, account, task } = work;
    driver.at(driver.now, async () => {
      await encloseInvented(doors.prisma, { account, task, outcome: form.outcome });
      await driver.complete(accountId, { taskId: task.id, form, formId: formIdOf(work, year.seed) });
    });
  }
}

const askedAfterDays = 2;

/** The vendor is asked about what differs, and it is left as it is until the vendor puts it right. */
async function acceptDifferences(prisma: PrismaClient, today: CivilDate): Promise<void> {
  for (const { id, accepted } of await readDifferences(prisma, { until: addDays(today, -askedAfterDays) }))
    if (accepted === null) await acceptDifference(prisma, id, { by: 'vendor.desk', on: today, note: 'asked the vendor' });
}
