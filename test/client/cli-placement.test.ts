import { describe, expect, test } from '@jest/globals';
import type { TakenFile } from '../../client/views/work-shapes.ts';
import { fakeEngine, recourse } from '../support/fake-engine.ts';
import { placementFile } from '../support/one-account.ts';

describe('recourse placement', () => {
  test('files shows what was sent and what the vendor counts of it', async () => {
    const { exit, out } = await recourse(['placement', 'files']);
    expect(exit).toBe(0);
    expect(out).toContain('placement-000000042.csv');
    expect(out).toMatch(/3\s+\$1,025\.00\s+disputed\s+2 of \$750\.00\s+0/);
    expect((await recourse(['placement', 'files', 'VENDOR9'])).out).toBe('No balance was placed yet.\n');
  });

  test('acknowledge takes in the file that the vendor would have sent', async () => {
    const texts: string[] = [];
    const said = ['--count', '3', '--total', '1025.00', '--on', '2026-07-16', '--refuses', 'F2-p1=no address'];
    const about = { id: 'f', name: 'f.csv', sha256: '', size: 1, receivedAt: '2026-07-16T12:00:00.000Z', status: 'stored' } as const;
    const none = { fault: null, faults: [], progress: null, answers: [], unanswered: [], readAs: null };
    const taken: TakenFile = { ...about, ...none, outcome: 'stored', summary: '1 files acknowledged' };
    const engine = fakeEngine();
    const takeIn: typeof engine.takeIn = async ({ content }) => {
      texts.push(content instanceof Uint8Array ? Buffer.from(content).toString() : '');
      return taken;
    };
    const { exit, out } = await recourse(['placement', 'acknowledge', placementFile.name, ...said], { ...engine, takeIn });
    expect({ exit, out }).toEqual({ exit: 0, out: '✓ placement-000000042.csv: 1 files acknowledged\n' });
    expect(texts).toEqual([
      [
        'file,verdict,on,count,total,placement_id,reason',
        'placement-000000042.csv,received,2026-07-16,3,1025,,',
        'placement-000000042.csv,rejected,2026-07-16,,,F2-p1,no address',
        '',
      ].join('\r\n'),
    ]);
  });

  test('acknowledge wants numbers', async () => {
    const { exit, err } = await recourse(['placement', 'acknowledge', 'f', '--count', 'three', '--total', '1', '--on', '2026-07-16']);
    expect(exit).toBe(2);
    expect(err).toContain('--count is a whole number');
  });
});
