import { describe, expect, test } from '@jest/globals';
import { readOnly, wrapped } from './support.ts';

function acknowledgementsOf(source: string) {
  return wrapped('277', '005010X214', [
    'BHT*0085*08*TESTBATCH*20260608*0915*TH',
    'HL*1**20*1',
    `NM1*${source}*2*INVENTED SOURCE*****PI*TESTSOURCE`,
    'TRN*1*TESTBATCH',
    'HL*2*1*21*1',
    'NM1*41*2*INVENTED SENDER*****46*TESTSENDER',
    'TRN*2*TESTBATCH-1',
    'STC*A8:746:41*20260608*U*100',
    'HL*3*2*19*1',
    'NM1*85*2*INVENTED CLINIC*****XX*9000000001',
    'HL*4*3*PT',
    'NM1*QC*1*INVENTED*CHILD',
    'TRN*2*TESTKEY-1',
    'STC*A7:562:85*20260608*U*100******A7:128',
    'REF*1K*TESTICN',
    'DTP*472*RD8*20260601-20260603',
    'SVC*HC:99213*100',
    'STC*A7:255*20260608*U',
  ]);
}

describe('a 277CA', () => {
  test.each([
    ['PR', 'payer'],
    ['AY', 'clearinghouse'],
    ['41', 'clearinghouse'],
  ] as const)('from %s is the word of a %s', (source, by) => {
    const { acknowledgements } = readOnly(acknowledgementsOf(source), 'claim-acknowledgements');
    expect(acknowledgements.map((acknowledgement) => [acknowledgement.by, acknowledgement.sourceId])).toEqual([
      [by, 'TESTSOURCE'],
      [by, 'TESTSOURCE'],
    ]);
  });

  test('gives each reason of a claim, with the whole loop as its place, and not those of its lines', () => {
    const file = acknowledgementsOf('PR');
    const { acknowledgements } = readOnly(file, 'claim-acknowledgements');
    expect(acknowledgements).toMatchObject([
      { submissionKey: 'TESTKEY-1', category: 'A7', status: '562', entity: '85', action: 'U', payerClaimNumber: 'TESTICN' },
      { submissionKey: 'TESTKEY-1', category: 'A7', status: '128', entity: null, action: 'U', payerClaimNumber: 'TESTICN' },
    ]);
    const [place] = acknowledgements.map((acknowledgement) => acknowledgement.place);
    expect(file.slice(place?.offset, (place?.offset ?? 0) + (place?.length ?? 0))).toMatch(
      /^TRN\*2\*TESTKEY-1~[^]*STC\*A7:255\*20260608\*U~\n$/,
    );
  });

  test('repeats what a person needs to look for the claim, and nothing when it says nothing', () => {
    const file = acknowledgementsOf('PR');
    const [told] = readOnly(file, 'claim-acknowledgements').acknowledgements;
    const repeated = { last: 'INVENTED', first: 'CHILD', memberId: '', chargeCents: 10_000, servicedFrom: '2026-06-01' };
    expect(told?.repeated).toEqual(repeated);
    const silent = file.replace('NM1*QC*1*INVENTED*CHILD', 'NM1*QC*1').replace('DTP*472*RD8*20260601-20260603', 'DTP*472*D8*x');
    const [mute] = readOnly(silent.replaceAll('*U*100', '*U'), 'claim-acknowledgements').acknowledgements;
    expect(mute).not.toHaveProperty('repeated');
  });

  test('that rejects the whole batch says so, though it names no claim', () => {
    expect(readOnly(acknowledgementsOf('PR'), 'claim-acknowledgements').batches).toMatchObject([
      { trace: 'TESTBATCH-1', category: 'A8', status: '746', entity: '41', action: 'U', effectiveOn: '2026-06-08' },
    ]);
  });
});
