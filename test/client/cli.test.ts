import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TakenFile } from '../../client/views/work-shapes.ts';
import { DomainError } from '../../rules/domain/failures.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';
import { oneAccount } from '../support/one-account.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const scenarios = join(import.meta.dirname, '..', 'scenarios');

describe('recourse', () => {
  test('without a command, or with one it does not know, is wrong usage', async () => {
    expect((await recourse([])).exit).toBe(2);
    expect((await recourse(['shwo', '10023'])).exit).toBe(2);
    expect((await recourse(['show'])).exit).toBe(2);
    expect((await recourse(['show', '10023', 'more'])).exit).toBe(2);
    expect((await recourse(['show', '10023', '--colour'])).exit).toBe(2);
  });

  test('documents its exit codes, and asking for help is no fault', async () => {
    const { exit, out } = await recourse(['--help']);
    expect(exit).toBe(0);
    for (const line of ['0  done', '1  the answer is "no"', '2  wrong usage', '3  the engine is not reachable'])
      expect(out).toContain(line);
  });

  test('says what, where and next when the engine is not reachable, and ends with 3', async () => {
    const away = [new DomainError('engine.not-running', 'no engine runs here'), new Error('connect ECONNREFUSED 127.0.0.1:1')];
    for (const error of away) {
      const { exit, out, err } = await recourse(['show', '10023'], error);
      expect({ exit, out }).toEqual({ exit: 3, out: '' });
      expect(err).toMatch(/^✗ The engine is not reachable: .*\n {2}Where: .*\n {2}Next: {2}start it with npm start/);
    }
  });

  test('prints one JSON document for a failure too', async () => {
    const { exit, out, err } = await recourse(['show', '99999', '--json']);
    expect({ exit, err }).toEqual({ exit: 1, err: '' });
    expect(JSON.parse(out)).toMatchObject({ error: { what: 'There is no such account.', where: '99999', exit: 1 } });
  });

  test('leaves the engine closed behind it', async () => {
    const engine = fakeEngine();
    await recourse(['show', '99999'], engine);
    expect(engine.isClosed()).toBe(true);
  });
});

describe('recourse show', () => {
  test('tells where the account stands', async () => {
    const { exit, out } = await recourse(['show', '10023']);
    expect(exit).toBe(0);
    for (const words of [
      'Account 10023',
      'Owner    queue appeals',
      'Balance  $2,400.00 of $2,400.00 charged: payer1 $2,400.00',
      '2026-10-09 (in 29 days): appeal1',
      't3  Write the appeal  [appeals]  safe by 2026-09-15 (in 5 days), legally by 2026-09-22',
      'Outcomes: ready, notDisputable',
      'payer claim number EX1234',
      'accepted by the payer on 2026-03-23 (proof of timely filing)',
      'case c1  AUT, denied 2026-04-10, work: working',
      'whole claim (EX1234): denied, paid $0.00, $2,400.00 refused',
      '  whole claim CO-197 [N290] $2,400.00: denied',
      'path appeal level 1, taken 2026-07-24',
      'nominal 2026-09-22, legal 2026-09-22, safe by 2026-09-15',
      '2026-03-20  Account opened',
    ])
      expect(out).toContain(words);
    expect(out).not.toContain('60 calendar days');
  });

  test('tells with --verbose how a deadline was derived', async () => {
    expect((await recourse(['show', '10023', '--verbose'])).out).toContain('60 calendar days after 2026-07-24: 2026-09-22');
  });

  test('prints with --json, before or after the command, one document', async () => {
    for (const parameters of [
      ['--json', 'show', '10023'],
      ['show', '10023', '--json'],
    ])
      expect(JSON.parse((await recourse(parameters)).out)).toMatchObject({
        accountNumber: '10023',
        timeline: [{ sentence: 'Account opened' }],
      });
  });
});

describe('recourse task complete', () => {
  const given = ['task', 'complete', '10023/t3', '--outcome', 'ready', '--by', 'pat'];

  test('sends the form with everything that was typed', async () => {
    const engine = fakeEngine();
    const more = ['--on', '2026-09-09', '--reference', 'R1', '--authorization', 'A1', '--member', 'M1', '--rendering-npi', '1234567893'];
    const known = ['--evidence', 'memberConsent,contracted=false,minimumInControversyCents=20000', '--level', '2'];
    const { exit, out } = await recourse([...given, ...more, ...known, '--instalment', '50.00', '--note', 'by phone'], engine);
    expect(exit).toBe(0);
    expect(out).toContain('✓ Task t3 of account 10023 is done.');
    expect(engine.submitted).toMatchObject([
      {
        taskId: 't3',
        form: {
          outcome: 'ready',
          by: 'pat',
          on: '2026-09-09',
          reference: 'R1',
          authorizationNumber: 'A1',
          memberId: 'M1',
          renderingProviderNpi: '1234567893',
          instalmentCents: 5000,
          note: 'by phone',
          evidence: { memberConsent: true, contracted: false, minimumInControversyCents: 20_000 },
          answeredLevel: 2,
        },
      },
    ]);
  });

  test('answers a refusal with its reason and 1', async () => {
    const { exit, out } = await recourse(given, fakeEngine({ answer: { kind: 'refused', reason: 'it is too late' } }));
    expect({ exit, out }).toEqual({ exit: 1, out: '✗ Task t3 of account 10023 was refused: it is too late\n' });
  });

  test('refuses what cannot be read before anything is sent', async () => {
    const engine = fakeEngine();
    const wrong = [
      ['task', 'complete', '10023', '--outcome', 'ready', '--by', 'pat'],
      ['task', 'complete', '10023/t3', '--outcome', 'perhaps', '--by', 'pat'],
      ['task', 'complete', '10023/t3', '--outcome', 'ready'],
      [...given, '--on', '2026-02-30'],
      [...given, '--instalment', '50.005'],
      [...given, '--evidence', 'memberConsent=perhaps'],
      [...given, '--evidence', 'hearsay'],
    ];
    for (const parameters of wrong) expect((await recourse(parameters, engine)).exit).toBe(2);
    expect(engine.submitted).toEqual([]);
  });
});

