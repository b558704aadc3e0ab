import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { write276 } from '../../rules/x12/write-276.ts';
import { write277Rfai } from '../../rules/x12/write-277-rfai.ts';
import { write277Status } from '../../rules/x12/write-277-status.ts';
import { documentRequest, inquiry, statusAnswer } from './generate-status.ts';
import { outbound, placeless, readOnly, wrapped } from './support.ts';

const runs = { numRuns: 60, seed: 20260608 };
const some = { minLength: 1, maxLength: 3 };

describe('read after write is identity', () => {
  test('for status inquiries', () => {
    fc.assert(
      fc.property(fc.array(inquiry, some), (asked) => {
        expect(placeless(readOnly(write276(outbound, asked), 'claim-inquiries').inquiries)).toEqual(placeless(asked));
      }),
      runs,
    );
  });

  test('for status answers', () => {
    fc.assert(
      fc.property(fc.array(statusAnswer, some), (answers) => {
        const transaction = readOnly(write277Status(outbound, answers), 'claim-statuses');
        expect(placeless(transaction.answers)).toEqual(placeless(answers));
        expect(transaction.batches).toEqual([]);
      }),
      runs,
    );
  });

  test('for requests for documents', () => {
    fc.assert(
      fc.property(fc.array(documentRequest, some), (requests) => {
        expect(placeless(readOnly(write277Rfai(outbound, requests), 'document-requests').requests)).toEqual(placeless(requests));
      }),
      runs,
    );
  });
});

const levels = [
  'HL*1**20*1',
  'NM1*PR*2*INVENTED PLAN*****PI*PLAN01',
  'HL*2*1*21*1',
  'NM1*41*2*INVENTED SENDER*****46*TESTSENDER',
  'HL*3*2*19*1',
  'NM1*1P*2*INVENTED CLINIC*****XX*9000000001',
  'HL*4*3*22*1',
  'NM1*IL*1*INVENTED*PARENT****MI*TESTMEMBER',
];

describe('a 277 that answers inquiries', () => {
  const file = wrapped('277', '005010X212', [
    'BHT*0010*08*TESTANSWER*20260608*0915*DG',
    ...levels.slice(0, 4),
    'TRN*2*TESTINQUIRY',
    'STC*E0:0*20260608',
    ...levels.slice(4),
    'TRN*2*TESTKEY-1',
    'STC*F1:65:PR*20260605**150*100*20260604**20260606*TESTTRACE*F1:3',
    'REF*1K*TESTICN-1',
    'REF*EJ*TESTKEY-1',
    'DTP*472*RD8*20260501-20260503',
    'SVC*HC:99213:25*150*100****2',
    'STC*F1:65*20260605',
    'REF*FJ*TESTLINE-1',
    'DTP*472*D8*20260501',
    'HL*5*4*23',
    'NM1*QC*1*INVENTED*CHILD',
    'TRN*2*TESTKEY-2',
    'STC*P3:317*20260605',
  ]);
  const { answers, batches } = readOnly(file, 'claim-statuses');

  test('says of each claim how it stands, with money, dates and the remittance', () => {
    expect(placeless(answers[0])).toEqual({
      trace: 'TESTKEY-1',
      payerId: 'PLAN01',
      payerName: 'INVENTED PLAN',
      provider: { name: 'INVENTED CLINIC', npi: '9000000001' },
      subscriber: { last: 'INVENTED', first: 'PARENT', middle: '' },
      memberId: 'TESTMEMBER',
      dependent: null,
      statuses: [
        {
          codes: [
            { category: 'F1', status: '65', entity: 'PR', codeList: '' },
            { category: 'F1', status: '3', entity: '', codeList: '' },
          ],
          on: '2026-06-05',
          chargeCents: 15000,
          paidCents: 10000,
          finalizedOn: '2026-06-04',
          remittanceOn: '2026-06-06',
          remittanceTrace: 'TESTTRACE',
        },
      ],
      payerClaimNumber: 'TESTICN-1',
      submissionKey: 'TESTKEY-1',
      billType: null,
      clearinghouseTrace: null,
      references: [],
      servicedFrom: '2026-05-01',
      servicedThrough: '2026-05-03',
      lines: [
        {
          controlNumber: 'TESTLINE-1',
          procedureQualifier: 'HC',
          procedureCode: '99213',
          modifiers: ['25'],
          revenueCode: null,
          chargeCents: 15000,
          paidCents: 10000,
          units: 2,
          servicedFrom: '2026-05-01',
          servicedThrough: '2026-05-01',
          statuses: [
            {
              codes: [{ category: 'F1', status: '65', entity: '', codeList: '' }],
              on: '2026-06-05',
              chargeCents: null,
              paidCents: null,
              finalizedOn: null,
              remittanceOn: null,
              remittanceTrace: null,
            },
          ],
        },
      ],
    });
  });

  test('keeps a dependent apart from the subscriber, and a whole inquiry apart from its claims', () => {
    expect(answers[1]).toMatchObject({ trace: 'TESTKEY-2', dependent: { first: 'CHILD' }, subscriber: { first: 'PARENT' } });
    expect(batches).toMatchObject([{ trace: 'TESTINQUIRY', category: 'E0', effectiveOn: '2026-06-08' }]);
  });

  test('has the place from TRN to before the next level', () => {
    const [place] = answers.map((answer) => answer.place);
    expect(file.slice(place?.offset, (place?.offset ?? 0) + (place?.length ?? 0))).toMatch(
      /^TRN\*2\*TESTKEY-1~[^]*DTP\*472\*D8\*20260501~\n$/,
    );
  });
});

test.each(['005010X213', '006020X313'])('a request of %s says which documents, by when and under which number', (version) => {
  const file = wrapped('277', version, [
    'BHT*0085*48*TESTREQUEST*20260608*0915*RQ',
    ...levels,
    'TRN*1*TESTNUMBER',
    'STC*R4:18842-5::LOI*20260608**150',
    'REF*1K*TESTICN-1',
    'REF*EJ*TESTKEY-1',
    'DTP*472*RD8*20260501-20260503',
    'DTP*106*D8*20260708',
  ]);
  expect(readOnly(file, 'document-requests').requests).toMatchObject([
    {
      attachmentControlNumber: 'TESTNUMBER',
      submissionKey: 'TESTKEY-1',
      payerClaimNumber: 'TESTICN-1',
      dueOn: '2026-07-08',
      requested: [{ codes: [{ category: 'R4', status: '18842-5', codeList: 'LOI' }], on: '2026-06-08' }],
    },
  ]);
});
