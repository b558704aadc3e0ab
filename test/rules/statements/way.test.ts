import { expect, test } from '@jest/globals';
import { type Reach, type WayFound, wayOf } from '../../../rules/statements/way.ts';

const all: Reach = { preferred: 'mail', hasPost: true, hasEmail: true, hasPhone: true, refusals: { email: null, text: null } };
const noConsent = 'no consent';

const told: readonly (readonly [string, Partial<Reach>, WayFound])[] = [
  ['mail is what nobody chose otherwise', {}, { way: 'mail' }],
  ['as the person prefers', { preferred: 'email' }, { way: 'email' }],
  ['by text, where preferred', { preferred: 'text' }, { way: 'text' }],
  [
    'by mail, where the contact rules refuse what is preferred',
    { preferred: 'email', refusals: { email: noConsent, text: null } },
    { way: 'mail' },
  ],
  ['by mail, where no e-mail address is known', { preferred: 'email', hasEmail: false }, { way: 'mail' }],
  ['electronic, where mail came back', { hasPost: false }, { way: 'email' }],
  ['by text, where mail came back and e-mail is refused', { hasPost: false, refusals: { email: noConsent, text: null } }, { way: 'text' }],
  [
    'not at all, with every reason',
    { hasPost: false, hasEmail: false, refusals: { email: null, text: 'revoked' } },
    {
      way: null,
      why: 'mail: there is no address to which it did not come back; email: no e-mail address is known; text: revoked',
    },
  ],
];

test.each(told)('%s', (_name, reach, expected) => {
  expect(wayOf({ ...all, ...reach })).toEqual(expected);
});
