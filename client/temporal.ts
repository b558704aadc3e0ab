import { Client, Connection } from '@temporalio/client';
import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import temporalProto from '@temporalio/proto';

const { TaskQueueType } = temporalProto.temporal.api.enums.v1;

export const TASK_QUEUE = 'recourse';

export interface TemporalPlace {
  readonly address: string;
  readonly namespace: string;
}

/** How that service is reached. One that `TEMPORAL_ADDRESS` names brings its TLS and API key from the environment or a profile. */
export function connectionOptions({ address }: Pick<TemporalPlace, 'address'>): ClientConnectConfig['connectionOptions'] {
  if (process.env.TEMPORAL_ADDRESS !== address) return { address };
  return loadClientConnectConfig().connectionOptions;
}

/** The caller closes `client.connection`. */
export async function connectTemporal(place: TemporalPlace): Promise<Client> {
  const connection = await Connection.connect({ ...connectionOptions(place), connectTimeout: '10s' });
  return new Client({ connection, namespace: place.namespace });
}

/** How many workers wait for workflow tasks of that queue. */
export async function countPollers(client: Client, taskQueue: string): Promise<number> {
  const { namespace } = client.options;
  const question = { namespace, taskQueue: { name: taskQueue }, taskQueueType: TaskQueueType.TASK_QUEUE_TYPE_WORKFLOW };
  return (await client.connection.workflowService.describeTaskQueue(question)).pollers.length;
}
