import { Command } from 'commander';
import { DomainError } from '../../../rules/domain/failures.ts';
import { play, type World } from '../../scenario/play.ts';
import { PureWorld } from '../../scenario/pure-world.ts';
import { readScenario, type ScenarioFile } from '../../scenario/read.ts';
import { loadKnowledge } from '../../knowledge.ts';
import { CommandFailure, exitCode } from '../failure.ts';
import { exitFor } from '../output.ts';
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
      session.say({ document: { ok, scenarios: all.map(documentOf) }, lines: [totalLine(all)], exit: exitFor(ok) });
    });
}

type MakeWorld = (file: ScenarioFile) => Promise<World>;

function pureWorlds(): MakeWorld {
  const knowledge = loadKnowledge();
  return ({ scenario, readNear }) => Promise.resolve(new PureWorld({ knowledge, zone: scenario.zone, readFile: readNear }));
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
  const file = read(path);
  if (typeof file === 'string') return { path, kind: 'broken', fault: file };
  const startedAt = performance.now();
  const world = await makeWorld(file);
  try {
    const result = await play(file.scenario, world);
    return { path, kind: 'played', title: file.scenario.title, result, ms: performance.now() - startedAt };
  } finally {
    await world.close();
  }
}

/** The scenario, or what is wrong with the file. */
function read(path: string): ScenarioFile | string {
  try {
    return readable(() => readScenario(path));
  } catch (error) {
    if (error instanceof DomainError) return error.message;
    throw error;
  }
}

function documentOf(played: Played): unknown {
  if (played.kind === 'broken') return { path: played.path, passed: false, fault: played.fault };
  const { path, title, ms, result } = played;
  const { scenario, passed, days, never } = result;
  return { path, scenario, title, passed, ms: Math.round(ms), days, never };
}
