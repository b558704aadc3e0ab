import { civilDateAt } from '../rules/domain/civil-date.ts';
import { acknowledgementOf, type Judgement } from '../rules/x12/acknowledgement-of.ts';
import { X12Fault } from '../rules/x12/fault.ts';
import { EnvelopeListener, type HeardInterchange } from '../rules/x12/heard.ts';
import { readX12File } from '../rules/x12/read-file.ts';
import { writeAnswer } from '../rules/x12/write-999.ts';
import type { OutboundEnvelope } from '../rules/x12/write-envelope.ts';
import { inTransaction, type Transaction } from '../prisma/client.ts';
import { type KeptAcknowledgement, readAcknowledgements } from '../prisma/reads/acknowledgement-files.ts';
import { readInboundOutcome } from '../prisma/reads/inbound-file.ts';
import { type FileToRead, readFileToRead } from '../prisma/reads/matching.ts';
import { keepAcknowledgement, settleAcknowledgement, takeControlNumber } from '../prisma/writes/acknowledgement-files.ts';
import { lockInboundFile } from '../prisma/writes/inbound-file.ts';
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
      const answers = await inTransaction(prisma, (tx) => prepareOnce(tx, fileId));
      for (const { id, isSent, ...file } of answers) {
        if (isSent) continue;
        const receipt = await gateway.deliver(file);
        await settleAcknowledgement(prisma, id, receipt, new Date());
      }
      return { acknowledgements: answers.length };
    },
  };
}

async function prepareOnce(tx: Transaction, fileId: string): Promise<readonly KeptAcknowledgement[]> {
  await lockInboundFile(tx, fileId);
  const known = await readAcknowledgements(tx, fileId);
  if (known.length > 0) return known;
  const file = await readFileToRead(tx, fileId);
  if (file === null) throw refuse('file.unknown', `there is no inbound file ${fileId}`);
  if (file.status === 'registered') throw refuse('file.not-read', `inbound file ${fileId} is acknowledged only after it was read`);
  const { fault } = await readInboundOutcome(tx, fileId);
  const judgement = { faults: faultsIn(file.content), isRefused: fault?.code.startsWith('x12.') === true };
  const answers = listenTo(file.content).flatMap((heard) => acknowledgementOf(heard, judgement).map((answer) => ({ heard, answer })));
  for (const [position, { heard, answer }] of answers.entries()) {
    const controlNumber = await takeControlNumber(tx);
    const content = writeAnswer(envelopeBack(heard, controlNumber, file), answer);
    const name = `acknowledgement-${String(controlNumber).padStart(9, '0')}.${answer.group === null ? 'ta1' : '999'}`;
    await keepAcknowledgement(tx, { inboundFileId: fileId, position, controlNumber, folder, name, content });
  }
  return readAcknowledgements(tx, fileId);
}

function listenTo(content: Uint8Array): readonly HeardInterchange[] {
  const listener = new EnvelopeListener();
  listener.push(content);
  return listener.end();
}

function faultsIn(content: Uint8Array): Judgement['faults'] {
  try {
    readX12File(content);
    return [];
  } catch (error) {
    if (error instanceof X12Fault) return [error];
    throw error;
  }
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
