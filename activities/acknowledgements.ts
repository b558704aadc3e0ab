import { civilDateAt } from '../rules/domain/civil-date.ts';
import { DomainError } from '../rules/domain/failures.ts';
import { acknowledgementOf, type Judgement } from '../rules/x12/acknowledgement-of.ts';
import type { X12Event } from '../rules/x12/events.ts';
import type { X12Fault } from '../rules/x12/fault.ts';
import { EnvelopeListener, type HeardInterchange } from '../rules/x12/heard.ts';
import { createX12Reader } from '../rules/x12/read-events.ts';
import { type Answer, writeAnswer } from '../rules/x12/write-999.ts';
import type { OutboundEnvelope } from '../rules/x12/write-envelope.ts';
import { inTransaction, type PrismaClient, type Transaction } from '../prisma/client.ts';
import { type KeptAcknowledgement, readAcknowledgements, wasAnswered } from '../prisma/reads/acknowledgement-files.ts';
import { streamBytes } from '../prisma/reads/inbound-bytes.ts';
import { type FileToRead, readFileToRead, readInboundOutcome } from '../prisma/reads/inbound-file.ts';
import {
  holdInboundFile,
  keepAcknowledgement,
  keepUnanswered,
  settleAcknowledgement,
  takeControlNumber,
} from '../prisma/writes/acknowledgement-files.ts';
import { writeUnmatched } from '../prisma/writes/unmatched.ts';
import type { Unanswered } from '../prisma/convert.ts';
import type { ActivityDependencies } from './dependencies.ts';
import { refuse } from './failures.ts';
import type { AcknowledgementActivities } from './index.ts';
import { controlNumbersFrom } from './outbound/control-numbers.ts';

const folder = 'acknowledgements';

/** TA1 and 999 for what came in. Kept under the inbound file before they are delivered: the same file, however often, is answered once. */
export function acknowledgementActivities({
  prisma,
  gateway,
}: Pick<ActivityDependencies, 'prisma' | 'gateway'>): AcknowledgementActivities {
  return {
    acknowledgeInboundFile: async ({ fileId }) => {
      const file = await readFileToRead(prisma, fileId);
      if (file === null) throw refuse('file.unknown', `there is no inbound file ${fileId}`);
      if (file.status === 'registered') throw refuse('file.not-read', `inbound file ${fileId} is acknowledged only after it was read`);
      const known = await readAcknowledgements(prisma, fileId);
      const answers = known.length > 0 ? known : await prepare(prisma, fileId, file);
      for (const { id, isSent, ...answer } of answers) {
        if (isSent) continue;
        const receipt = await gateway.deliver(answer);
        await settleAcknowledgement(prisma, id, receipt, new Date());
      }
      return { acknowledgements: answers.length };
    },
  };
}

async function prepare(prisma: PrismaClient, fileId: string, file: FileToRead): Promise<readonly KeptAcknowledgement[]> {
  const { fault } = await readInboundOutcome(prisma, fileId);
  const { interchanges, faults } = await listenTo(prisma, fileId);
  const judgement = { faults, isRefused: fault?.code.startsWith('x12.') === true };
  const answers = interchanges.flatMap((heard) => acknowledgementOf(heard, judgement).map((answer) => ({ heard, answer })));
  return answers.length === 0 ? [] : inTransaction(prisma, (tx) => keepOnce(tx, { fileId, file, answers }));
}

interface ToKeep {
  readonly fileId: string;
  readonly file: FileToRead;
  readonly answers: readonly { readonly heard: HeardInterchange; readonly answer: Answer }[];
}

async function keepOnce(tx: Transaction, { fileId, file, answers }: ToKeep): Promise<readonly KeptAcknowledgement[]> {
  await holdInboundFile(tx, fileId);
  const known = await readAcknowledgements(tx, fileId);
  if (known.length > 0 || (await wasAnswered(tx, fileId))) return known;
  const unanswered: Unanswered[] = [];
  for (const [position, { heard, answer }] of answers.entries()) {
    const controlNumber = await takeControlNumber(tx);
    const content = answerText(envelopeBack(heard, controlNumber, file), answer);
    if (content instanceof DomainError) {
      unanswered.push({ code: content.code, message: content.message });
      continue;
    }
    const name = `acknowledgement-${String(controlNumber).padStart(9, '0')}.${answer.group === null ? 'ta1' : '999'}`;
    await keepAcknowledgement(tx, { inboundFileId: fileId, position, controlNumber, folder, name, content });
  }
  await keepUnanswered(tx, fileId, unanswered);
  await askToTell(tx, { fileId, file, unanswered });
  return readAcknowledgements(tx, fileId);
}

/**
 * An error when what came cannot be repeated in an answer: no sender, no number, ids that hold our delimiters. The file does not wait for it:
 * why stands on its row, and a person tells the sender.
 */
function answerText(envelope: OutboundEnvelope, answer: Answer): string | DomainError {
  try {
    return writeAnswer(envelope, answer);
  } catch (error) {
    if (error instanceof DomainError) return error;
    throw error;
  }
}

async function askToTell(
  tx: Transaction,
  { fileId, file, unanswered }: { readonly fileId: string; readonly file: FileToRead; readonly unanswered: readonly Unanswered[] },
): Promise<void> {
  const [first] = unanswered;
  if (first === undefined) return;
  const count = unanswered.length === 1 ? 'An acknowledgement' : `${unanswered.length} acknowledgements`;
  const reason = `${count} could not be written from what came: ${first.message} (${first.code}). Whoever sent it waits for an answer: tell them, and ask for the file with a whole envelope.`;
  const nothing = { payerId: '', amountCents: 0, candidates: [], item: null, awaits: [] };
  const task = {
    kind: 'answerSender',
    title: 'Tell the sender of a file that it could not be answered',
    reason,
    fileId,
    offset: 0,
  } as const;
  await writeUnmatched(tx, [{ ...nothing, ...task }], civilDateAt(file.receivedAt, file.zone));
}

/** A file is heard as a stream, like it was read. */
async function listenTo(
  prisma: PrismaClient,
  fileId: string,
): Promise<{ readonly interchanges: readonly HeardInterchange[]; readonly faults: Judgement['faults'] }> {
  const listener = new EnvelopeListener();
  const reader = createX12Reader();
  const faults: X12Fault[] = [];
  for await (const bytes of streamBytes(prisma, fileId)) {
    listener.push(bytes);
    faults.push(...reader.push(bytes).flatMap(faultsOf));
  }
  return { interchanges: listener.end(), faults: [...faults, ...reader.end().flatMap(faultsOf)] };
}

function faultsOf(event: X12Event): readonly X12Fault[] {
  if (event.kind === 'fault') return [event.fault];
  return event.kind === 'transaction' || event.kind === 'remittance-closed' ? event.faults : [];
}

/** Back to who sent it, under the ids they used. */
function envelopeBack(heard: HeardInterchange, controlNumber: bigint, { receivedAt, zone }: FileToRead): OutboundEnvelope {
  return {
    senderId: heard.receiverId,
    senderQualifier: heard.receiverQualifier,
    senderName: heard.receiverId,
    senderPhone: '',
    receiverId: heard.senderId,
    receiverQualifier: heard.senderQualifier,
    receiverName: heard.senderId,
    sentOn: civilDateAt(receivedAt, zone),
    sentAtTime: `${receivedAt.slice(11, 13)}${receivedAt.slice(14, 16)}`,
    ...controlNumbersFrom(controlNumber),
    usage: heard.usage,
  };
}
