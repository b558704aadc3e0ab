import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';

// Some patterns below hold one letter in brackets, so that this file does not match itself.

interface TidyFile {
  readonly path: string;
  readonly text: string;
}

const root = join(import.meta.dirname, '..');
const listed = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { cwd: root, encoding: 'utf8' });
const files: readonly TidyFile[] = [...new Set(listed.split('\0'))]
  .filter((path) => path !== '' && existsSync(join(root, path)))
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
  .filter(({ text }) => !text.includes('\0'));

const sources = files.filter(({ path }) => /\.([cm]?[jt]s|tsx)$/.test(path));
const floors = files.filter(({ path }) => /^(workflows|activities|rules|worker|client|prisma|test|web)\//.test(path));

/** Where a pattern occurs, as `path:line`. */
function places(among: readonly TidyFile[], pattern: RegExp): readonly string[] {
  return among.flatMap(({ path, text }) => text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])));
}

/** The same number of lines, with the comments blank; a `//` inside a string ends the line too, which can only hide, never accuse. */
function withoutComments({ path, text }: TidyFile): TidyFile {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, (comment) => comment.replace(/[^\n]/g, '')).replace(/\/\/.*$/gm, '');
  return { path, text: bare };
}

function parsed(path: string): Record<string, unknown> {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as Record<string, unknown>;
}

describe('every file', () => {
  test('is found at all', () => {
    expect(sources.length).toBeGreaterThan(5);
  });

  test('of source has at most 300 lines', () => {
    const long = sources.map(({ path, text }) => ({ path, lines: text.trimEnd().split('\n').length })).filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  test('of source names the issue of everything still to do', () => {
    expect(places(sources, /\b(TO[D]O|FI[X]ME)\b(?!.*#\d+)/)).toEqual([]);
  });

  test('is free of paths that exist on one machine only', () => {
    expect(places(files, /(^|[\s'"`(=:[])\/(wor[k]|hom[e]|tm[p]|Use[r]s)\//)).toEqual([]);
  });

  test('is free of package registry hosts', () => {
    expect(places(files, /registr[y]\.[a-z0-9-]+\.[a-z]{2,}|npm[j]s\.org|yarn[p]kg\.com/)).toEqual([]);
  });

  // An open block is prose for the formatter, which then spoils the commands in it.
  test('of words shows commands in blocks, and closes each', () => {
    const spoilt = files
      .filter(({ path }) => path.endsWith('.md'))
      .flatMap(({ path, text }) => {
        const outside = text.split(/^```.*$/m).filter((_, n) => n % 2 === 0);
        const isOpen = (text.match(/^```/gm) ?? []).length % 2 === 1;
        return isOpen || outside.some((words) => /^\$ /m.test(words)) ? [path] : [];
      });
    expect(spoilt).toEqual([]);
  });

  test('has a kebab-case name in kebab-case folders', () => {
    const free = /^prisma\/migrations\//;
    const kebab = /^\.?[a-z0-9]+([-.][a-z0-9]+)*$/;
    expect(
      floors
        .map(({ path }) => path)
        .filter((path) => !free.test(path) && !path.split('/').every((part) => part === 'README.md' || kebab.test(part))),
    ).toEqual([]);
  });

  test('is called by what it knows, not utils, helper or manager', () => {
    expect(floors.map(({ path }) => path).filter((path) => /(^|[/.-])(utils?|helpers?|managers?)([/.-]|$)/.test(path))).toEqual([]);
    const declaration = /\b(class|function|const|let|interface|type)\s+\w*(utils?|helpers?|manager)\b/i;
    expect(places(sources.map(withoutComments), declaration)).toEqual([]);
  });
});

describe('tests', () => {
  test('all run: none is singled out or left out', () => {
    const tests = files.filter(({ path }) => /^test\/.*\.[jt]sx?$/.test(path));
    expect(places(tests, /\.(only|skip)\(|\bx(it|test|describe)\(/)).toEqual([]);
  });
});

describe('rules', () => {
  test('know no clock, no chance, no environment and no Node', () => {
    const rules = sources.filter(({ path }) => path.startsWith('rules/')).map(withoutComments);
    const world = /\bDate\.now\b|\bnew Date\(\s*\)|\bMath\.random\b|\bprocess\.|['"]node:/;
    expect(places(rules, world)).toEqual([]);
  });
});

describe('workflows', () => {
  test('open with a paragraph: what they stand for, their states, what ends them', () => {
    const workflows = sources.filter(({ path }) => /^workflows\/[^/]+\.ts$/.test(path));
    const paragraph = /^\/\*\*[\s\S]{60,}?\*\//;
    expect(workflows.filter(({ text }) => !paragraph.test(text)).map(({ path }) => path)).toEqual([]);
  });
});

describe('packages', () => {
  test('are pinned to exact versions', () => {
    const exact = /^(npm:(@[\w.-]+\/)?[\w.-]+@)?\d+\.\d+\.\d+(-[\w.-]+)?$/;
    const { dependencies = {}, devDependencies = {}, optionalDependencies = {}, overrides = {} } = parsed('package.json');
    const versions = [dependencies, devDependencies, optionalDependencies, overrides].flatMap((part) => Object.entries(part as object));
    expect(versions.filter(([, version]) => typeof version === 'string' && !exact.test(version))).toEqual([]);
  });

  test('are locked without the host they came from', () => {
    const packages = parsed('package-lock.json')['packages'] as Record<string, { readonly resolved?: string }>;
    expect(Object.keys(packages).filter((name) => packages[name]?.resolved !== undefined)).toEqual([]);
  });
});
