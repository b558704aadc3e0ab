import { expect, test } from '@jest/globals';
import { isForeign, isLoopback, namesLoopback, requireLoopback } from '../../client/api/loopback.ts';

test.each(['127.0.0.1', '127.255.0.9', '::1', '[::1]', 'localhost', 'LOCALHOST'])('%s is this machine', (host) => {
  expect(isLoopback(host)).toBe(true);
  expect(() => requireLoopback(host)).not.toThrow();
});

test.each([
  '0.0.0.0',
  '::',
  '',
  '10.0.0.1',
  '128.0.0.1',
  '127.1',
  '127.0.0.256',
  '127.0.0.1.example.com',
  'localhost.example.com',
  '::ffff:127.0.0.1',
])('%p is not, and the API does not listen there', (host) => {
  expect(isLoopback(host)).toBe(false);
  expect(() => requireLoopback(host)).toThrow(/no sign-in yet/);
});

test('only a Host header that names this machine is answered', () => {
  for (const header of ['127.0.0.1:3000', 'localhost', '[::1]:3000']) expect(namesLoopback(header)).toBe(true);
  for (const header of [undefined, '', 'rebound.example:3000', 'localhost:3000:1', '127.0.0.1@evil.example'])
    expect(namesLoopback(header)).toBe(false);
});

test('a page of another origin is foreign, a program and our own page are not', () => {
  expect(isForeign(undefined, '127.0.0.1:3000')).toBe(false);
  expect(isForeign('http://127.0.0.1:3000', '127.0.0.1:3000')).toBe(false);
  expect(isForeign('http://127.0.0.1:4000', '127.0.0.1:3000')).toBe(true);
  expect(isForeign('https://evil.example', '127.0.0.1:3000')).toBe(true);
  expect(isForeign('null', '127.0.0.1:3000')).toBe(true);
});
