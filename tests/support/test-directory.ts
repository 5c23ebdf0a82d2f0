import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

export const CLIENT = { clientId: 'hymio', clientSecret: 'a-secret-of-the-test-that-nobody-uses' } as const;

/** Listens on a free port of this machine; its origin. */
export async function listenAnywhere(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no address');
  return `http://127.0.0.1:${address.port}`;
}

export function closeServer(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A directory of people: a real provider of OpenID Connect, whose login asks for a name alone. */
export class TestDirectory {
  readonly issuer: string;
  /** Claims by the subject, which is what one logs in with; they hold from the next login on. */
  readonly accounts: Map<string, Record<string, unknown>>;
  readonly #server: Server;

  private constructor(server: Server, issuer: string, accounts: TestDirectory['accounts']) {
    this.#server = server;
    this.issuer = issuer;
    this.accounts = accounts;
  }

  /** `gateway`: the origin of the gateway that it knows. */
  static async start(gateway: string, accounts: Record<string, Record<string, unknown>>): Promise<TestDirectory> {
    const server = createServer();
    const issuer = await listenAnywhere(server);
    const known = new Map(Object.entries(accounts));
    const { privateKey } = await generateKeyPair('RS256', { extractable: true });
    const key = { ...(await exportJWK(privateKey)), use: 'sig', alg: 'RS256', kid: 'one' };
    const provider = new Provider(issuer, {
      clients: [
        {
          client_id: CLIENT.clientId,
          client_secret: CLIENT.clientSecret,
          redirect_uris: [`${gateway}/login/directory/callback`],
          post_logout_redirect_uris: [`${gateway}/login`],
        },
      ],
      jwks: { keys: [key] },
      cookies: { keys: ['of the test'] },
      claims: { openid: ['sub'], profile: ['name', 'preferred_username'], groups: ['groups'] },
      features: { devInteractions: { enabled: false } },
      ttl: { Interaction: 600, Grant: 600, Session: 600, AccessToken: 600, IdToken: 600 },
      interactions: { url: (_, { uid }) => `/sign-in/${uid}` },
      findAccount: (_, accountId) => {
        const claims = known.get(accountId);
        return claims === undefined ? undefined : { accountId, claims: async () => ({ ...claims, sub: accountId }) };
      },
      loadExistingGrant: async ({ oidc }) => {
        const { client, account } = oidc;
        if (client === undefined || account === undefined) return undefined;
        const grant = new provider.Grant({ clientId: client.clientId, accountId: account.accountId });
        grant.addOIDCScope('openid profile groups');
        await grant.save();
        return grant;
      },
    });
    const callback = provider.callback();
    server.on('request', (request: IncomingMessage, response: ServerResponse) => {
      if (request.url?.startsWith('/sign-in/') === true) void signIn(provider, request, response);
      else void callback(request, response);
    });
    return new TestDirectory(server, issuer, known);
  }

  stop(): Promise<void> {
    return closeServer(this.#server);
  }
}

async function signIn(provider: Provider, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (request.method !== 'POST') {
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="fi"><title>Kaupungin hakemisto</title>
      <form method="post"><label>Tunnus <input name="login"></label><button>Jatka</button></form></html>`);
    return;
  }
  let body = '';
  for await (const chunk of request) body += String(chunk);
  const login = new URLSearchParams(body).get('login') ?? '';
  // An empty name: somebody turns back.
  const result =
    login === ''
      ? { error: 'access_denied', error_description: '<b>Peruttu</b> & palattu' }
      : { login: { accountId: login } };
  await provider.interactionFinished(request, response, result);
}
