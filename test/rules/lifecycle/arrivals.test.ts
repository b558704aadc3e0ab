import { expect, test } from '@jest/globals';
import type { ClaimAcknowledgement } from '../../../rules/domain/acknowledgement.ts';
import type { ClaimStatusAnswer, ReportedStatus } from '../../../rules/domain/claim-status.ts';
import { civilDate } from '../../../rules/domain/civil-date.ts';
import { claimAcknowledged, fileAcknowledged, payerClassOfIndicator, statusAnswered } from '../../../rules/lifecycle/arrivals.ts';

/** What the files of the world say, as events of an account. */

test.each([
  ['MA', 'medicare'],
  ['MB', 'medicare'],
  ['MC', 'medicaid'],
  ['16', 'medicareAdvantage'],
  ['BL', 'blue'],
  ['CH', 'tricare'],
  ['WC', 'workersCompensation'],
  ['09', 'selfPay'],
  ['CI', 'commercial'],
  ['HM', 'commercial'],
  ['12', 'commercial'],
  ['13', 'commercial'],
  ['14', 'commercial'],
  ['15', 'commercial'],
  ['VA', 'other'],
  ['', 'other'],
])('SBR09 %s is a payer of class %s', (indicator, expected) => {
  expect(payerClassOfIndicator(indicator)).toBe(expected);
});

test.each([
  ['A', 'received'],
  ['E', 'received'],
  ['P', 'rejected'],
  ['R', 'rejected'],
  ['M', 'rejected'],
  ['W', 'rejected'],
  ['X', 'rejected'],
])('a 999 with code %s: the claims of its file are %s, and no payer has accepted them', (code, verdict) => {
  const about = { submissionKey: 'A1', level: 'functional', on: civilDate('2026-03-03'), fileId: 'f', offset: 7 } as const;
  expect(fileAcknowledged({ ...about, code })).toMatchObject({ verdict, by: 'clearinghouse', category: code, offset: 7 });
});

test.each([
  ['A0', 'received'],
  ['A1', 'received'],
  ['A2', 'accepted'],
  ['A3', 'rejected'],
  ['A4', 'notFound'],
  ['A5', 'split'],
  ['A6', 'rejected'],
  ['A7', 'rejected'],
  ['A8', 'rejected'],
])('a 277CA of category %s: the claim is %s', (category, verdict) => {
  const told: Pick<ClaimAcknowledgement, 'submissionKey' | 'by' | 'status' | 'effectiveOn' | 'payerClaimNumber' | 'place'> = {
    submissionKey: 'A1',
    by: 'payer',
    status: '20',
    effectiveOn: civilDate('2026-03-04'),
    payerClaimNumber: 'P1',
    place: { offset: 70, length: 9 },
  };
  expect(claimAcknowledged({ ...told, category } as ClaimAcknowledgement, 'f')).toMatchObject({ verdict, by: 'payer', on: '2026-03-04' });
});

test.each([
  [
    'the later of two days',
    [
      ['P1', '2026-04-01'],
      ['F1', '2026-04-09'],
    ],
    'F1',
  ],
  [
    'the later, told first',
    [
      ['F1', '2026-04-09'],
      ['P1', '2026-04-01'],
    ],
    'F1',
  ],
  [
    'the last of one day',
    [
      ['P1', '2026-04-01'],
      ['F2', '2026-04-01'],
    ],
    'F2',
  ],
])('a status answer with %s', (_what, told, category) => {
  const statuses = told.map(
    ([code = '', on = '']) => ({ codes: [{ category: code, status: '65' }], on: civilDate(on) }) as unknown as ReportedStatus,
  );
  const answer = { statuses, payerClaimNumber: null, place: { offset: 3, length: 9 } } as unknown as ClaimStatusAnswer;
  expect(statusAnswered(answer, { submissionKey: 'A1', fileId: 'f' })).toMatchObject({ category, status: '65', offset: 3 });
});
