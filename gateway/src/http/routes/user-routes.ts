import { randomBytes } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { FieldFault } from '../../pages/forms/form-state.js';
import { type UsersModel, userPage, usersPage } from '../../pages/people/users-page.js';
import { makePasswordLink, passwordLinkAddress } from '../../people/password-link.js';
import type { People } from '../../people/people.js';
import { loginNameSchema, ROLES, type User, unknownUser } from '../../people/user.js';
import { FormBody } from '../form-body.js';
import { sendPage } from '../pages.js';
import { rememberNotice } from '../remembered.js';
import { type LoginWhere, MAX_LOGIN_BYTES } from './login-routes.js';

const byId = z.object({ id: z.coerce.number().int().min(1) });
type Asked = FastifyRequest<{ Params: { id: number } }>;

/** Users in the administration, for administrators of the whole organisation. Nobody changes what they may do themselves. */
export function userRoutes(where: LoginWhere): void {
  const { app, parts, pages } = where;
  const { people, clock } = parts;
  if (people === undefined) return;
  const hide = { schema: { hide: true }, bodyLimit: MAX_LOGIN_BYTES };
  const ofUser = { ...hide, schema: { hide: true, params: byId } };
  const model = async (): Promise<UsersModel> => ({
    users: await people.users(),
    registry: await parts.store.registry(),
  });
  const by = ({ person }: FastifyRequest, body: FormBody) => ({
    who: person?.user.name ?? body.text('by'),
    at: clock.now(),
  });
  const newLink = async (user: User, who: { who: string; at: number }, { protocol, host }: FastifyRequest) => {
    const { secret, ...link } = makePasswordLink(randomBytes, clock.now());
    await people.addLink(user.name, link, who);
    return { name: user.name, address: passwordLinkAddress(parts.publicUrl ?? `${protocol}://${host}`, secret) };
  };

  app.get('/admin/users', hide, async (request, reply) =>
    sendPage(reply, usersPage(await model(), pages.contextOf(request, reply))),
  );
  app.post('/admin/users', hide, async (request, reply) => {
    const body = new FormBody(request.body, request.person?.user.name);
    const context = pages.contextOf(request, reply);
    const name = loginNameSchema.safeParse(body.text('name'));
    const { faults, ...rights } = readRights(body, context.messages);
    const { people: texts, forms } = context.messages;
    if (!name.success) faults.unshift({ field: 'name', text: forms.faults.invalid });
    else if (people.user(name.data) !== undefined) faults.unshift({ field: 'name', text: texts.users.nameTaken });
    if (!people.asksForLogin && (rights.role !== 'admin' || rights.groups !== undefined)) {
      faults.push({ field: 'role', text: texts.users.firstIsAdmin });
    }
    if (request.person === undefined && body.text('by') === '')
      faults.push({ field: 'by', text: forms.faults.required });
    if (!name.success || faults.length > 0) {
      return sendPage(reply.code(422), usersPage(await model(), context, body.again('add', faults)));
    }
    const who = by(request, body);
    const user = await people.add({ name: name.data, ...rights }, who);
    const link = await newLink(user, who, request);
    return sendPage(reply, usersPage({ ...(await model()), link }, context));
  });
  app.get('/admin/users/:id', ofUser, async (request, reply) => {
    const user = await userOf(people, request);
    return sendPage(reply, userPage({ ...(await model()), user }, pages.contextOf(request, reply)));
  });
  app.post('/admin/users/:id', ofUser, async (request, reply) => {
    const body = new FormBody(request.body, request.person?.user.name);
    const context = pages.contextOf(request, reply);
    const user = await userOf(people, request);
    const { faults, groups, ...rights } = readRights(body, context.messages);
    if (isSelf(request, user)) faults.push({ field: '', text: context.messages.people.users.notSelf });
    if (faults.length > 0) {
      return sendPage(reply.code(422), userPage({ ...(await model()), user }, context, body.again('rights', faults)));
    }
    await people.change(user.name, { ...rights, groups: groups ?? null }, by(request, body));
    rememberNotice(reply, context.messages.forms.saved);
    return reply.redirect(`/admin/users/${user.id}`, 303);
  });
  app.post('/admin/users/:id/link', ofUser, async (request, reply) => {
    const user = await userOf(people, request);
    const link = await newLink(user, by(request, new FormBody(request.body)), request);
    return sendPage(reply, userPage({ ...(await model()), user, link }, pages.contextOf(request, reply)));
  });
  app.post('/admin/users/:id/remove', ofUser, async (request, reply) => {
    const user = await userOf(people, request);
    const context = pages.contextOf(request, reply);
    const body = new FormBody(request.body);
    if (isSelf(request, user)) {
      const sent = body.again('remove', [{ field: '', text: context.messages.people.users.notSelf }]);
      return sendPage(reply.code(422), userPage({ ...(await model()), user }, context, sent));
    }
    await people.remove(user.name, by(request, body));
    rememberNotice(reply, context.messages.admin.removed);
    return reply.redirect('/admin/users', 303);
  });
}

async function userOf(people: People, { params }: Asked): Promise<User> {
  const user = (await people.users()).find(({ id }) => id === params.id);
  if (user === undefined) throw unknownUser(`number ${params.id}`);
  return user;
}

function isSelf({ person }: FastifyRequest, user: User): boolean {
  return person?.user.id === user.id;
}

function readRights(body: FormBody, { forms }: ReturnType<LoginWhere['pages']['contextOf']>['messages']) {
  const displayName = body.text('displayName').slice(0, 100);
  const role = ROLES.find((one) => one === body.text('role')) ?? 'viewer';
  const groups = [...new Set(body.all('groups'))];
  const faults: FieldFault[] = displayName === '' ? [{ field: 'displayName', text: forms.faults.required }] : [];
  return { displayName, role, ...(groups.length > 0 && { groups }), faults };
}
