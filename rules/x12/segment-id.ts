/** A segment id as one number: its two or three bytes in upper case, one after another. 0 is none. */
export type SegmentId = number;

export function segmentId(text: string): SegmentId {
  return Array.from(text).reduce((id, character) => id * 256 + character.charCodeAt(0), 0);
}

/** The id that stands in these bytes; line ends within it (a wrapped file) do not count. 0 when it is none. */
export function readSegmentId(bytes: Uint8Array, from: number, to: number): SegmentId {
  let id = 0;
  let length = 0;
  for (let index = from; index < to; index++) {
    let byte = bytes[index] ?? 0;
    if (byte === 0x0a || byte === 0x0d) continue;
    if (byte >= 0x61 && byte <= 0x7a) byte -= 0x20;
    const isLetter = byte >= 0x41 && byte <= 0x5a;
    if (++length > 3 || !(isLetter || (length > 1 && byte >= 0x30 && byte <= 0x39))) return 0;
    id = id * 256 + byte;
  }
  return length < 2 ? 0 : id;
}

/** The text of the last id that fell on each of these places. */
const textPlaceBits = 12;
const textIds = new Int32Array(1 << textPlaceBits);
const texts = Array.from({ length: 1 << textPlaceBits }, () => '');

/** The id as text; the same string for the same id. */
export function textOfId(id: SegmentId): string {
  const place = Math.imul(id, 0x9e3779b1) >>> (32 - textPlaceBits);
  if (textIds[place] === id) return texts[place] ?? '';
  const text = interned(String.fromCharCode(...[id >> 16, (id >> 8) & 0xff, id & 0xff].filter((byte) => byte !== 0)));
  textIds[place] = id;
  texts[place] = text;
  return text;
}

/** The same text, in the form in which the engine compares it by its address: names of properties are kept that way. */
export function interned(text: string): string {
  return Object.keys({ [text]: 0 })[0] ?? text;
}
