import { type Clock, HymioError } from '@hymio/protocol';
import type * as OpenId from 'openid-client';
import type { DirectoryConfig } from '../../config/directory-config.js';
import { isLoopback } from '../../config/is-loopback.js';
import { type Claims, claimOf, type DirectorySubject } from './directory-person.js';
import { guardedFetch } from './guarded-fetch.js';
import type { LoginFlow } from './login-flow.js';

/** What a provider says of itself is asked for again so often, ms. */
const FRESH_MS = 3_600_000;
/** How far its clock may be from ours, s. */
const CLOCK_TOLERANCE_S = 60;

export interface DirectoryClientParts {
  config: DirectoryConfig;
  clientSecret: string;
  /** Where the provider sends people back to. */
  redirectUri: string;
  clock: Pick<Clock, 'monotonic'>;
}

/** Asks a provider of OpenID Connect. It is looked up when somebody wants to log in, and again after a failure. */
export class DirectoryClient {
  readonly #parts: DirectoryClientParts;
  #found: { at: number; provider: Promise<OpenId.Configuration> } | undefined;

  constructor(parts: DirectoryClientParts) {
    this.#parts = parts;
  }

  /** Where to send the browser. Errors: HymioError `directory-unreachable`. */
  async begin(): Promise<{ url: string; flow: Omit<LoginFlow, 'next'> }> {
    const { config, redirectUri } = this.#parts;
    const openid = await library();
    const provider = await this.#provider();
    const verifier = openid.randomPKCECodeVerifier();
    const flow = { state: openid.randomState(), nonce: openid.randomNonce(), verifier };
    const parameters = {
      redirect_uri: redirectUri,
      scope: config.scopes.join(' '),
      state: flow.state,
      nonce: flow.nonce,
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: 'S256',
      ...(config.prompt !== undefined && { prompt: config.prompt }),
      ...(config.maxAgeMinutes !== undefined && { max_age: String(config.maxAgeMinutes * 60) }),
    };
    return { url: usableAddress(() => openid.buildAuthorizationUrl(provider, parameters)), flow };
  }

  /**
   * Who has come back. `query`: as the browser brought it. Errors: HymioError `directory-unreachable`, `directory-refused`
   * (its words are in the cause), `directory-answer-invalid`.
   */
  async finish(flow: LoginFlow, query: URLSearchParams): Promise<{ subject: DirectorySubject; claims: Claims }> {
    const { config, redirectUri } = this.#parts;
    const openid = await library();
    const provider = await this.#provider();
    try {
      const tokens = await openid.authorizationCodeGrant(provider, new URL(`${redirectUri}?${query}`), {
        expectedState: flow.state,
        expectedNonce: flow.nonce,
        pkceCodeVerifier: flow.verifier,
        idTokenExpected: true,
        ...(config.maxAgeMinutes !== undefined && { maxAge: config.maxAgeMinutes * 60 }),
      });
      const id = tokens.claims();
      if (id === undefined) throw new Error('there is no ID token');
      // The issuer has been compared with the one that was found: not the browser says it.
      const subject = { issuer: id.iss, subject: id.sub };
      const wanted = [config.roles.claim, config.usernameClaim];
      const isComplete = wanted.every((name) => claimOf(id, name) !== undefined);
      if (isComplete || provider.serverMetadata().userinfo_endpoint === undefined) return { subject, claims: id };
      return { subject, claims: { ...(await openid.fetchUserInfo(provider, tokens.access_token, id.sub)), ...id } };
    } catch (error) {
      throw grantError(error, openid);
    }
  }

  /** Where one logs out of the provider as well; undefined where it has no such address, or cannot be reached. */
  async logOutAddress(back: string): Promise<string | undefined> {
    try {
      const provider = await this.#provider();
      if (provider.serverMetadata().end_session_endpoint === undefined) return undefined;
      const openid = await library();
      return usableAddress(() => openid.buildEndSessionUrl(provider, { post_logout_redirect_uri: back }));
    } catch (error) {
      if (error instanceof HymioError) return undefined;
      throw error;
    }
  }

