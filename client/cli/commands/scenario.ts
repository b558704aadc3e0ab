import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { Command } from 'commander';
import { play, type World } from '../../scenario/play.ts';
import type { Scenario } from '../../scenario/format.ts';
import { PureWorld } from '../../scenario/pure-world.ts';
import { readScenario } from '../../scenario/read-scenario.ts';
import { readKnowledge } from '../../knowledge.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { readable } from '../read-file.ts';
import { type Played, scenarioLines, totalLine } from '../scenario-lines.ts';
import type { Session } from '../session.ts';

export function scenarioCommand(session: Session): Command {
  return new Command('scenario')
    .description('play dated stories and check what they say must be true, on the pure core in milliseconds')
    .argument('<files...>', 'YAML files, as in test/scenarios')
    .option('--temporal', 'on the running engine with time skipping, instead of in memory')
    .action(async (paths: readonly string[], { temporal }: { temporal?: true }) => {
      const makeWorld = temporal === true ? temporalWorlds() : pureWorlds();
      const all: Played[] = [];
      for (const path of paths) {
        const played = await playFile(path, makeWorld);
        all.push(played);
        if (!session.isJson) session.terminal.out(`${scenarioLines(played).join('\n')}\n`);
      }
      const ok = all.every((played) => played.kind === 'played' && played.result.passed);
      session.say({ document: { ok, scenarios: all.map(documentOf) }, lines: [totalLine(all)], isNo: !ok });
    });
}

type MakeWorld = (scenario: Scenario, path: string) => Promise<World>;

function pureWorlds(): MakeWorld {
  const knowledge = readKnowledge();
  return ({ zone }, path) =>
    Promise.resolve(new PureWorld({ knowledge, zone, readFile: (name) => readFileSync(join(dirname(path), name), 'latin1') }));
}

/** The one place where a scenario meets the real servers. */
function temporalWorlds(): MakeWorld {
  throw new CommandFailure({
    exit: exitCode.no,
    what: 'Scenarios are not played on the running engine yet.',
    where: '--temporal',
    next: 'play it without --temporal',
  });
}

async function playFile(path: string, makeWorld: MakeWorld): Promise<Played> {
  const read = readScenario(readable(() => readFileSync(path, 'utf8')));
  if (read.kind === 'faults') return { path, kind: 'faults', faults: read.faults };
  const { title } = read.scenario;
  const startedAt = performance.now();
  const world = await makeWorld(read.scenario, path);
  try {
    const result = await play(read.scenario, world);
    return { path, kind: 'played', title, result, ms: performance.now() - startedAt };
  } finally {
    await world.close();
  }
}

function documentOf(played: Played): unknown {
  if (played.kind === 'faults') return { path: played.path, passed: false, faults: played.faults };
  const { path, title, ms, result } = played;
  const { scenario, passed, days, never } = result;
  return { path, scenario, title, passed, ms: Math.round(ms), days, never };
}
