import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { X12Event } from '../../rules/x12/events.ts';
import { X12Fault } from '../../rules/x12/fault.ts';
import { createX12Reader } from '../../rules/x12/read-events.ts';

/** All events of a file that comes in pieces of these sizes, the last size again and again. */
export function eventsOf(bytes: Uint8Array, ...sizes: readonly number[]): readonly X12Event[] {
  const reader = createX12Reader();
  const events: X12Event[] = [];
  let piece = 0;
  for (let at = 0; at < bytes.length; ) {
    const size = sizes[Math.min(piece++, sizes.length - 1)] ?? bytes.length;
    events.push(...reader.push(bytes.slice(at, at + size)));
    at += size;
  }
  events.push(...reader.end());
  return events;
}

/** One line for each event, with all it says; a fault with its code, message and place. */
export function toldOf(events: readonly X12Event[]): readonly string[] {
  return events.map((event) => JSON.stringify(event, (_, value: unknown) => (value instanceof X12Fault ? faultOf(value) : value)));
}

function faultOf({ code, message, offset, segmentNumber, loop, element }: X12Fault): unknown {
  return { code, message, offset, segmentNumber, loop, element };
}

export function bytesOf(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}

const folder = join(import.meta.dirname, '../../../shared/edi-samples');

/** X12 files by others, which are no part of this repository; none when they are not there. */
export function sampleFiles(): readonly { readonly name: string; readonly bytes: Uint8Array }[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(edi|txt|\d{3}i?)$/.test(entry.name) && !/LICENSES/.test(entry.parentPath))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((path) => ({ name: relative(folder, path), bytes: new Uint8Array(readFileSync(path)) }));
}
