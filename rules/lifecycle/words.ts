/** `fileAppeal:1` → `file appeal 1`: identifiers of code as words for people. */
export function words(identifier: string): string {
  return identifier
    .replace(/([a-z0-9])([A-Z])/g, (_, a: string, b: string) => `${a} ${b.toLowerCase()}`)
    .replace(/([a-z]{2})(\d)/g, '$1 $2')
    .replaceAll(/[:#]/g, ' ');
}
