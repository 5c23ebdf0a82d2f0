import type { ClientTls, GatewayWire } from './gateway-wire.js';

const PATIENCE_MS = 20_000;
const MAX_ANSWER_BYTES = 65_536;

/** The real way to a gateway. Its modules are loaded when they are needed: most terminals enrol once and renew once a year. */
export const HTTPS_WIRE: GatewayWire = { chain, post };

async function chain(gateway: string): Promise<Uint8Array[]> {
  const { connect } = await import('node:tls');
  const { hostname, port } = new URL(gateway);
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[(.*)\]$/, '$1');
    // Whom to trust is judged by whoever asked, by the fingerprint, instead of by a list of authorities.
    const socket = connect({ host, port: Number(port || 443), rejectUnauthorized: false, timeout: PATIENCE_MS });
    socket.once('secureConnect', () => {
      const shown = chainOf(socket.getPeerCertificate(true));
      socket.destroy();
      resolve(shown);
    });
    socket.once('error', reject);
    socket.once('timeout', () => socket.destroy(new Error('no answer')));
  });
}

async function post(url: string, body: string, tls: ClientTls): Promise<string> {
  const { request } = await import('node:https');
  return new Promise<string>((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const options = {
      method: 'POST',
      headers,
      agent: false,
      timeout: PATIENCE_MS,
      minVersion: 'TLSv1.2',
      ...tls,
    } as const;
    const asked = request(url, options, (response) => {
      let answer = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        answer += part;
        if (answer.length > MAX_ANSWER_BYTES) response.destroy(new Error('the answer is too long'));
      });
      response.once('error', reject);
      response.once('end', () => resolve(answer));
    });
    asked.once('timeout', () => asked.destroy(new Error('no answer')));
    asked.once('error', reject);
    asked.end(body);
  });
}

interface Link {
  raw: Buffer;
  issuerCertificate?: Link;
}

/** A chain ends with a certificate that is its own issuer. */
function chainOf(first: Link): Buffer[] {
  const chain: Buffer[] = [];
  for (let link: Link | undefined = first; link?.raw !== undefined; link = link.issuerCertificate) {
    if (chain.some((raw) => raw.equals(link?.raw ?? raw))) break;
    chain.push(link.raw);
  }
  return chain;
}
