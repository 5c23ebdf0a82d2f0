import { once } from 'node:events';
import { connect, type Socket } from 'node:net';

/** A TCP connection on which a test says just what it wants, and hears all that comes back. */
export class RawConnection {
  readonly socket: Socket;
  /** Resolves with all that was heard, once the other side has ended it. */
  readonly ended: Promise<string>;
  #heard = '';

  private constructor(socket: Socket) {
    this.socket = socket;
    // An end by force is an end too.
    socket.on('error', () => undefined);
    socket.setEncoding('latin1');
    socket.on('data', (text: string) => {
      this.#heard += text;
    });
    this.ended = new Promise((resolve) => void socket.once('close', () => resolve(this.#heard)));
  }

  static async open({ host, port }: { host: string; port: number }): Promise<RawConnection> {
    const socket = connect({ host, port });
    const connection = new RawConnection(socket);
    await once(socket, 'connect');
    return connection;
  }

  get heard(): string {
    return this.#heard;
  }

  say(text: string): void {
    this.socket.write(text, 'latin1');
  }

  /** Says one piece after another, each once the one before has gone and a turn of the clock has passed. */
  async drip(pieces: Iterable<string>, everyMs: number): Promise<void> {
    for (const piece of pieces) {
      if (this.socket.destroyed) return;
      this.say(piece);
      await new Promise((resolve) => setTimeout(resolve, everyMs));
    }
  }

  close(): void {
    this.socket.destroy();
  }
}

/** How many answers stand in what was heard. */
export function answersIn(heard: string): string[] {
  return [...heard.matchAll(/HTTP\/1\.1 (\d{3})/g)].map(([, status = '']) => status);
}
