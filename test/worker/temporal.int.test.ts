import { expect, test } from '@jest/globals';
import { Connection } from '@temporalio/client';

test('the namespace is there with its search attributes', async () => {
  const connection = await Connection.connect({ address: process.env.RECOURSE_TEST_TEMPORAL_ADDRESS ?? '' });
  try {
    const namespace = process.env.RECOURSE_TEST_TEMPORAL_NAMESPACE ?? '';
    const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace });
    expect(Object.keys(customAttributes ?? {})).toEqual(expect.arrayContaining(['Phase', 'Payer', 'Queue', 'NextActionAt']));
  } finally {
    await connection.close();
  }
});
