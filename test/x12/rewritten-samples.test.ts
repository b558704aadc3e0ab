import { readFileSync } from 'node:fs';
import { expect, test } from '@jest/globals';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { sum } from '../../rules/domain/money.ts';
import type { X12Transaction } from '../../rules/domain/x12-file.ts';
import { X12Fault } from '../../rules/x12/fault.ts';
import { write276 } from '../../rules/x12/write-276.ts';
import { write277ca } from '../../rules/x12/write-277ca.ts';
import { write277Rfai } from '../../rules/x12/write-277-rfai.ts';
import { write277Status } from '../../rules/x12/write-277-status.ts';
import { write835 } from '../../rules/x12/write-835.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { write999, writeAnswer } from '../../rules/x12/write-999.ts';
import { outbound, placeless, read } from './support.ts';
import { describeSamples, samplePath, samples } from './sample-files.ts';

describeSamples('what a file by others says, written by us, says the same', () => {
  test.each(samples)('%s', (name) => {
    for (const transaction of readOrNothing(name)) {
      const written = rewrittenOrRefused(transaction);
      if (written === null) continue;
      const [again, ...more] = read(written.text);
      expect(more).toEqual([]);
      expect(content({ ...again, envelope: undefined })).toEqual(content(written.said));
    }
  });

  test('and most of them can be read', () => {
    const kinds = samples.flatMap((name) => readOrNothing(name).map(({ kind }) => kind));
    expect(kinds.filter((kind) => kind === 'claims').length).toBeGreaterThan(15);
  });
});

/** Without places, also of what does not balance. */
function content(value: object): unknown {
  return JSON.parse(JSON.stringify(placeless(value), (key, inner) => (key === 'offset' ? undefined : inner)));
}

/** Some names hold our delimiters: those are not sent. */
function rewrittenOrRefused(transaction: X12Transaction): ReturnType<typeof rewritten> {
  try {
    return rewritten(transaction);
  } catch (error) {
    if (error instanceof DomainError && error.code === 'x12.delimiter-in-value') return null;
    throw error;
  }
}

/** Null for what nobody writes: transaction sets we do not know, and empty ones. */
function rewritten(transaction: X12Transaction): { readonly text: string; readonly said: object } | null {
  switch (transaction.kind) {
    case 'claims': {
      const claims = transaction.claims.map(sendable);
      return claims.length === 0 ? null : { text: write837(outbound, claims), said: { kind: 'claims', claims } };
    }
    case 'claim-inquiries':
      return { text: write276(outbound, transaction.inquiries), said: { kind: transaction.kind, inquiries: transaction.inquiries } };
    case 'claim-statuses': {
      const { answers, kind } = transaction;
      return answers.length === 0 ? null : { text: write277Status(outbound, answers), said: { kind, answers, batches: [] } };
    }
    case 'document-requests':
      return { text: write277Rfai(outbound, transaction.requests), said: { kind: transaction.kind, requests: transaction.requests } };
    case 'claim-acknowledgements': {
      const { acknowledgements, kind } = transaction;
      return acknowledgements.length === 0
        ? null
        : { text: write277ca(outbound, acknowledgements), said: { kind, acknowledgements, batches: [] } };
    }
    case 'functional-acknowledgement': {
      const { acknowledgement, kind } = transaction;
      return { text: write999(outbound, acknowledgement), said: { kind, acknowledgement } };
    }
    case 'interchange-acknowledgement': {
      const { acknowledgement, kind } = transaction;
      return { text: writeAnswer(outbound, { interchange: acknowledgement, group: null }), said: { kind, acknowledgement } };
    }
    case 'remittance': {
      const { remittance, kind } = transaction;
      return { text: write835(outbound, remittance), said: { kind, remittance } };
    }
    default:
      return null;
  }
}

/** Some examples charge other than their lines, or point at diagnoses they do not have, and such a claim is not sent. */
function sendable(claim: SubmittedClaim): SubmittedClaim {
  const lines = claim.lines.map((line) => ({
    ...line,
    diagnosisPointers: line.diagnosisPointers.filter((pointer) => pointer <= claim.diagnoses.length),
  }));
  return { ...claim, lines, chargeCents: sum(lines.map((line) => line.chargeCents)) };
}

function readOrNothing(name: string): readonly X12Transaction[] {
  try {
    return read(mended(readFileSync(samplePath(name), 'latin1')));
  } catch (error) {
    if (error instanceof X12Fault) return [];
    throw error;
  }
}

/** The counts of hand-made files are often wrong, and some name another component separator than they use. */
function mended(text: string): string {
  const isa = text.indexOf('ISA');
  const [separator, terminator] = [text.charAt(isa + 3), text.charAt(isa + 105)];
  let segments = 0;
  let sets = 0;
  const counted = text.split(terminator).map((segment) => {
    const elements = segment.split(separator);
    const id = elements[0]?.trim() ?? '';
    segments = id === 'ST' ? 1 : segments + 1;
    sets = id === 'GS' ? 0 : sets + (id === 'ST' ? 1 : 0);
    if (id === 'SE') elements[1] = String(segments);
    if (id === 'GE') elements[1] = String(sets);
    if (id === 'ISA' && /\*(\d\d>[AB]>\w\*|HC>)/.test(text)) elements[16] = '>';
    return elements.join(separator);
  });
  return counted.join(terminator);
}
