import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { ClaimAcknowledgement, FunctionalAcknowledgement } from '../../rules/domain/acknowledgement.ts';
import { civilDate } from '../../rules/domain/civil-date.ts';
import type { WithoutPlace } from '../../rules/x12/without-place.ts';
import { inquiryAbout, write276 } from '../../rules/x12/write-276.ts';
import { write277ca } from '../../rules/x12/write-277ca.ts';
import { write835 } from '../../rules/x12/write-835.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { write999 } from '../../rules/x12/write-999.ts';
import { remittance } from './generate.ts';
import { submittedClaim } from './generate-claim.ts';
import { envelopeOf, outbound, placeless, readOnly } from './support.ts';

const runs = { numRuns: 60, seed: 20260608 };

describe('read after write is identity', () => {
  test.each([
    ['professional', '005010X222A1'],
    ['institutional', '005010X223A2'],
  ] as const)('for %s claims', (claimType, version) => {
    fc.assert(
      fc.property(fc.array(submittedClaim(claimType), { minLength: 1, maxLength: 3 }), (claims) => {
        const transaction = readOnly(write837(outbound, claims), 'claims');
        expect(placeless(transaction.claims)).toEqual(placeless(claims));
        expect(transaction.envelope).toEqual(envelopeOf(version));
      }),
      runs,
    );
  });

  test('for remittances, which balance when they were made to', () => {
    fc.assert(
      fc.property(remittance, (written) => {
        const transaction = readOnly(write835(outbound, written), 'remittance');
        expect(placeless(transaction.remittance)).toMatchObject(written);
        expect(transaction.envelope).toEqual(envelopeOf('005010X221A1'));
      }),
      runs,
    );
  });

  test('for functional acknowledgements', () => {
    const written: WithoutPlace<FunctionalAcknowledgement> = {
      functionalId: 'HC',
      groupControlNumber: '7',
      code: 'P',
      transactions: [
        { controlNumber: '0001', code: 'A' },
        { controlNumber: '0002', code: 'R' },
      ],
    };
    const text = write999(outbound, written);
    expect(placeless(readOnly(text, 'functional-acknowledgement').acknowledgement)).toEqual(written);
    expect(text).toContain('\nAK9*P*2*2*1~\n');
  });

  test.each(['payer', 'clearinghouse'] as const)('for claim acknowledgements of a %s', (by) => {
    const accepted: WithoutPlace<ClaimAcknowledgement> = {
      submissionKey: 'TESTKEY-1',
      by,
      sourceId: 'TESTSOURCE',
      category: 'A2',
      status: '20',
      entity: null,
      action: 'WQ',
      effectiveOn: civilDate('2026-06-09'),
      payerClaimNumber: 'TESTICN-1',
      clearinghouseTrace: null,
    };
    const rejected: WithoutPlace<ClaimAcknowledgement> = {
      ...accepted,
      submissionKey: 'TESTKEY-2',
      category: 'A7',
      status: '562',
      entity: '85',
      action: 'U',
      payerClaimNumber: null,
      clearinghouseTrace: 'TESTTRACE-2',
    };
    const transaction = readOnly(write277ca(outbound, [accepted, rejected]), 'claim-acknowledgements');
    expect(placeless(transaction.acknowledgements)).toEqual([accepted, rejected]);
    expect(transaction.batches).toEqual([]);
  });
});

test('a status inquiry asks by the payer claim number, our key, the charge and the dates', () => {
  const [claim] = fc.sample(submittedClaim('institutional'), { numRuns: 1, seed: 5 });
  if (claim === undefined) throw new Error('nothing generated');
  const chargeCents = claim.chargeCents;
  const inquiry = inquiryAbout({ ...claim, submissionKey: 'TESTKEY' }, { trace: 'TESTTRACE', payerClaimNumber: 'TESTICN' });
  const text = write276(outbound, [inquiry]);
  expect(text).toContain(
    `\nTRN*1*TESTTRACE~\nREF*1K*TESTICN~\nREF*BLT*13${claim.frequency}~\nREF*EJ*TESTKEY~\nAMT*T3*${chargeCents / 100}~\n`,
  );
  expect(placeless(readOnly(text, 'claim-inquiries').inquiries)).toEqual([placeless(inquiry)]);
});
