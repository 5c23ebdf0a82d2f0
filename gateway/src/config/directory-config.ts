import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { ROLES } from '../people/user.js';
import { isLoopback } from './is-loopback.js';

const issuerSchema = z
  .url({ protocol: /^https?$/, error: 'write it as https://login.example.org/realms/city' })
  .refine((url) => {
    if (!URL.canParse(url)) return true;
    const { protocol, hostname } = new URL(url);
    // What goes to somebody else's machine must be encrypted.
    return protocol === 'https:' || isLoopback(hostname);
  }, 'must begin with https: only on this machine itself may it be http')
  .refine((url) => {
    if (!URL.canParse(url)) return true;
    const { search, hash, username, password } = new URL(url);
    return `${search}${hash}${username}${password}` === '';
  }, 'must have no user, query or fragment');

const claimSchema = z.string().min(1).max(200);

const mappedSchema = z.strictObject({
  role: z.enum(ROLES),
  /** Absent: the whole organisation. */
  groups: z.array(idSchema).min(1).exactOptional(),
});

/** Logins through a directory of the operator's: OpenID Connect. */
export const directorySchema = z.strictObject({
  issuer: issuerSchema,
  clientId: z.string().min(1).max(500),
  /** Absent: the secret stands in the environment, see `CLIENT_SECRET_VARIABLE`. */
  clientSecretFile: z.string().min(1).exactOptional(),
  scopes: z
    .array(z.string().regex(/^[\x21\x23-\x5B\x5D-\x7E]+$/, 'a scope has no spaces or quotes'))
    .default(['openid', 'profile'])
    .refine((scopes) => scopes.includes('openid'), 'must have openid among them'),
  /** What the button says of where one logs in, as “the city’s login”. */
  name: z.strictObject({
    fi: z.string().trim().min(1).max(60),
    sv: z.string().trim().min(1).max(60),
    en: z.string().trim().min(1).max(60),
  }),
  roles: z.strictObject({
    claim: claimSchema,
    map: z
      .record(z.string().min(1).max(200), mappedSchema)
      .refine((map) => Object.keys(map).length > 0, 'give at least one value a role'),
  }),
  usernameClaim: claimSchema.default('preferred_username'),
  displayNameClaim: claimSchema.default('name'),
  prompt: z.enum(['login', 'select_account']).exactOptional(),
  maxAgeMinutes: z.int().min(0).max(525_600).exactOptional(),
  timeoutSeconds: z.int().min(1).max(60).default(10),
});
export type DirectoryConfig = z.infer<typeof directorySchema>;

/** In the environment of the gateway. */
export const CLIENT_SECRET_VARIABLE = 'HYMIO_OIDC_CLIENT_SECRET';
