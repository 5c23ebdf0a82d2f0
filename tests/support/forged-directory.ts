import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, type JWTHeaderParameters, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { CLIENT, closeServer, listenAnywhere } from './test-directory.js';

type KeyPair = Awaited<ReturnType<typeof generateKeyPair>>;

/** A directory that answers as a test wants it to, with right keys and wrong tokens. */
export class ForgedDirectory {
  readonly issuer: string;
  readonly #server: Server;
  readonly #keys: KeyPair;
  readonly #foreignKeys: KeyPair;
  /** Answers in the place of its own, by path; false: it is its own after all. */
  interfere: (path: string, response: ServerResponse) => boolean = () => false;
  /** What differs from a right ID token. */
  claims: Record<string, unknown> = {};
  signature: 'right' | 'foreign' | 'none' | 'hmac' = 'right';
  /** Of the last that was sent here. */
  #nonce = '';
  /** Paths that were asked for. */
  asked: string[] = [];

  private constructor(server: Server, issuer: string, keys: KeyPair, foreignKeys: KeyPair) {
    this.#server = server;
    this.issuer = issuer;
    this.#keys = keys;
    this.#foreignKeys = foreignKeys;
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      const { pathname } = new URL(request.url ?? '/', issuer);
      this.asked.push(pathname);
      if (!this.interfere(pathname, response)) void this.#answer(pathname, response);
    });
  }

  static async start(): Promise<ForgedDirectory> {
    const server = createServer();
    const issuer = await listenAnywhere(server);
    const pairs = [generateKeyPair('RS256', { extractable: true }), generateKeyPair('RS256', { extractable: true })];
    const [keys, foreign] = await Promise.all(pairs);
    if (keys === undefined || foreign === undefined) throw new Error('no keys');
    return new ForgedDirectory(server, issuer, keys, foreign);
  }

  /** As if nothing had been tampered with. */
  reset(): void {
    this.interfere = () => false;
    this.claims = {};
    this.signature = 'right';
    this.asked = [];
  }

  /** Where it sends a browser that was sent here: with a code that holds. */
  back(address: string, more: Record<string, string> = {}): string {
    const { searchParams } = new URL(address);
    this.#nonce = searchParams.get('nonce') ?? '';
    const query = { code: 'a-code', state: searchParams.get('state') ?? '', iss: this.issuer, ...more };
    return `${searchParams.get('redirect_uri')}?${new URLSearchParams(query)}`;
  }

  stop(): Promise<void> {
    return closeServer(this.#server);
  }

  async #answer(path: string, response: ServerResponse): Promise<void> {
    const { issuer } = this;
    const bodies: Record<string, () => unknown> = {
      '/.well-known/openid-configuration': () => ({
        ...{ issuer, authorization_endpoint: `${issuer}/auth`, token_endpoint: `${issuer}/token` },
        ...{ jwks_uri: `${issuer}/keys`, response_types_supported: ['code'], subject_types_supported: ['public'] },
        id_token_signing_alg_values_supported: ['RS256', 'HS256', 'none'],
        authorization_response_iss_parameter_supported: true,
      }),
      '/keys': async () => ({
        keys: [{ ...(await exportJWK(this.#keys.publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }],
      }),
      '/token': async () => ({ access_token: 'a', token_type: 'Bearer', id_token: await this.#token() }),
    };
    const body = await bodies[path]?.();
    response.writeHead(body === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify(body ?? {}));
  }

  #token(): Promise<string> | string {
    const now = Math.floor(Date.now() / 1_000);
    const claims: JWTPayload = {
      ...{ iss: this.issuer, aud: CLIENT.clientId, sub: 's-1', iat: now, exp: now + 600, nonce: this.#nonce },
      ...{ groups: ['hymio-viewer'], preferred_username: 'forged' },
      ...this.claims,
    };
    if (this.signature === 'none') return new UnsecuredJWT(claims).encode();
    const isHmac = this.signature === 'hmac';
    const header: JWTHeaderParameters = { alg: isHmac ? 'HS256' : 'RS256', kid: 'one' };
    const keys = this.signature === 'foreign' ? this.#foreignKeys : this.#keys;
    const key = isHmac ? new TextEncoder().encode(CLIENT.clientSecret) : keys.privateKey;
    return new SignJWT(claims).setProtectedHeader(header).sign(key);
  }
}
