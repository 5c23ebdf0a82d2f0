import { COMMANDS, HymioError, idSchema, terminalIdSchema } from '@hymio/protocol';
import * as z from 'zod';
import type { Commands } from '../commands/commands.js';
import { ROLES, unknownUser, userRequestSchema } from '../people/user.js';
import { registryFileSchema } from '../registry/registry-file.js';
import type { AccountStore } from '../store/account-store.js';
import type { IdentityStore } from '../store/identity-store.js';
import type { PeopleStore } from '../store/people-store.js';
import type { Store } from '../store/store.js';
import { TOKEN_SCOPES } from '../tokens/api-token.js';

/** What operations are done with: a store, or what tells others of changes to it. */
export type OperationTarget = Pick<
  Store,
  'registry' | 'importRegistry' | 'prune' | 'rebuildRollups' | 'backup' | 'tokens'
> & {
  /** Only where terminals are listened to. */
  commands?: Pick<Commands, 'give'>;
  people: Pick<PeopleStore, 'users' | 'add' | 'change' | 'remove' | 'addLink' | 'setSecondFactor'>;
  accounts: AccountStore;
  identity: Pick<IdentityStore, 'addCode' | 'revoke' | 'certificates'>;
};

const actorSchema = z.strictObject({ who: z.string().min(1), at: z.int() });
const tokenSchema = z.strictObject({
  name: idSchema,
  scopes: z.array(z.enum(TOKEN_SCOPES)).min(1),
  group: idSchema.optional(),
  hash: z.string().length(64),
  by: actorSchema,
});

const commandSchema = z.strictObject({ terminal: idSchema, command: z.enum(COMMANDS), by: actorSchema });

const codeSchema = z.strictObject({
  terminal: terminalIdSchema,
  hash: z.string().length(64),
  expiresAt: z.int(),
  by: actorSchema,
});

const accountSchema = z.strictObject({
  name: idSchema,
  group: idSchema.exactOptional(),
  password: z.string().max(200),
  by: actorSchema,
});

const linkSchema = z.strictObject({
  name: z.string().min(1),
  hash: z.string().length(64),
  expiresAt: z.int(),
  by: actorSchema,
});
const userChangeSchema = z.strictObject({
  name: z.string().min(1),
  role: z.enum(ROLES).exactOptional(),
  groups: z.array(idSchema).min(1).nullable().exactOptional(),
  by: actorSchema,
});

/** What the operator can have done to a store, by this process or, where it is in use, by the one that serves it. */
export const OPERATIONS = {
  command: operation(commandSchema, async ({ commands }, { terminal, command, by }) => {
    if (commands === undefined) throw notServing();
    return (await commands.give(terminal, command, by)).ended;
  }),
  import: operation(z.strictObject({ file: registryFileSchema, by: actorSchema }), (store, { file, by }) =>
    store.importRegistry(file, by),
  ),
  prune: operation(z.strictObject({ before: z.int(), by: actorSchema }), (store, { before, by }) =>
    store.prune(before, by),
  ),
  'rebuild-rollups': operation(z.strictObject({ by: actorSchema }), (store, { by }) => store.rebuildRollups(by)),
  backup: operation(z.strictObject({ file: z.string().min(1) }), async (store, { file }) => {
    await store.backup(file);
    return { file };
  }),
  'create-token': operation(tokenSchema, (store, { by, group, ...token }) =>
    store.tokens.create({ ...token, ...(group === undefined ? {} : { group }) }, by),
  ),
  'revoke-token': operation(z.strictObject({ name: idSchema, by: actorSchema }), (store, { name, by }) =>
    store.tokens.revoke(name, by),
  ),
  'add-enrolment-code': operation(codeSchema, async (store, { by, ...code }) => {
    await store.identity.addCode(code, by);
    const { terminals } = await store.registry();
    return { announced: terminals.some(({ id }) => id === code.terminal) };
  }),
  'revoke-terminal': operation(z.strictObject({ terminal: idSchema, by: actorSchema }), (store, { terminal, by }) =>
    store.identity.revoke(terminal, by),
  ),
  'list-certificates': operation(z.strictObject({}), (store) => store.identity.certificates()),
  'add-user': operation(z.strictObject({ user: userRequestSchema, by: actorSchema }), (store, { user, by }) =>
    store.people.add(user, by),
  ),
  'change-user': operation(userChangeSchema, (store, { name, by, ...change }) => store.people.change(name, change, by)),
  'remove-user': operation(
    z.strictObject({ name: z.string().min(1), by: actorSchema }),
    async (store, { name, by }) => {
      await store.people.remove(name, by);
      return {};
    },
  ),
  'reset-second-factor': operation(
    z.strictObject({ name: z.string().min(1), by: actorSchema }),
    async (store, { name, by }) => {
      const user = (await store.people.users()).find((one) => one.name === name);
      if (user === undefined) throw unknownUser(name);
      if (user.hasSecondFactor) await store.people.setSecondFactor(user.id, undefined, by);
      return { had: user.hasSecondFactor };
    },
  ),
  'create-password-link': operation(linkSchema, (store, { name, by, ...link }) => store.people.addLink(name, link, by)),
  'list-users': operation(z.strictObject({}), (store) => store.people.users()),
  'create-mqtt-account': operation(accountSchema, ({ accounts }, { by, ...account }) => accounts.create(account, by)),
  'remove-mqtt-account': operation(z.strictObject({ name: idSchema, by: actorSchema }), ({ accounts }, { name, by }) =>
    accounts.remove(name, by),
  ),
  'list-groups': operation(z.strictObject({}), async (store) => ({ groups: (await store.registry()).groups })),
  'list-mqtt-accounts': operation(z.strictObject({}), ({ accounts }) => accounts.list()),
  'list-tokens': operation(z.strictObject({}), (store) => store.tokens.list()),
} as const;
export type OperationName = keyof typeof OPERATIONS;
export type OperationArguments<N extends OperationName> = Parameters<(typeof OPERATIONS)[N]['run']>[1];
export type OperationResult<N extends OperationName> = Awaited<ReturnType<(typeof OPERATIONS)[N]['run']>>;

export function isOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}

/** Checks arguments that came as JSON and runs. Errors: `bad-arguments`, and the store's. */
export async function runOperation(store: OperationTarget, name: OperationName, args: unknown): Promise<unknown> {
  return OPERATIONS[name].runUnchecked(store, args);
}

function notServing(): HymioError {
  return new HymioError(
    'gateway-unreachable',
    'No gateway serves this configuration: nobody listens to terminals.',
    'Start it with `hymio-gateway serve`, and ask again.',
  );
}

function operation<A, R>(schema: z.ZodType<A>, run: (store: OperationTarget, args: A) => Promise<R>) {
  return {
    run,
    runUnchecked: async (store: OperationTarget, args: unknown): Promise<R> => {
      const checked = schema.safeParse(args);
      if (!checked.success) {
        throw badArguments(checked.error);
      }
      return run(store, checked.data);
    },
  };
}

function badArguments({ issues }: z.ZodError): HymioError {
  const faults = issues.map(({ path, message }) => (path.length === 0 ? message : `${path.join('.')}: ${message}`));
  return new HymioError(
    'bad-arguments',
    `${faults.join('; ')}.`,
    'Correct it; if it is right, command and gateway are not of the same version.',
  );
}
