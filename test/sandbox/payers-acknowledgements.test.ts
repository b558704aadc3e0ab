import { describe, expect, test } from '@jest/globals';
import { inquiryAbout, write276 } from '../../rules/x12/write-276.ts';
import { write837 } from '../../rules/x12/write-837.ts';
import { outbound } from '../x12/support.ts';
import {
  claimFile,
  claimTold,
  contracted,
  day0,
  heardOf,
  noon,
  play,
  remittanceClaims,
  straight,
  transactions,
  worldOf,
} from './payer-play.ts';

describe('acknowledgements', () => {
  test('a file that is taken in is answered by a 999, a 277CA of the clearinghouse and one of the payer with its claim number', () => {
    const { came, truth } = heardOf({});
    const [functional, house, payer] = transactions(came);
    expect(functional).toMatchObject({ kind: 'functional-acknowledgement', acknowledgement: { code: 'A', functionalId: 'HC' } });
    expect(functional?.envelope).toMatchObject({ senderId: 'CLEARINGHOUSE', receiverId: 'RECOURSE' });
    expect(house).toMatchObject({
      acknowledgements: [{ by: 'clearinghouse', category: 'A1', submissionKey: 'A1', payerClaimNumber: null }],
    });
    const number = truth.claims[0]?.payerClaimNumbers[0];
    expect(number).toMatch(/^UH\d{10}$/);
    expect(payer).toMatchObject({
      acknowledgements: [{ by: 'payer', sourceId: 'UHC01', category: 'A2', action: 'WQ', payerClaimNumber: number }],
    });
  });

  test('a TA1 comes when ISA14 asks for it', () => {
    const { sent, at } = claimFile([claimTold({ account: 'A1' })]);
    const came = play(worldOf(1, [straight]), [{ sent: { ...sent, content: sent.content.replace('*0*T*:', '*1*T*:') }, at }]);
    expect(transactions(came)[0]).toMatchObject({ kind: 'interchange-acknowledgement', acknowledgement: { code: 'A', note: '000' } });
  });

  test.each([
    ['cut off', (text: string) => text.slice(0, -60), { code: 'R', note: '023' }],
    ['with a wrong count of groups', (text: string) => text.replace('IEA*1', 'IEA*2'), { code: 'R', note: '021' }],
    [
      'with another control number at its end',
      (text: string) => text.replace(/IEA\*1\*\d+/, 'IEA*1*999999999'),
      { code: 'R', note: '001' },
    ],
  ])('an interchange %s is refused by a TA1', (_, broken, acknowledgement) => {
    const { sent, at } = claimFile([claimTold({ account: 'A1' })]);
    const world = worldOf(1, [straight]);
    const came = play(world, [{ sent: { ...sent, content: broken(sent.content) }, at }]);
    expect(transactions(came)).toMatchObject([{ kind: 'interchange-acknowledgement', acknowledgement }]);
    expect(world.truth().claims).toEqual([]);
  });

  test('a transaction set that cannot be read is rejected by a 999', () => {
    const { sent, at } = claimFile([claimTold({ account: 'A1' })]);
    const came = play(worldOf(1, [straight]), [{ sent: { ...sent, content: sent.content.replace(/CLM\*A1\*[\d.]+/, 'CLM*A1*X') }, at }]);
    expect(transactions(came)).toMatchObject([{ acknowledgement: { code: 'R', transactions: [{ controlNumber: '0001', code: 'R' }] } }]);
  });

  test.each([
    ['interchange', 'refused', { code: 'R', note: '022' }],
    ['group', 'rejected', { code: 'R', transactions: [{ code: 'R' }] }],
  ])('a file whose %s is %s brings nothing but that, and passes when it is sent again', (level, verdict, acknowledgement) => {
    const fates = [{ ...straight, [level]: verdict, attempt: 1 }, straight];
    const world = worldOf(1, fates);
    const claims = [claimTold({ account: 'A1' })];
    const came = play(world, [claimFile(claims), claimFile(claims, 3)]);
    expect(transactions(came)[0]).toMatchObject({ acknowledgement });
    expect(world.truth().claims.map(({ state }) => state)).toEqual(['fileRejected', 'adjudicated']);
    expect(remittanceClaims(came)).toHaveLength(1);
  });

  test('a group of which one set is refused is accepted in part, and only the others are handed on', () => {
    const texts = ['A1', 'A2'].map((account) => write837({ ...outbound, senderId: 'RECOURSE' }, [claimTold({ account })]).split('\n'));
    const [first = [], second = []] = texts;
    const sets = [...first.slice(2, -3), ...second.slice(2, -3).map((line) => line.replaceAll('0001', '0002'))];
    const content = [...first.slice(0, 2), ...sets, 'GE*2*7~', ...first.slice(-2)].join('\n');
    const world = worldOf(1, [{ ...straight, group: 'partial' }]);
    const came = play(world, [{ sent: { folder: 'hospital', name: 'two.837', content }, at: noon(0) }]);
    const acknowledgement = {
      code: 'P',
      transactions: [
        { controlNumber: '0001', code: 'A' },
        { controlNumber: '0002', code: 'R' },
      ],
    };
    expect(transactions(came)[0]).toMatchObject({ acknowledgement });
    expect(world.truth().claims.map(({ submissionKey, state }) => [submissionKey, state])).toEqual([
      ['A2', 'fileRejected'],
      ['A1', 'adjudicated'],
    ]);
  });

  test.each([
    ['rejectedByClearinghouse', 'invalidMember', { by: 'clearinghouse', category: 'A7', status: '164', entity: 'IL', action: 'U' }],
    ['rejectedByPayer', 'missing', { by: 'payer', category: 'A6', status: '145', entity: '85', action: 'U', payerClaimNumber: null }],
  ] as const)('a claim %s is refused with a reason and never adjudicated', (front, rejection, acknowledgement) => {
    const { came, said, truth } = heardOf({ front, rejection });
    const last = transactions(came).at(-1);
    expect(last).toMatchObject({ acknowledgements: [acknowledgement] });
    expect(said).toEqual([]);
    expect(truth.claims[0]?.state).toBe(front);
  });

  test.each(['lost', 'silent'] as const)('a claim that is %s is never answered by an 835', (front) => {
    const { came, said } = heardOf({ front });
    expect(said).toEqual([]);
    expect(transactions(came)).toHaveLength(front === 'lost' ? 2 : 3);
  });

  test('an interchange that comes twice is refused the second time as a duplicate, and changes nothing', () => {
    const sending = claimFile([claimTold({ account: 'A1' })]);
    const world = worldOf(1, [straight]);
    const came = play(world, [sending, { ...sending, at: noon(2) }]);
    const refusals = transactions(came).filter((one) => one.kind === 'interchange-acknowledgement');
    expect(refusals).toMatchObject([{ acknowledgement: { code: 'R', note: '025' } }]);
    expect(remittanceClaims(came)).toHaveLength(1);
    expect(world.truth().claims).toHaveLength(1);
  });
});

