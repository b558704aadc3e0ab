import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { civilDate } from '../../rules/domain/civil-date.ts';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { cents } from '../../rules/domain/money.ts';
import type { WithoutPlace } from '../../rules/x12/without-place.ts';
import type { OutboundEnvelope } from '../../rules/x12/write-envelope.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { submittedClaim } from './generate-claim.ts';
import { outbound } from './support.ts';

const [sample] = fc.sample(submittedClaim('professional'), { numRuns: 1, seed: 8 });
if (sample === undefined) throw new Error('nothing generated');
const claim: WithoutPlace<SubmittedClaim> = { ...sample, frequency: '7', originalPayerClaimNumber: 'TESTICN' };
const [line] = claim.lines;
if (line === undefined) throw new Error('no line generated');

const refused: Record<string, readonly [string, Partial<WithoutPlace<SubmittedClaim>>]> = {
  'a delimiter in a name': ['x12.delimiter-in-value', { billingProvider: { ...claim.billingProvider, name: 'SECRET*CLINIC' } }],
  'a line end in a number': ['x12.delimiter-in-value', { authorizationNumber: 'SECRET\nNUMBER' }],
  'a key of more than twenty characters': ['x12.submission-key', { submissionKey: 'SECRETKEY-SECRETKEY-1' }],
  "a replacement without the payer's number": ['x12.original-number', { originalPayerClaimNumber: null }],
  "an original with the payer's number": ['x12.original-number', { frequency: '1' }],
  'a charge its lines do not make': ['x12.charges', { chargeCents: cents(claim.chargeCents + 1) }],
  'no lines': ['x12.charges', { lines: [], chargeCents: cents(0) }],
  'dates its lines do not have': ['x12.service-dates', { servicedFrom: civilDate('2001-01-01') }],
  'a destination that is not its first coverage': ['x12.coverage', { destination: 1 }],
  'the word of a payer it does not name': [
    'x12.other-payers',
    { otherPayers: [{ payerId: 'SECRETID', paidCents: cents(0), adjudicatedOn: null, adjustments: [] }] },
  ],
  'a pointer at no diagnosis': ['x12.pointers', { diagnoses: [] }],
  'more diagnoses than fit': ['x12.diagnoses', { diagnoses: Array.from({ length: 13 }, () => 'A00') }],
  'a line without a procedure': ['x12.line-code', { lines: [{ ...line, procedureCode: null }, ...claim.lines.slice(1)] }],
};

describe('a claim is not written with', () => {
  test.each(Object.entries(refused))('%s', (_, [code, change]) => {
    expect(() => write837(outbound, [{ ...claim, ...change }])).toThrow(
      expect.objectContaining({ code, message: expect.not.stringMatching('SECRET') }),
    );
  });

  test('a claim of the other kind beside it, or nothing at all', () => {
    const writing = (claims: readonly WithoutPlace<SubmittedClaim>[]) => () => write837(outbound, claims);
    expect(writing([claim, { ...claim, claimType: 'institutional' }])).toThrow(expect.objectContaining({ code: 'x12.mixed' }));
    expect(writing([])).toThrow(expect.objectContaining({ code: 'x12.empty' }));
  });
});

test.each<[string, Partial<OutboundEnvelope>]>([
  ['an id of more than 15 characters', { senderId: 'TESTSENDER-TOO-LONG' }],
  ['a control number that is none', { interchangeControlNumber: '12A' }],
  ['a group number with leading zeros', { groupControlNumber: '007' }],
  ['a short set number', { transactionControlNumber: '1' }],
  ['a time that is none', { sentAtTime: '915' }],
])('an envelope is not written with %s', (_, change) => {
  expect(() => write837({ ...outbound, ...change }, [claim])).toThrow(expect.objectContaining({ code: 'x12.envelope' }));
});

test('an ISA always has 106 bytes', () => {
  const text = write837({ ...outbound, senderId: 'A', receiverId: 'ABCDEFGHIJKLMNO' }, [claim]);
  expect(text.indexOf('~')).toBe(105);
});
