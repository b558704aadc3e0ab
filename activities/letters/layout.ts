import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler';
import { DomainError, messageOf } from '../../rules/domain/failures.ts';
import type { Block } from './text.ts';

export type Fact = readonly [label: string, value: string];

export interface MadePage {
  readonly title: string;
  readonly says: string;
  readonly facts: readonly Fact[];
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Everything that templates/packet.typ shows. */
export interface Layout {
  readonly title: string;
  readonly reference: string;
  readonly date: string;
  readonly sender: { readonly name: string; readonly lines: readonly string[] };
  readonly to: { readonly name: string; readonly lines: readonly string[] };
  readonly facts: readonly Fact[];
  readonly blocks: readonly Block[];
  readonly signer: { readonly name: string; readonly title: string };
  readonly pages: readonly MadePage[];
  readonly cover: {
    readonly title: string;
    readonly facts: readonly Fact[];
    /** Beside those of the letter. */
    readonly attachedPages: number;
    /** The first is the letter; its pages are counted when it is set. */
    readonly documents: readonly {
      readonly number: string;
      readonly title: string;
      readonly pages: string;
      readonly controlNumber: string;
    }[];
    readonly notice: string;
  };
}

export interface Document {
  readonly content: Uint8Array;
  readonly pages: number;
}

let compiler: { readonly node: NodeCompiler; readonly source: string } | null = null;

/** Fonts and the layout are read once in the life of a process. The fonts are those inside the compiler: none of the machine is asked for. */
function theCompiler(): { readonly node: NodeCompiler; readonly source: string } {
  const folder = join(import.meta.dirname, 'templates');
  compiler ??= { node: NodeCompiler.create({ workspace: folder }), source: readFileSync(join(folder, 'packet.typ'), 'utf8') };
  return compiler;
}

/** PDF/UA-1: the same layout gives the same bytes. @throws DomainError `letter.cannot-be-set` when a letter stands in none of our fonts */
export function setInType(layout: Layout): Document {
  const { node, source } = theCompiler();
  const compiled = node.compile({ mainFileContent: source, inputs: { packet: JSON.stringify(layout) } });
  const { result } = compiled;
  if (result === null || compiled.hasError()) throw cannotBeSet('');
  try {
    const content = node.pdf(result, { pdfStandard: 'ua-1' });
    const pages = result.numOfPages;
    node.evictCache(10);
    return { content, pages };
  } catch (error) {
    throw cannotBeSet(messageOf(error));
  }
}

/** The compiler's words about a text may repeat it; only the kind of fault is told. */
function cannotBeSet(says: string): DomainError {
  const isGlyph = says.includes('could not be displayed');
  const why = isGlyph ? 'a name or text has a character that our font does not have' : 'the layout is broken';
  return new DomainError('letter.cannot-be-set', `the letter cannot be set: ${why}`);
}
