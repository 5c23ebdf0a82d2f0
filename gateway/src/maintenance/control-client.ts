import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HymioError } from '@hymio/protocol';
import * as z from 'zod';
import { CONTROL_FILE } from './control-server.js';
import type { OperationArguments, OperationName, OperationResult } from './operations.js';

const addressSchema = z.object({ port: z.int(), token: z.string() });
const problemSchema = z.object({ code: z.string(), message: z.string(), next: z.string() });

/**
 * Asks the process that serves this data folder to do it. Errors: its own, `gateway-unreachable` where the folder is in
 * use by something that does not answer.
 */
export async function askServingGateway<N extends OperationName>(
  folder: string,
  name: N,
  args: OperationArguments<N>,
): Promise<OperationResult<N>> {
  let response: Response;
  try {
    const { port, token } = addressSchema.parse(JSON.parse(readFileSync(join(folder, CONTROL_FILE), 'utf8')));
    response = await fetch(`http://127.0.0.1:${port}/${name}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(args),
    });
  } catch (error) {
    throw new HymioError(
      'gateway-unreachable',
      `${folder} is in use by another process that does not answer.`,
      'Wait until it is done, or end it, and try again.',
      { cause: error },
    );
  }
  const body: unknown = await response.json();
  if (response.ok) return body as OperationResult<N>;
  const problem = problemSchema.parse(body);
  throw new HymioError(problem.code, problem.message, problem.next);
}
