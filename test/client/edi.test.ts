import { describe, expect, test } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { recourse } from '../support/fake-engine.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { wrapped } from '../x12/support.ts';

const remittance = [
  'BPR*I*1300*C*ACH************20260801',
  'TRN*1*T700*1512345678',
  'DTM*405*20260801',
  'N1*PR*EXAMPLE HEALTH PLAN*XV*EXAMPLE1',
  'N1*PE*EXAMPLE HOSPITAL*XX*1999999984',
  'LX*1',
  'CLP*A100*1*1500*1300*100*CI*EX900*13*1',
  'CAS*CO*45*100',
  'CAS*PR*1*100',
  'NM1*QC*1*SAMPLE*PAT****MI*MEM1',
  'DTM*232*20260710',
  'CLP*A200*4*2400*0*0*CI*EX901*13*1',
  'NM1*QC*1*SAMPLE*PAT****MI*MEM1',
  'SVC*HC:99999*2400*0',
  'DTM*472*20260711',
  'CAS*CO*197*2400',
  'LQ*HE*N290',
];

function file(name: string, segments: readonly string[]): string {
  const path = join(temporaryFolder(), name);
  writeFileSync(path, wrapped('835', '005010X221A1', segments));
  return path;
}

describe('recourse edi inspect', () => {
  test('counts and adds up what a clean remittance says', async () => {
    const path = file('clean.835', remittance);
    const { exit, out } = await recourse(['edi', 'inspect', path, '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      ok: true,
      interchanges: 1,
      groups: 1,
      faults: [],
      transactions: [
        {
          type: '835',
          version: '005010X221A1',
          controlNumber: '0001',
          claims: 2,
          lines: 1,
          chargeCents: 390_000,
          paidCents: 130_000,
          adjustmentCents: 260_000,
          plbCents: 0,
          checkCents: 130_000,
          balanced: true,
          isComplete: true,
          faults: [],
        },
      ],
    });
  });

  test('says where a remittance does not balance, and by how much', async () => {
    const path = file(
      'unbalanced.835',
      remittance.map((segment) => (segment === 'CAS*CO*45*100' ? 'CAS*CO*45*90' : segment)),
    );
    const { exit, out } = await recourse(['edi', 'inspect', path]);
    expect(exit).toBe(1);
    expect(out).toMatch(/✗ 835 0001: the claim at byte \d+ does not balance: \$1,310\.00 is left, \$1,300\.00 is said/);
  });

  test('names the place of a fault and never what stands there', async () => {
    const path = file(
      'faulty.835',
      remittance.map((segment) => segment.replace('*100*CI', '*SECRET*CI')),
    );
    const { exit, out } = await recourse(['edi', 'inspect', path, '--json']);
    expect(exit).toBe(1);
    expect(out).not.toContain('SECRET');
    const { transactions } = JSON.parse(out);
    expect(transactions).toMatchObject([
      {
        type: '835',
        balanced: true,
        faults: [{ code: 'x12.amount', segment: 10, loop: '2100', element: '5', offset: expect.any(Number) }],
      },
    ]);
  });

  test('counts what it cannot use, so that nothing is lost in silence', async () => {
    const path = file(
      'counted.835',
      remittance.map((segment) => segment.replace('*100*CI', '*SECRET*CI')),
    );
    const { transactions } = JSON.parse((await recourse(['edi', 'inspect', path, '--json'])).out);
    expect(transactions).toMatchObject([
      { claims: 2, lines: 1, chargeCents: 390_000, paidCents: 130_000, adjustmentCents: 260_000, checkCents: 130_000, balanced: true },
    ]);
    const dental = join(temporaryFolder(), 'dental.837');
    writeFileSync(dental, wrapped('837', '005010X224A2', ['CLM*A1*180***11:B:1', 'LX*1', 'SV3*AD:D9999*180']));
    const read = await recourse(['edi', 'inspect', dental, '--json']);
    expect(JSON.parse(read.out).transactions).toMatchObject([{ type: '837', claims: 1, lines: 1, chargeCents: 18_000, balanced: true }]);
  });

  test('keeps the complete transactions of a file that is cut off', async () => {
    const whole = wrapped('835', '005010X221A1', remittance);
    const path = join(temporaryFolder(), 'cut.835');
    writeFileSync(path, whole + whole.slice(0, -40));
    const { exit, out } = await recourse(['edi', 'inspect', path, '--json']);
    expect(exit).toBe(1);
    expect(JSON.parse(out).transactions).toMatchObject([
      { isComplete: true, balanced: true, faults: [] },
      { isComplete: false, balanced: false, faults: [{ code: 'x12.truncated' }] },
    ]);
  });

  test('what is not X12, or not there, is unreadable', async () => {
    const path = join(temporaryFolder(), 'letter.txt');
    writeFileSync(path, 'Dear payer');
    expect((await recourse(['edi', 'inspect', path])).exit).toBe(2);
    expect((await recourse(['edi', 'inspect', join(temporaryFolder(), 'nothing')])).exit).toBe(2);
  });
});

describe('recourse edi explain', () => {
  test('tells a biller what was charged, paid, adjusted and why, and what is denied; names no patient', async () => {
    const { exit, out } = await recourse(['edi', 'explain', file('clean.835', remittance)]);
    expect(exit).toBe(0);
    for (const words of [
      'Remittance of EXAMPLE HEALTH PLAN: $1,300.00 on 2026-08-01 (ACH, trace T700)',
      "Claim A100 (payer's number EX900): processed as primary. Charged $1,500.00, paid $1,300.00, the patient owes $100.00.",
      'CO-45 $100.00: above fee schedule or contracted amount, not owed by the patient',
      'PR-1 $100.00: deductible, owed by the patient',
      'Line 1, 99999: charged $2,400.00, paid $0.00',
      'CO-197 $2,400.00: authorization or notification absent, not owed by the patient; denied: authorization',
      'Remarks: N290',
      'Denied: $2,400.00',
      'Together: charged $3,900.00, adjusted $2,600.00, paid $1,300.00 on 2 claims.',
    ])
      expect(out).toContain(words);
    expect(out).not.toContain('SAMPLE');
  });
});

describe('recourse edi validate', () => {
  test('is short about what is well, and the worst file gives the exit code', async () => {
    const clean = file('clean.835', remittance);
    expect(await recourse(['edi', 'validate', clean])).toMatchObject({
      exit: 0,
      out: `✓ ${clean}: 1 transactions, no fault, all that can balance balances\n`,
    });
    const broken = file('broken.835', remittance.slice(2));
    const { exit, out } = await recourse(['edi', 'validate', clean, broken]);
    expect(exit).toBe(1);
    expect(out).toMatch(/✗ .*broken\.835\n✗ 835 0001: segment \d+ .*expected BPR after it \(x12\.missing, loop header\)/);
  });
});
