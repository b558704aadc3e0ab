import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recourse } from '../support/fake-engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const medicare = {
  rule: { amount: 120, unit: 'calendar', anchor: 'remittanceOn', receiptPresumptionDays: 5 },
  anchors: { remittanceOn: '2026-06-19' },
};

function computed(asked: unknown, ...more: readonly string[]) {
  return recourse(['deadlines', 'compute', ...more], undefined, typeof asked === 'string' ? asked : JSON.stringify(asked));
}

describe('recourse deadlines compute', () => {
  test('reads one rule and its anchors on stdin, and prints three dates and how they were counted', async () => {
    const { exit, out } = await computed(medicare, '--json');
    expect([exit, JSON.parse(out)]).toEqual([
      0,
      {
        rule: 'stated-rule',
        kind: 'filing',
        anchor: 'remittanceOn',
        anchorOn: '2026-06-19',
        nominalOn: '2026-10-22',
        legalOn: '2026-10-22',
        safeByOn: '2026-10-16',
        derivation: [
          'Counting starts on Friday 2026-06-19, the date of the remittance.',
          'Receipt is presumed 5 calendar days later, on Wednesday 2026-06-24.',
          '120 calendar days end on Thursday 2026-10-22.',
          'Without the presumption the last day would be Saturday 2026-10-17, a weekend; the safe date uses it.',
          'Work by Friday 2026-10-16: the last business day on or before it, and it counts when received.',
          'A rule stated for this computation (no source given; unconfirmed, check before relying on it).',
        ],
        filing: null,
      },
    ]);
  });

  test('reads a file, a policy by its id, and tells a person', async () => {
    const path = join(temporaryFolder(), 'asked.json');
    writeFileSync(path, JSON.stringify({ rule: 'medicare-appeal1', anchor: '2026-06-19' }));
    const { exit, out } = await recourse(['deadlines', 'compute', path]);
    expect(exit).toBe(0);
    expect(out.split('\n').slice(0, 6)).toEqual([
      'nominal  Thursday 2026-10-22',
      'legal    Thursday 2026-10-22',
      'safe by  Friday 2026-10-16',
      '',
      'How it was counted',
      '  Counting starts on Friday 2026-06-19, the date of the remittance.',
    ]);
  });

  test.each<[string, object, object]>([
    ['least that can be said', { rule: { amount: 30, unit: 'business' }, anchor: '2026-05-01' }, { nominalOn: '2026-06-15' }],
    [
      'confirmed roll',
      { rule: { amount: 90, unit: 'calendar', roll: 'nextBusinessDay', rollConfirmed: true }, anchor: '2026-06-08' },
      { nominalOn: '2026-09-06', legalOn: '2026-09-08', safeByOn: '2026-09-04' },
    ],
    [
      'several anchors',
      { rule: 'tricare-filing', anchors: { servicedThrough: '2026-03-10', returnedOn: '2027-02-01' } },
      { anchor: 'returnedOn', nominalOn: '2027-05-02', legalOn: '2027-05-02', safeByOn: '2027-04-30' },
    ],
    [
      'days off of its own',
      {
        rule: { amount: 1, unit: 'business', calendar: 'payer:acme' },
        anchor: '2026-12-22',
        calendars: [
          {
            id: 'payer:acme',
            title: 'Acme',
            daysOff: { 2026: ['2026-12-23'] },
            citation: 'c',
            source: 's',
            seenOn: '2026-11-26',
            confirmed: 'confirmed',
          },
        ],
      },
      { nominalOn: '2026-12-24' },
    ],
    [
      'claim that came after 6 pm',
      { rule: 'medicare-filing-professional', anchor: '2025-12-03', filed: { received: '2026-12-03T18:30:00-05:00' } },
      { legalOn: '2026-12-03', filing: { countsOn: '2026-12-04', isInTime: false } },
    ],
  ])('takes the %s', async (_says, asked, expected) => {
    const { exit, out } = await computed(asked, '--json');
    expect([exit, JSON.parse(out)]).toEqual([0, expect.objectContaining(expected)]);
  });

  test.each<[string, unknown, string]>([
    ['no JSON', '{', 'This is not JSON'],
    ['a rule of another shape', { ...medicare, rule: 7 }, 'rule: Invalid input: expected object, received number; came 7'],
    [
      'a unit we do not know',
      { ...medicare, rule: { amount: 1, unit: 'fortnight' } },
      'rule.unit: Invalid option: expected one of "calendar"|',
    ],
    ['what came', { ...medicare, rule: { amount: 1, unit: 'fortnight' } }, '; came "fortnight"'],
    ['a misspelt member', { ...medicare, rule: { amount: 1, unit: 'year', ancor: 'noticeOn' } }, 'rule: Unrecognized key: "ancor"'],
    ['a date that does not exist', { ...medicare, anchors: { remittanceOn: '2026-02-30' } }, 'anchors.remittanceOn: a date that exists'],
    ['a date of another age', { ...medicare, anchors: { remittanceOn: '9999-12-31' } }, 'a date from 1990 to 2199; came "9999-12-31"'],
    ['an anchor we do not know', { ...medicare, anchors: { denialOn: '2026-02-03' } }, 'anchors'],
    ['no anchor', { rule: medicare.rule }, 'anchors: expected either "anchor"'],
    ['the wrong anchor', { ...medicare, anchors: { noticeOn: '2026-06-19' } }, 'the rule counts from remittanceOn; came noticeOn'],
    ['a policy we do not have', { rule: 'no-such', anchor: '2026-06-19' }, 'rule: no policy has this id; came "no-such"'],
    [
      'a calendar without a list',
      { rule: { amount: 1, unit: 'business', calendar: 'NY' }, anchor: '2026-06-19' },
      'rule.calendar: no list of this calendar is kept: expected federal or TX; came "NY"',
    ],
    [
      'a roll that is none',
      { ...medicare, rule: { ...medicare.rule, rollConfirmed: true } },
      'rule.rollConfirmed: there is no roll to confirm',
    ],
    [
      'a filing that does not count',
      { ...medicare, filed: { sentOn: '2026-06-30' } },
      'filed.received: it counts when received; came sentOn',
    ],
  ])('refuses %s with exit 2', async (_says, asked, expected) => {
    const { exit, out } = await computed(asked, '--json');
    expect([exit, JSON.parse(out).error]).toEqual([
      2,
      { what: expect.stringContaining(expected), where: 'stdin', next: expect.any(String), exit: 2 },
    ]);
  });

  test('names a file that cannot be read', async () => {
    expect((await recourse(['deadlines', 'compute', '/nowhere/asked.json'])).exit).toBe(2);
  });

  test('describes its input and gives an example that works', async () => {
    const { out } = await recourse(['deadlines', 'compute', '--help']);
    const example = /echo '([^']*)'/.exec(out)?.[1] ?? '';
    expect(JSON.parse((await computed(example, '--json')).out)).toMatchObject({ nominalOn: '2026-10-22', safeByOn: '2026-10-16' });
  });
});

