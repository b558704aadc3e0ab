import { carryOut, type Commission, type Prepared, type Sending } from './carry-out.ts';
import type { CommandActivities } from './index.ts';
import type { LetterPath } from './letters/catalogue.ts';
import { composePacket, refuseIncomplete } from './letters/packet.ts';
import { lastClaim, sequenceIn } from './submissions.ts';

type CorrespondenceActivities = Pick<CommandActivities, 'sendDocuments' | 'fileReconsideration' | 'fileAppeal'>;

/** Packets to a payer about one denial case, or about a claim for which it asked documents: cover, letter, and what goes with it. */
export function correspondenceActivities(sending: Sending): CorrespondenceActivities {
  return {
    sendDocuments: (input) => carryOut(sending, input, { prepare: (c) => packet(c, 'documents') }),
    fileReconsideration: (input) => carryOut(sending, input, { prepare: (c) => packet(c, 'reconsideration') }),
    fileAppeal: (input) => carryOut(sending, input, { prepare: (c) => packet(c, 'appeal') }),
  };
}

/** A dispute of one level is filed once; documents may be asked for again and again, and go once for each request. */
async function packet(commission: Commission, path: LetterPath): Promise<Prepared> {
  const { tx: db, accountId, source, routes, params, on, number } = commission;
  const sequence = sequenceIn(params);
  const level = Number(params.level ?? 1);
  const caseId = typeof params.caseId === 'string' ? params.caseId : null;
  const request = typeof params.request === 'string' ? params.request : null;
  const asked = typeof params.attachmentControlNumber === 'string' ? params.attachmentControlNumber : null;
  const parcel = `${path}-${number}`;
  const about = { path, sequence, caseId, level, amountCents: Number(params.amountCents ?? 0), on, parcel, asked };
  const composed = await composePacket({ db, accountId, source, routes, claim: lastClaim(commission, sequence), ...about });
  refuseIncomplete(composed);
  const once = request !== null ? `documents:${request}` : path === 'documents' ? null : `${path}:${caseId}:${level}`;
  return { files: await composed.files(), parcel, channel: composed.channel, ...(once === null ? {} : { standingKey: once }) };
}
