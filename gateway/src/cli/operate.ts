import { HymioError } from '@hymio/protocol';
import { readGatewayConfig } from '../config/gateway-config.js';
import { askServingGateway } from '../maintenance/control-client.js';
import {
  type OperationArguments,
  type OperationName,
  type OperationResult,
  runOperation,
} from '../maintenance/operations.js';
import { openSqliteStore, type SqliteStore } from '../store/sqlite/sqlite-store.js';

/** Runs an operation on the store of a configuration, in the serving process where there is one. */
export async function operate<N extends OperationName>(
  file: string,
  name: N,
  args: OperationArguments<N>,
): Promise<OperationResult<N>> {
  const { data } = readGatewayConfig(file);
  let store: SqliteStore;
  try {
    store = await openSqliteStore({ folder: data, reads: 'in-thread' });
  } catch (error) {
    if (error instanceof HymioError && error.code === 'store-in-use') return askServingGateway(data, name, args);
    throw error;
  }
  try {
    return (await runOperation(store, name, args)) as OperationResult<N>;
  } finally {
    await store.close();
  }
}
