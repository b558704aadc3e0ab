import { expect, test } from '@jest/globals';
import { uuidv7 } from '../../prisma/ids.ts';

test('ids made one after another are UUIDs of version 7, all different, each greater than the one before', () => {
  const ids = Array.from({ length: 20_000 }, () => uuidv7());
  expect(ids.filter((id) => !/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id))).toEqual([]);
  expect(ids.every((id, index) => index === 0 || id > (ids[index - 1] ?? ''))).toBe(true);
});
