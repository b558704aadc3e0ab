import { randomBytes } from 'node:crypto';
import { Command } from 'commander';
import { DomainError } from '../../../rules/domain/failures.ts';
import { play, type World } from '../../scenario/play.ts';
import { PureWorld } from '../../scenario/pure-world.ts';
import { readScenario, type ScenarioFile } from '../../scenario/read.ts';
import { type TemporalDoors, TemporalWorld } from '../../scenario/temporal-world.ts';
import { loadKnowledge } from '../../knowledge.ts';
import { type Answer, exitFor } from '../output.ts';
import { readable } from '../read-file.ts';
import { type Played, scenarioLines, totalLine } from '../scenario-lines.ts';
import type { Session } from '../session.ts';

export function scenarioCommand(session: Session): Command {
  return new Command('scenario')
    .description('play dated stories and check what they say must be true, on the pure core in milliseconds')
    .argument('<files...>', 'YAML files, as in test/scenarios')
    .option('--temporal', 'on the running engine with time skipping, instead of in memory')
    .action(async (paths: readonly string[], { temporal }: { temporal?: true }) => {
      if (temporal === true) return session.ask(({ doors }) => playAll(paths, temporalWorlds(doors), session));
      session.say(await playAll(paths, pureWorlds(), session));
    });
}

type MakeWorld = (file: ScenarioFile) => Promise<World>;

function pureWorlds(): MakeWorld {
  const knowledge = loadKnowledge();
  return ({ scenario, readNear }) => Promise.resolve(new PureWorld({ knowledge, zone: scenario.zone, readFile: readNear }));
}

function temporalWorlds(doors: TemporalDoors): MakeWorld {
  return ({ scenario: { zone }, readNear }) => {
    // Its own for each playing, so that a story can be played again on the same engine.
    const tag = randomBytes(2).toString('hex').toUpperCase().slice(0, 3);
    return Promise.resolve(new TemporalWorld(doors, { zone, tag, readFile: readNear }));
  };
}

/** One after another; a line of each as soon as it is known. */
async function playAll(paths: readonly string[], makeWorld: MakeWorld, session: Session): Promise<Answer> {
  const all: Played[] = [];
  for (const path of paths) {
    const played = await playFile(path, makeWorld);
    all.push(played);
    if (!session.isJson) session.terminal.out(`${scenarioLines(played).join('\n')}\n`);
  }
  const ok = all.every((played) => played.kind === 'played' && played.result.passed);
  return { document: { ok, scenarios: all.map(documentOf) }, lines: [totalLine(all)], exit: exitFor(ok) };
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