describe('status inquiries', () => {
  test.each([
    ['not on file', 'lost', 20, 'D0:35', 0],
    ['in process', 'accepted', 2, 'P1:20', 0],
    ['in process for ever', 'silent', 90, 'P1:20', 0],
    ['paid', 'accepted', 20, 'F1:65', contracted],
  ] as const)('%s', (_, front, day, status, paidCents) => {
    const claim = claimTold({ account: 'A1' });
    const asked = { ...outbound, senderId: 'RECOURSE', interchangeControlNumber: '900', sentOn: day0 };
    const content = write276(asked, [inquiryAbout(claim, { trace: 'TRACE1', payerClaimNumber: null })]);
    const world = worldOf(1, [{ ...straight, front }]);
    const came = play(world, [claimFile([claim]), { sent: { folder: 'UHC01', name: 'inquiry.276', content }, at: noon(day) }]);
    const acknowledged = transactions(came).filter((one) => one.kind === 'functional-acknowledgement');
    expect(acknowledged.at(-1)).toMatchObject({ acknowledgement: { functionalId: 'HR', code: 'A', groupControlNumber: '7' } });
    const file = came.find(({ name }) => name.endsWith('.277'));
    expect(transactions(came.filter((one) => one === file))).toMatchObject([{ envelope: { version: '005010X212', senderId: 'UHC01' } }]);
    const number = world.truth().claims[0]?.payerClaimNumbers[0] ?? null;
    const [category, code] = status.split(':');
    const said = transactions(came.filter((one) => one === file)).flatMap((one) => (one.kind === 'claim-statuses' ? one.answers : []));
    expect(said).toMatchObject([
      { trace: 'TRACE1', submissionKey: 'A1', payerClaimNumber: number, statuses: [{ codes: [{ category, status: code }], paidCents }] },
    ]);
  });
});