describe('recourse doctor', () => {
  const well = { name: 'accounts unowned', ok: true, found: '0', next: '' };

  test('ends with 0 when all is well, with 1 and the next step when not, with 3 when a server is away', async () => {
    expect(await recourse(['doctor'], fakeEngine({ checks: [well] }))).toMatchObject({ exit: 0, out: '✓ accounts unowned: 0\n' });
    const ill = { ...well, ok: false, found: '2', next: 'look at it' };
    const { exit, out } = await recourse(['doctor'], fakeEngine({ checks: [well, ill] }));
    expect({ exit, out }).toEqual({ exit: 1, out: '✓ accounts unowned: 0\n✗ accounts unowned: 2\n    Next: look at it\n' });
    expect((await recourse(['doctor'], fakeEngine({ checks: [{ ...ill, name: 'temporal' }] }))).exit).toBe(3);
  });
});

describe('recourse ingest', () => {
  const path = join(temporaryFolder(), 'bad.835');
  writeFileSync(path, 'ISA*');
  const taken: TakenFile = {
    id: 'f1',
    name: 'bad.835',
    sha256: '00',
    receivedAt: '2026-09-10T12:00:00.000Z',
    status: 'refused',
    summary: '',
    size: 4,
    fault: { code: 'x12.isa', message: 'the ISA segment has 106 characters', offset: 4, segment: 1, loop: null, element: null },
    faults: [],
    progress: null,
    answers: [],
    unanswered: [],
    outcome: 'refused',
    readAs: null,
  };

  test('answers a refused file with its place and fault, and 1', async () => {
    const { exit, out } = await recourse(['ingest', path], fakeEngine({ taken }));
    expect(exit).toBe(1);
    expect(out).toContain('✗ bad.835: refused at byte 4: the ISA segment has 106 characters (x12.isa)');
  });

  test('answers a known file with what it was read as, and 0', async () => {
    const { exit, out } = await recourse(
      ['ingest', path],
      fakeEngine({ taken: { ...taken, fault: null, outcome: 'alreadyRead', readAs: 'first.835' } }),
    );
    expect({ exit, out }).toEqual({ exit: 0, out: '✓ bad.835: already read as first.835; nothing was done again\n' });
  });

  test('refuses a file that is not there as wrong usage, before it asks the engine', async () => {
    expect((await recourse(['ingest', `${path}.gone`])).exit).toBe(2);
  });
});

describe('recourse scenario', () => {
  test('plays a story on the pure core', async () => {
    const { exit, out } = await recourse(['scenario', join(scenarios, 's1-rejection-near-filing-limit.yaml')]);
    expect(exit).toBe(0);
    expect(out).toContain('✓ 2026-08-28');
    expect(out).toMatch(/✓ 1 of 1 scenarios passed in \d+ ms/);
  });

  test('says what was expected and what came', async () => {
    const path = join(temporaryFolder(), 'wrong.yaml');
    const claim = '{ account: W1, serviced: 2026-06-08, charge: 100.00, payers: [{ payer: UHC01 }] }';
    writeFileSync(
      path,
      `scenario: W\ntitle: Wrong\ndays:\n  - on: 2026-06-10\n    arrives: [{ claim: ${claim} }]\n    expect: { balance: 99.00 }\n`,
    );
    const { exit, out } = await recourse(['scenario', path]);
    expect(exit).toBe(1);
    expect(out).toContain('balance: expected $99.00, came $100.00');
  });

  test('names the place of what is not a scenario', async () => {
    const path = join(temporaryFolder(), 'broken.yaml');
    writeFileSync(
      path,
      'scenario: B\ntitle: Broken\ndays:\n  - on: 2026-06-10\n    arrives: [{ claim: { account: W1, serviced: 2026-06-31, charge: 1, payers: [{ payer: A }] } }]\n',
    );
    const { exit, out } = await recourse(['scenario', path, '--json']);
    expect(exit).toBe(1);
    expect(JSON.parse(out).scenarios[0].fault).toContain('days.0.arrives.0.claim.serviced');
  });
});

test('the fake account has what the shapes say', async () => {
  const { accountView } = await import('../../client/views/account-shapes.ts');
  expect(accountView.parse(oneAccount)).toEqual(oneAccount);
});

test('an error of a library is told by its last line', async () => {
  const error = new Error(
    '\nInvalid `db.account.findFirst()` invocation in\n→ 62 const account\nCan’t reach database server: ECONNREFUSED',
  );
  expect((await recourse(['show', '10023'], error)).err).toContain(
    '✗ The engine is not reachable: Can’t reach database server: ECONNREFUSED\n',
  );
});
