/** What a connection shows and trusts, PEM. */
export interface ClientTls {
  ca: string;
  cert?: string;
  key?: string;
}

/** The way of a terminal to its gateway. What it rejects with are errors as those of `node:tls` and `node:net`. */
export interface GatewayWire {
  /** The certificates (DER) that the gateway shows, its own first and an authority last; trusts nobody, sends nothing. */
  chain(gateway: string): Promise<Uint8Array[]>;
  /** Posts JSON over TLS that trusts `tls.ca` alone; gives the body of whatever answers. */
  post(url: string, body: string, tls: ClientTls): Promise<string>;
}
