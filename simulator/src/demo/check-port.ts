import { createServer } from 'node:net';
import { HymioError } from '@hymio/protocol';

/** Errors: HymioError `port-busy` naming the way to choose another (`option`), `port-unusable`. 0 is always free. */
export async function checkPort(port: number, use: string, option: string): Promise<void> {
  const server = createServer();
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
    });
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const next = `Choose another port: npm start -- ${option} ${port + 1}`;
    if (code !== 'EADDRINUSE') {
      const text = `Port ${port} for ${use} cannot be used (${code || String(error)}).`;
      throw new HymioError('port-unusable', text, next, { cause: error });
    }
    throw new HymioError('port-busy', `Port ${port} for ${use} is used by another program.`, next, { cause: error });
  } finally {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
}
