import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { accountWorkflowId, createAccounts } from '../../client/accounts.ts';
import { scenarioSchema } from '../../client/scenario/format.ts';
import { fileOf } from '../../client/scenario/to-x12.ts';
import { connectTemporal, TASK_QUEUE } from '../../client/temporal.ts';
import { createPrisma } from '../../prisma/client.ts';
import { submitTaskForm } from '../../prisma/writes/task-form.ts';
import { addDays, civilDate } from '../../rules/domain/civil-date.ts';
import { runEngine } from '../../worker/engine.ts';
import { freshDatabase } from '../support/database.ts';
import { testTemporal } from '../support/running-worker.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const on = civilDate(new Date().toISOString().slice(0, 10));
const claim = { account: 'ENGINE1', serviced: addDays(on, -30), charge: '1480.00', payers: [{ payer: 'UHC01', filing: 'CI' }] };

/** The 837 that a story of one claim drops. */
function claimFile(): string {
  const { days } = scenarioSchema.parse({ scenario: 'E', title: 'engine', days: [{ on, arrives: [{ claim }] }] });
  const [arrival] = days[0]?.arrives ?? [];
  if (arrival === undefined) throw new Error('the story brings one claim');
  const file = fileOf(arrival, on, () => '');
  if (file.kind !== 'x12') throw new Error('a claim comes as X12');
  return file.text;
}

test('a claim dropped into the inbound folder becomes an account that waits for its payer', async () => {
  const databaseUrl = await freshDatabase();
  const dataFolder = temporaryFolder();
  const inbound = join(dataFolder, 'inbound');
  const said: string[] = [];
  let heard = (): void => undefined;
  const progress = (line: string): void => {
    said.push(line);
    if (line.includes('inbound/')) heard();
  };
  const drop = async (name: string, text: string): Promise<string> => {
    const answered = new Promise<void>((resolve) => (heard = resolve));
    writeFileSync(join(inbound, name), text);
    await answered;
    return said.at(-1) ?? '';
  };
  const engine = await runEngine({ databaseUrl, temporal: { ...testTemporal(), uiUrl: null }, dataFolder, withSandbox: false, progress });
  const client = await connectTemporal(testTemporal());
  const { prisma, close } = createPrisma(databaseUrl, 2);
  try {
    const accounts = createAccounts({ client, taskQueue: TASK_QUEUE, submitForm: (submitted) => submitTaskForm(prisma, submitted) });
    expect(await drop('claim.837', claimFile())).toMatch(/^✓ inbound\/claim\.837: /);
    expect(await drop('again.837', claimFile())).toBe('✓ inbound/again.837: already read as claim.837');
    expect(await drop('broken.837', 'ISA*00*broken')).toBe('✗ inbound/broken.837 refused: see inbound/refused');
    expect(readFileSync(join(inbound, 'refused', 'broken.837.why.txt'), 'utf8')).toMatch(/^broken\.837 was refused\.\nAt byte \d+: /);

    const { id } = await prisma.account.findFirstOrThrow({ where: { accountNumber: claim.account } });
    expect(await accounts.whenSettled(id)).toMatchObject({ kind: 'settled', account: { phase: 'submitted', balanceCents: 148_000 } });
    expect(await accounts.setClock(id, 90 * 86_400_000)).toMatchObject({ kind: 'settled' });

    const { events } = await client.workflow.getHandle(accountWorkflowId(id)).fetchHistory();
    const { seq } = await prisma.account.findUniqueOrThrow({ where: { id } });
    expect(seq).toBeGreaterThan(1);
    expect((events ?? []).length / seq).toBeLessThan(16);
  } finally {
    await close();
    await client.connection.close();
    const began = Date.now();
    await engine.stop();
    expect(Date.now() - began).toBeLessThan(10_000);
    expect(existsSync(join(dataFolder, 'recourse.json'))).toBe(false);
  }
}, 90_000);