describe('recourse deadlines policies', () => {
  test('one kind: who wins, who says another date, and what is taken', async () => {
    const { exit, out } = await recourse([
      'deadlines',
      'policies',
      '--kind',
      'filing',
      '--payer',
      '61101',
      '--anchor',
      'servicedOn=2026-03-02',
    ]);
    expect(exit).toBe(0);
    const [head, first, second, third] = out.split('\n').map((line) => line.split(/ {2,}/));
    expect([head?.[0], first?.slice(0, 2), second?.slice(0, 2), third?.slice(0, 2)]).toEqual([
      'verdict',
      ['wins', 'humana-filing-commercial'],
      ['says another date', 'humana-filing-180-days'],
      ['outranked', 'default-filing'],
    ]);
    expect(out).toContain('Safe by Friday 2026-05-29');
    expect(out).toContain('Sources disagree: humana-filing-commercial says Sunday 2026-05-31');
  });

  test('every kind with its winner; funding and contract change it', async () => {
    const winner = async (kind: string, ...more: readonly string[]) => {
      const { out } = await recourse(['deadlines', 'policies', '--payer', 'BCBS01', '--json', ...more]);
      return JSON.parse(out).winners.find((each: { kind: string }) => each.kind === kind)?.policyId;
    };
    expect(await winner('appeal1')).toBe('default-appeal1');
    expect(await winner('appeal1', '--funding', 'selfFunded')).toBe('erisa-appeal1');
    expect(await winner('promptPayment', '--funding', 'insured', '--state', 'TX', '--medium', 'paper')).toBe('texas-promptPayment-paper');
    expect(await winner('appeal4')).toBeUndefined();
  });

  test('says which date is missing, and that nothing is kept', async () => {
    const waiting = await recourse(['deadlines', 'policies', '--kind', 'appeal1', '--payer', '60054']);
    expect(waiting.out).toContain('The date is known once answeredOn is: --anchor answeredOn=YYYY-MM-DD');
    const none = await recourse(['deadlines', 'policies', '--kind', 'appeal5', '--payer', '60054']);
    expect(none.out).toContain('No policy for appeal 5 of this payer is kept.');
  });

  test.each([
    ['--kind', 'apeal1'],
    ['--anchor', 'denialOn=2026-01-01'],
    ['--anchor', 'noticeOn=soon'],
    ['--state', 'Texas'],
  ])('refuses %s %s with exit 2', async (option, value) => {
    expect((await recourse(['deadlines', 'policies', option, value])).exit).toBe(2);
  });
});
