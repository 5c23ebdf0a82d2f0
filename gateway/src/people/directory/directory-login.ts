import { type Clock, HymioError } from '@hymio/protocol';
import type { DirectoryConfig } from '../../config/directory-config.js';
import { errorFields } from '../../log/error-fields.js';
import type { Log } from '../../log/log.js';
import { isOvertaken } from '../login-overtaken.js';
import type { People } from '../people.js';
import type { User } from '../user.js';
import { DirectoryClient, wordsOfDirectory } from './directory-client.js';
import { personOf } from './directory-person.js';
import { openFlow, sealFlow } from './login-flow.js';

export interface DirectoryLoginParts {
  config: DirectoryConfig;
  clientSecret: string;
  /** Origin at which people reach the gateway. */
  publicUrl: string;
  people: People;
  /** Ids of the groups that there are. */
  groups: () => Promise<readonly string[]>;
  clock: Clock;
  log: Pick<Log, 'warn'>;
  random: (bytes: number) => Buffer;
}

/** Why somebody could not log in; `words`: the provider's own. */
export type DirectoryFault =
  | { kind: 'unreachable' }
  | { kind: 'refused'; words: string }
  | { kind: 'no-role'; name: string }
  /** Too old, another browser's, or tampered with: one begins anew. */
  | { kind: 'begin-anew' };

export type DirectoryOutcome = { kind: 'in'; user: User; secret: string; next: string } | DirectoryFault;

/** Where the provider sends people back to, below the origin. */
export const CALLBACK_PATH = '/login/directory/callback';

/** Logins by a directory of the operator's. It decides at every login who somebody is and what they may do. */
export class DirectoryLogin {
  readonly #parts: DirectoryLoginParts;
  readonly #client: DirectoryClient;
  readonly #key: Buffer;

  constructor(parts: DirectoryLoginParts) {
    this.#parts = parts;
    this.#key = parts.random(32);
    const redirectUri = new URL(CALLBACK_PATH, parts.publicUrl).href;
    this.#client = new DirectoryClient({ ...parts, redirectUri });
  }

  /** What the button says of where one logs in. */
  get name(): DirectoryConfig['name'] {
    return this.#parts.config.name;
  }

  /** Where to send the browser, and what it is to bring back. `next`: where the login leads to. */
  async begin(next: string): Promise<{ kind: 'go'; url: string; sealed: string } | DirectoryFault> {
    try {
      const { url, flow } = await this.#client.begin();
      return { kind: 'go', url, sealed: await sealFlow({ ...flow, next }, this.#key, this.#parts.clock.now()) };
    } catch (error) {
      return this.#faultOf(error);
    }
  }

  /** `sealed`: what `begin` gave to this browser; `query`: what the provider gave it. */
  async finish(sealed: string | undefined, query: URLSearchParams): Promise<DirectoryOutcome> {
    const { clock, people } = this.#parts;
    const flow = sealed === undefined ? undefined : await openFlow(sealed, this.#key, clock.now());
    if (flow === undefined) return { kind: 'begin-anew' };
    try {
      const { subject, claims } = await this.#client.finish(flow, query);
      const known = new Set(await this.#parts.groups());
      const { role, ...person } = personOf(subject, claims, this.#parts.config, known);
      const by = { who: this.#who(), at: clock.now() };
      if (role === undefined) {
        await people.refuseFromDirectory(person, by);
        return { kind: 'no-role', name: person.displayName };
      }
      const user = await people.takeFromDirectory({ ...person, role }, by);
      const { groups } = person;
      const rests = { kind: 'directory', role, ...(groups !== undefined && { groups }) } as const;
      return { kind: 'in', user, secret: (await people.begin(user, rests)).secret, next: flow.next };
    } catch (error) {
      return this.#faultOf(error);
    }
  }

  /** Where one logs out of the directory as well, coming back to the login page. */
  logOutAddress(): Promise<string | undefined> {
    return this.#client.logOutAddress(new URL('/login', this.#parts.publicUrl).href);
  }

  /** In the log of changes. */
  #who(): string {
    return `directory ${new URL(this.#parts.config.issuer).host}`;
  }

  #faultOf(error: unknown): DirectoryFault {
    if (isOvertaken(error)) return { kind: 'begin-anew' };
    if (!(error instanceof HymioError) || !error.code.startsWith('directory-')) throw error;
    this.#parts.log.warn('a login by the directory failed', errorFields(error));
    if (error.code === 'directory-unreachable') return { kind: 'unreachable' };
    const words = wordsOfDirectory(error);
    return words === undefined ? { kind: 'begin-anew' } : { kind: 'refused', words };
  }
}
