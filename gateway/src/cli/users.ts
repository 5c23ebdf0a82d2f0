import { randomBytes } from 'node:crypto';
import { HymioError } from '@hymio/protocol';
import { type GatewayConfig, readGatewayConfig } from '../config/gateway-config.js';
import { makePasswordLink, passwordLinkAddress } from '../people/password-link.js';
import { loginNameSchema, type Role, type User } from '../people/user.js';
import { operate } from './operate.js';
import { printTable } from './print-table.js';
import { whoAsks } from './who-asks.js';

interface Options {
  config: string;
}

/**
 * Makes a user and prints the one-time link that sets the password. Errors: HymioError `user-name-taken`, `unknown-group`,
 * `first-user-not-admin`.
 */
export async function addUser(
  typed: string,
  options: Options & { role: Role; group?: string[]; displayName?: string },
): Promise<void> {
  const { config, role, group, displayName = typed } = options;
  const name = loginName(typed);
  const user = { name, displayName, role, ...(group === undefined ? {} : { groups: group }) };
  await operate(config, 'add-user', { user, by: whoAsks() });
  await printLink(name, config);
}

/** Prints a one-time link with which the user sets a password; one that was made before holds no more. */
export async function linkUser(typed: string, { config }: Options): Promise<void> {
  await printLink(loginName(typed), config);
}

/** Changes what a user may do, and where; the user is logged out. Error: HymioError `unknown-user`, `unknown-group`. */
export async function changeUserRole(
  typed: string,
  role: Role,
  { config, group, everywhere }: Options & { group?: string[]; everywhere?: boolean },
): Promise<void> {
  const name = loginName(typed);
  const groups = everywhere === true ? null : group;
  await operate(config, 'change-user', {
    ...{ name, role, by: whoAsks() },
    ...(groups === undefined ? {} : { groups }),
  });
  process.stdout.write(`user ${name} is ${role} now, and logged out\n`);
}

/** Errors: HymioError `unknown-user`, `last-admin`, `last-user`. */
export async function removeUser(typed: string, { config }: Options): Promise<void> {
  const name = loginName(typed);
  await operate(config, 'remove-user', { name, by: whoAsks() });
  process.stdout.write(`user ${name} removed, and logged out\n`);
}

/** No code is asked for any more, until the user sets up another device. Error: HymioError `unknown-user`. */
export async function resetSecondFactor(typed: string, { config }: Options): Promise<void> {
  const name = loginName(typed);
  const { had } = await operate(config, 'reset-second-factor', { name, by: whoAsks() });
  process.stdout.write(
    had
      ? `user ${name} logs in with the password alone now, and can set up a second factor anew\n`
      : `user ${name} has no second factor; nothing was changed\n`,
  );
}

/** Prints a line for each user. */
export async function listUsers({ config }: Options): Promise<void> {
  const users = await operate(config, 'list-users', {});
  printTable([['NAME', 'ROLE', 'GROUPS', 'CALLED', 'MADE', 'BY', ''], ...users.map(cells)]);
}

function cells({
  name,
  role,
  groups,
  displayName,
  createdAt,
  createdBy,
  hasPassword,
  hasSecondFactor,
  directory,
}: User): string[] {
  const made = new Date(createdAt).toISOString().slice(0, 10);
  const more = [
    ...(directory !== undefined ? ['of the directory'] : hasPassword ? [] : ['no password yet']),
    ...(hasSecondFactor ? ['second factor'] : []),
  ];
  return [name, role, groups?.join(',') ?? '(all)', displayName, made, createdBy, more.join(', ')];
}

async function printLink(name: string, config: string): Promise<void> {
  const by = whoAsks();
  const { secret, ...link } = makePasswordLink(randomBytes, by.at);
  await operate(config, 'create-password-link', { name, ...link, by });
  process.stderr.write(
    `For ${name}, once, until ${new Date(link.expiresAt).toISOString()}; whoever has this link sets the password.\n`,
  );
  process.stdout.write(`${passwordLinkAddress(originOf(readGatewayConfig(config)), secret)}\n`);
}

function originOf({ http }: GatewayConfig): string {
  const { host, port } = http.listen;
  const scheme = http.tls === undefined ? 'http' : 'https';
  return http.publicUrl ?? `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function loginName(typed: string): string {
  const read = loginNameSchema.safeParse(typed);
  if (read.success) return read.data;
  throw new HymioError(
    'user-name-malformed',
    `${JSON.stringify(typed)} is no name to log in with.`,
    'Use letters, digits and . _ @ + -, as maija.virtanen; at most 64.',
  );
}