  /** Several who come at once wait for one answer. */
  async #provider(): Promise<OpenId.Configuration> {
    const now = this.#parts.clock.monotonic();
    if (this.#found === undefined || now - this.#found.at >= FRESH_MS) {
      this.#found = { at: now, provider: this.#discover() };
    }
    const { provider } = this.#found;
    try {
      return await provider;
    } catch (error) {
      if (this.#found?.provider === provider) this.#found = undefined;
      throw new HymioError(
        'directory-unreachable',
        `The directory ${this.#parts.config.issuer} cannot be asked: ${messageOf(error)}.`,
        'See that it runs and that people.oidc.issuer is right; it is tried again with the next login.',
        { cause: error },
      );
    }
  }

  async #discover(): Promise<OpenId.Configuration> {
    const { config, clientSecret } = this.#parts;
    const openid = await library();
    const issuer = new URL(config.issuer);
    const metadata = { client_secret: clientSecret, [openid.clockTolerance]: CLOCK_TOLERANCE_S };
    return openid.discovery(issuer, config.clientId, metadata, undefined, {
      timeout: config.timeoutSeconds,
      [openid.customFetch]: guardedFetch,
      // Signatures are looked at although the token comes from the provider itself.
      execute: [
        openid.enableNonRepudiationChecks,
        ...(issuer.protocol === 'http:' ? [openid.allowInsecureRequests] : []),
      ],
    });
  }
}

/** What the provider itself said against it, as text; undefined where it said nothing. */
export function wordsOfDirectory(error: HymioError): string | undefined {
  const { cause } = error;
  if (error.code !== 'directory-refused' || !(cause instanceof Error)) return undefined;
  const said = cause as Error & { error?: unknown; error_description?: unknown };
  const words = [said.error, said.error_description].filter((one) => typeof one === 'string' && one !== '');
  return words.join(': ').slice(0, 300);
}

/** Loaded when somebody logs in: a gateway without a directory starts without it. */
function library(): Promise<typeof OpenId> {
  return import('openid-client');
}

/** Nobody is sent to where what they type could be read. Error: HymioError `directory-unreachable`. */
function usableAddress(build: () => URL): string {
  let named: string;
  try {
    const { protocol, hostname, origin, href } = build();
    if (protocol === 'https:' || (protocol === 'http:' && isLoopback(hostname))) return href;
    named = `${origin}, which is not encrypted`;
  } catch (error) {
    // The library builds none of what is missing, or is neither http nor https.
    named = `none that can be used: ${messageOf(error)}`;
  }
  throw new HymioError(
    'directory-unreachable',
    `Of where to send people the directory names ${named}.`,
    'Correct its configuration document.',
  );
}

function grantError(error: unknown, openid: typeof OpenId): HymioError {
  if (error instanceof openid.AuthorizationResponseError || isRefusal(error, openid)) {
    return new HymioError(
      'directory-refused',
      `The directory refused the login: ${messageOf(error)}.`,
      'Ask who runs the directory.',
      { cause: error },
    );
  }
  if (isUnreachable(error)) {
    return new HymioError(
      'directory-unreachable',
      `The directory did not answer: ${messageOf(error)}.`,
      'See that it runs; log in again.',
      { cause: error },
    );
  }
  return new HymioError(
    'directory-answer-invalid',
    `What came back from the directory does not hold: ${messageOf(error)}.`,
    'Begin the login anew. Where it happens again, compare people.oidc with the settings of the directory.',
    { cause: error },
  );
}

function isRefusal(error: unknown, openid: typeof OpenId): boolean {
  return error instanceof openid.ResponseBodyError && error.status < 500;
}

function isUnreachable(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { code, name, cause } = error as Error & { code?: unknown };
  if (name === 'TimeoutError' || code === 'OAUTH_TIMEOUT' || code === 'OAUTH_RESPONSE_IS_NOT_CONFORM') return true;
  if (error.message === 'fetch failed' || error.message.startsWith('the answer is longer')) return true;
  return cause !== error && isUnreachable(cause);
}

/** With what lies below: the library's own words say little. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && cause.message !== error.message
    ? `${error.message} (${cause.message})`
    : error.message;
}
