import { expect, test } from '@jest/globals';
import { applied, mutantsOf } from './mutants.ts';

test.each([
  ['a comparison', 'const f = (a: 1, b: number) => a < b;', ['const f = (a: 1, b: number) => a <= b;']],
  ['both sides of a choice', 'x = c ? a : b;', [';', 'x = c ? b : a;']],
  ['a condition that may not hold', 'if (a) f();', ['if (false) f();', 'if (true) f();', 'if (a) ;']],
  ['an early return', 'function f() { if (a) return; }', ['function f() { if (false) return; }']],
  ['branches change places', 'if (a) f(); else g();', ['if (!(a)) f(); else g();', 'if (a) ; else g();', 'if (a) f(); else ;']],
  ['what is taken when nothing is known', 'const x = a ?? b;', ['const x = b;']],
  ['a number, but not a type', 'const x: 5 = 5;', ['const x: 5 = (5 + 1);']],
  ['some and every', 'const x = a.some(f);', ['const x = a.every(f);']],
  ['what an invariant says is left alone', 'const x = invariant(a < 1, "");', []],
  ['and so is an invariant that stands alone', 'invariant(a < 1, "");', []],
  ['words that are joined are left alone', "const x = 'a' + b;", []],
])('%s', (_, text, expected) => {
  expect(mutantsOf('x.ts', text).map((mutant) => applied(text, mutant))).toEqual(expected);
});
