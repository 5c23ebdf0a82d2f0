import { join } from 'node:path';

/** Folders and files of a demo. */
export function demoFolders(
  data: string,
): Record<'store' | 'terminals' | 'config' | 'gatewayLog' | 'terminalsLog', string> {
  return {
    store: join(data, 'gateway'),
    terminals: join(data, 'terminals'),
    config: join(data, 'gateway.yaml'),
    gatewayLog: join(data, 'gateway.log'),
    terminalsLog: join(data, 'terminals.log'),
  };
}
