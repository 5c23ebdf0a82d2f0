import { once } from 'node:events';
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net';
import { Aedes, type Client } from 'aedes';

/** The broker library that the gateway embeds, on a port of its own, with refusals to order. */
export class TestBroker {
  port = 0;
  /** Topics that may not be subscribed to end in this. */
  forbidden: string | undefined;
  /** Connections are refused with "not authorized". */
  refusing = false;
  #broker: Aedes | undefined;
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();

  get url(): string {
    return `mqtt://127.0.0.1:${this.port}`;
  }

  /** Starts, or starts again on the same port without anything that was retained. */
  async start(): Promise<void> {
    const broker = await Aedes.createBroker({
      authenticate: (_client, _user, _password, done) =>
        this.refusing ? done(Object.assign(new Error('no'), { returnCode: 5 }), false) : done(null, true),
      authorizeSubscribe: (_client, subscription, done) =>
        done(null, this.forbidden !== undefined && subscription.topic.endsWith(this.forbidden) ? null : subscription),
    });
    const server = createServer((socket) => {
      socket.setNoDelay(true);
      this.#sockets.add(socket);
      broker.handle(socket);
    });
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port;
    this.#broker = broker;
    this.#server = server;
  }

  /** Throws everybody off. */
  cut(): void {
    for (const socket of this.#sockets) socket.destroy();
    this.#sockets.clear();
  }

  connected(): Promise<Client> {
    return new Promise((resolve) => this.#broker?.once('clientReady', resolve));
  }

  async stop(): Promise<void> {
    this.cut();
    this.#server?.close();
    const broker = this.#broker;
    this.#broker = undefined;
    if (broker) await new Promise<void>((resolve) => broker.close(() => resolve()));
  }
}
