import { readBytes, streamBytes } from '../../prisma/reads/inbound-bytes.ts';
import { countTransactions } from '../../prisma/reads/inbound-file.ts';
import type { CivilDate } from '../../rules/domain/civil-date.ts';
import { type FileSettlement, settleInboundFile } from '../../prisma/writes/inbound-file.ts';
import { writeUnmatched } from '../../prisma/writes/unmatched.ts';
import { assistanceColumns, readAssistanceRows } from '../feeds/assistance.ts';
import { deliveryReportColumns, readDeliveryReports } from '../feeds/delivery-reports.ts';
import { holdColumns, readHoldRows } from '../feeds/holds.ts';
import { paymentColumns, readPayments } from '../feeds/payments.ts';
import { planColumns, readPlans } from '../feeds/plans.ts';
import { patientPaymentColumns, readPatientPayments } from '../feeds/patient-payments.ts';
import { readVendorContacts, vendorContactColumns } from '../feeds/vendor-contacts.ts';
import { readReturnedMail, returnedMailColumns } from '../feeds/returned-mail.ts';
import { readReturnedRefunds, returnedRefundColumns } from '../feeds/returned-refunds.ts';
import { readVendorEvents, vendorEventColumns } from '../feeds/vendor-events.ts';
import { storeAssistance } from './assistance.ts';
import { type Counts, countsText, type Intake, unmatched } from './context.ts';
import { faultOf, IntakeFault } from './fault.ts';
import { storeDeliveryReports } from './delivery-reports.ts';
import { storePatientPayments, storeVendorStatements } from './feeds.ts';
import { storeVendorContacts } from './vendor-contacts.ts';
import { vendorFileStore } from './vendor-files.ts';
import type { FileReading } from './file-reading.ts';
import { firstLineOf } from '../../rules/vendors/split-lines.ts';
import { storeReturnedMail } from './returned-mail.ts';
import { storeHolds } from './holds.ts';
import { storeReturnedRefunds } from './returned-refunds.ts';
import { storePayments } from './payments.ts';
import { storePlans } from './plans.ts';
import { matchAwaitedFile } from './match-awaited.ts';
import { readX12 } from './read-x12.ts';

/** Reads and stores a file to its end; which reader, its first bytes say. What an earlier attempt has done with is not done again. */
export async function storeFile(reading: FileReading): Promise<FileSettlement> {
  const { prisma, file } = reading;
  const start = firstLineOf(Buffer.from(await readBytes(prisma, file.fileId, { offset: 0, length: 2_000 })).toString('utf8'));
  if (start.startsWith('ISA')) await readX12(reading);
  else await storeFeed(reading, start);
  return settle(reading);
}

/** A feed of patients or vendors: all of it or nothing. */
async function storeFeed(reading: FileReading, start: string): Promise<void> {
  const { prisma, file } = reading;
  try {
    const store = feedOf(start, file.receivedOn);
    const parts: Uint8Array[] = [];
    for await (const part of streamBytes(prisma, file.fileId)) {
      parts.push(part);
      reading.advance(part.length);
    }
    await reading.step(async (intake) => ({ counts: await store(intake, Buffer.concat(parts)) }));
  } catch (error) {
    const fault = faultOf(error);
    if (fault === null) throw error;
    await reading.step(async () => ({ faults: [fault] }));
  }
}

function feedOf(header: string, receivedOn: CivilDate): (intake: Intake, content: Uint8Array) => Promise<Counts> {
  if (header === patientPaymentColumns.join(',')) return (intake, content) => storePatientPayments(intake, readPatientPayments(content));
  if (header === paymentColumns.join(',')) return (intake, content) => storePayments(intake, readPayments(content));
  if (header === planColumns.join(',')) return (intake, content) => storePlans(intake, readPlans(content));
  if (header === vendorEventColumns.join(',')) return (intake, content) => storeVendorStatements(intake, readVendorEvents(content));
  if (header === returnedMailColumns.join(',')) return (intake, content) => storeReturnedMail(intake, readReturnedMail(content));
  if (header === deliveryReportColumns.join(',')) return (intake, content) => storeDeliveryReports(intake, readDeliveryReports(content));
  if (header === vendorContactColumns.join(',')) return (intake, content) => storeVendorContacts(intake, readVendorContacts(content));
  if (header === assistanceColumns.join(',')) return (intake, content) => storeAssistance(intake, readAssistanceRows(content));
  if (header === holdColumns.join(',')) return (intake, content) => storeHolds(intake, readHoldRows(content));
  if (header === returnedRefundColumns.join(',')) return (intake, content) => storeReturnedRefunds(intake, readReturnedRefunds(content));
  const ofVendor = vendorFileStore(header, receivedOn);
  if (ofVendor !== null) return ofVendor;
  throw new IntakeFault('file.unknown-format', 'the file is neither X12 (it does not start with ISA) nor a feed whose header is known', 0);
}

/** Stored when nothing was at fault, partly stored when something complete stood beside the fault, else refused. */
async function settle(reading: FileReading): Promise<FileSettlement> {
  const { counts, faults } = reading.mark;
  const [fault = null] = faults;
  const fresh = await countTransactions(reading.prisma, reading.file.fileId);
  const known = counts['transactions already recorded'] ?? 0;
  const isUsable = fresh + known > 0;
  const clean = fresh === 0 && known > 0 ? 'duplicate' : 'stored';
  const status = fault === null ? clean : isUsable ? 'partlyStored' : 'refused';
  const summary = status === 'refused' && fault !== null ? fault.message : countsText(counts);
  const settlement = { status, summary, fault } as const;
  const unasked = faults.filter(({ hasTask }) => !hasTask);
  await reading.step(async (intake) => {
    if (status === 'partlyStored' && unasked.length > 0) {
      const title = 'Ask for the part of a file that could not be read';
      const reason = `${unasked.length === 1 ? 'One fault' : `${unasked.length} faults`}, the first: ${unasked[0]?.message}. What was complete is stored; the whole file may be sent again.`;
      const task = unmatched(intake, { kind: 'repairFile', title, reason, offset: unasked[0]?.offset ?? 0 });
      await writeUnmatched(intake.tx, [task], intake.receivedOn);
    }
    await matchAwaitedFile(intake);
    await settleInboundFile(intake.tx, intake.fileId, settlement);
    return {};
  });
  return settlement;
}
