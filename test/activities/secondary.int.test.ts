import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { loadKnowledge } from '../../client/knowledge.ts';
import { envelope } from '../../client/scenario/to-x12.ts';
import { civilDate, instant } from '../../rules/domain/civil-date.ts';
import type { SubmittedClaim } from '../../rules/domain/claim.ts';
import { readX12File } from '../../rules/x12/read-file.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { claimOf, fileText } from '../support/claims.ts';
import { StoredWorld } from '../support/stored-world.ts';

const payers = [
  { payer: 'UHC01', filing: 'CI' },
  { payer: 'BCBS9', filing: 'BL' },
];

let world: StoredWorld;

beforeEach(async () => {
  world = await StoredWorld.open({ knowledge: loadKnowledge() });
  world.now = instant('2026-06-16T14:00:00Z');
  await world.receive('a.837', fileText(claimOf('A100', { payers }), '2026-06-15'));
});

afterEach(() => world.close());

function remittance(trace: string, claims: readonly object[], provider: readonly object[] = []): string {
  const said = claims.map((claim) => ({ claim: 'A100', payerClaim: 'ICN1', ...claim }));
  return fileText({ remittance: { payer: 'UHC01', trace, claims: said, provider } }, '2026-07-01');
}

/** Denied for want of an authorization: no other payer is billed yet. */
const denied = { charge: '1480.00', paid: '0.00', lines: [{ charge: '1480.00', paid: '0.00', adjust: ['CO-197 1480.00'] }] };
const reversal = {
  status: '22',
  charge: '-1480.00',
  paid: '0.00',
  lines: [{ charge: '-1480.00', paid: '0.00', adjust: ['CO-197 -1480.00'] }],
};
const correction = {
  charge: '1480.00',
  paid: '1000.00',
  lines: [{ charge: '1480.00', paid: '1000.00', adjust: ['CO-45 280.00', 'PR-2 200.00'] }],
};

function sentTo(payer: string): readonly SubmittedClaim[] {
  return world.delivered
    .filter(({ folder, name }) => folder === payer && name.endsWith('.837'))
    .flatMap(({ content }) => readX12File(Buffer.from(content, 'latin1')))
    .flatMap((transaction) => (transaction.kind === 'claims' ? transaction.claims : []));
}

describe('the next payer of a claim that the first one reversed and corrected', () => {
  test.each([
    ['one file', [[reversal, correction]]],
    ['two files', [[reversal], [correction]]],
  ])('in %s hears the correction, and nothing negative', async (_, files) => {
    await world.receive('denied.835', remittance('T1', [denied]));
    expect(sentTo('BCBS9')).toEqual([]);
    for (const [index, claims] of files.entries()) await world.receive(`again-${index}.835`, remittance(`T${index + 2}`, claims));
    const [claim, ...more] = sentTo('BCBS9');
    expect(more).toEqual([]);
    expect(claim).toMatchObject({
      frequency: '1',
      destination: 2,
      otherPayers: [{ payerId: 'UHC01', paidCents: 100000, adjustments: [] }],
    });
    expect(claim?.coverages[1]?.payerReferences).toEqual([{ qualifier: 'F8', value: 'ICN1' }]);
    expect(claim?.lines.map((line) => line.otherPayers)).toEqual([
      [
        {
          payerId: 'UHC01',
          paidCents: 100000,
          adjudicatedOn: '2026-07-01',
          remainingLiabilityCents: 20000,
          adjustments: [
            { group: 'CO', carc: '45', cents: 28000 },
            { group: 'PR', carc: '2', cents: 20000 },
          ],
        },
      ],
    ]);
    expect(JSON.stringify(claim)).not.toMatch(/Cents":-|cents":-/);
  });
});

describe('bills of one stay', () => {
  test('open accounts of their own, with charges of their own, and go out again as what they are', async () => {
    const [transaction] = readX12File(Buffer.from(fileText(claimOf('B1'), '2026-06-15'), 'latin1'));
    if (transaction?.kind !== 'claims') throw new Error('an 837 was written');
    const [claim] = transaction.claims;
    if (claim === undefined) throw new Error('one claim was written');
    const from = envelope(civilDate('2026-06-20'), { from: 'HIS', to: 'UHC01', about: 'interim' });
    const bills = ['2', '3', '4', '5', '0'].map((frequency) => ({ ...claim, submissionKey: `B1-${frequency}`, frequency }));
    expect(await world.receive('stay.837', write837(from, bills))).toMatchObject({ status: 'stored', summary: '5 new accounts' });
    const account = await world.account('B1-3');
    expect(account.opened).toMatchObject({ accountNumber: 'B1-3', chargeCents: 148000 });
    const { frequency } = await world.store.prisma.submission.findFirstOrThrow({ where: { submissionKey: 'B1-3' } });
    expect(frequency).toBe('3');
  });
});
