import { randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { Actor } from '../../exclusions/exclusion.js';
import type { FormState } from '../../pages/forms/form-state.js';
import { userPage } from '../../pages/people/user-page.js';
import { type UsersModel, usersPage } from '../../pages/people/users-page.js';
import { makePasswordLink, passwordLinkAddress } from '../../people/password-link.js';
import type { People } from '../../people/people.js';
import { isLastAdmin, type User, unknownUser } from '../../people/user.js';
import { FormBody } from '../form-body.js';
import { sendPage } from '../pages.js';
import { readNewUser, readRights } from '../people/rights-form.js';
import { rememberNotice } from '../remembered.js';
import { type LoginWhere, MAX_LOGIN_BYTES } from './login-routes.js';

const byId = z.object({ id: z.coerce.number().int().min(1) });
/** Of the one user that the address names. */
type OfUser = FastifyRequest<{ Params: z.infer<typeof byId> }>;
type Where = LoginWhere & { people: People };

/** Users in the administration, for administrators of the whole organisation. Nobody changes what they may do themselves. */
export function userRoutes(login: LoginWhere): void {
  const { app, parts, pages } = login;
  const { people } = parts;
  if (people === undefined) return;
  const where = { ...login, people };
  const hide = { schema: { hide: true }, bodyLimit: MAX_LOGIN_BYTES };
  const ofUser = { ...hide, schema: { hide: true, params: byId } };
  app.get('/admin/users', hide, async (request, reply) =>
    sendPage(reply, usersPage(await modelOf(where, request), pages.contextOf(request, reply))),
  );
  app.post('/admin/users', hide, (request, reply) => addUser(where, request, reply));
  app.get('/admin/users/:id', ofUser, (request, reply) => sendUser(where, request, reply));
  app.post('/admin/users/:id', ofUser, (request, reply) => changeRights(where, request, reply));
  app.post('/admin/users/:id/link', ofUser, async (request, reply) => {
    const link = await newLink(where, await userOf(people, request), request);
    return sendUser(where, request, reply, { link });
  });
  app.post('/admin/users/:id/end-logins', ofUser, async (request, reply) => {
    const user = await userOf(people, request);
    await people.endLogins(user, actorOf(where, request));
    rememberNotice(reply, pages.contextOf(request).messages.people.users.ended);
    return reply.redirect(`/admin/users/${user.id}`, 303);
  });
  app.post('/admin/users/:id/remove', ofUser, (request, reply) => removeUser(where, request, reply));
}

async function addUser(where: Where, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { people, pages } = where;
  const body = new FormBody(request.body, request.person?.user.name);
  const context = pages.contextOf(request, reply);
  const isFirst = !people.asksForLogin;
  const read = readNewUser(body, { users: await people.users(), isFirst }, context.messages);
  if (!read.ok) {
    const sent = body.again('add', read.faults);
    return sendPage(reply.code(422), usersPage(await modelOf(where, request), context, sent));
  }
  const { groups, ...user } = read.value;
  const wanted = { ...user, ...(groups !== null && { groups }) };
  const link = await newLink(where, await people.add(wanted, actorOf(where, request)), request);
  return sendPage(reply, usersPage({ ...(await modelOf(where, request)), link }, context));
}

async function changeRights(where: Where, request: OfUser, reply: FastifyReply): Promise<FastifyReply> {
  const { people, pages } = where;
  const { messages } = pages.contextOf(request);
  const body = new FormBody(request.body, request.person?.user.name);
  const user = await userOf(people, request);
  const read = readRights(body, messages);
  const refusal = await refusalOf(where, request, user);
  // What the directory says of its people would be back with their next login.
  const fault = user.directory === undefined ? refusal : messages.people.users.directoryRules;
  if (!read.ok || fault !== undefined) {
    const faults = [...(fault === undefined ? [] : [{ field: '', text: fault }]), ...(read.ok ? [] : read.faults)];
    return sendUser(where, request, reply.code(422), { sent: body.again('rights', faults) });
  }
  await people.change(user.name, read.value, actorOf(where, request));
  rememberNotice(reply, messages.forms.saved);
  return reply.redirect(`/admin/users/${user.id}`, 303);
}

async function removeUser(where: Where, request: OfUser, reply: FastifyReply): Promise<FastifyReply> {
  const { people, pages } = where;
  const user = await userOf(people, request);
  const refusal = await refusalOf(where, request, user);
  if (refusal !== undefined) {
    const sent = new FormBody(request.body).again('remove', [{ field: '', text: refusal }]);
    return sendUser(where, request, reply.code(422), { sent });
  }
  await people.remove(user.name, actorOf(where, request));
  rememberNotice(reply, pages.contextOf(request).messages.admin.removed);
  return reply.redirect('/admin/users', 303);
}

/** Why this user's rights stay as they are; undefined: they may be changed. The store asks about the last one again. */
async function refusalOf({ people, pages }: Where, request: FastifyRequest, user: User): Promise<string | undefined> {
  const { users } = pages.contextOf(request).messages.people;
  if (isLastAdmin(user, await people.users())) return users.lastAdmin;
  return request.person?.user.id === user.id ? users.notSelf : undefined;
}

async function sendUser(
  where: Where,
  request: OfUser,
  reply: FastifyReply,
  more: { link?: UsersModel['link']; sent?: FormState } = {},
): Promise<FastifyReply> {
  const { sent, link } = more;
  const user = await userOf(where.people, request);
  const model = { ...(await modelOf(where, request)), user, ...(link !== undefined && { link }) };
  // A form that was sent leads the languages back to the page that it stands on.
  const context = { ...where.pages.contextOf(request, reply), path: `/admin/users/${user.id}` };
  return sendPage(reply, userPage(model, context, sent));
}

async function modelOf({ people, parts }: Where, request: FastifyRequest): Promise<UsersModel> {
  return { users: await people.users(), registry: await parts.for(request).store.registry() };
}

function actorOf({ parts }: Where, request: FastifyRequest): Actor {
  const { person, body } = request;
  return { who: person?.user.name ?? new FormBody(body).text('by'), at: parts.clock.now() };
}

async function newLink(where: Where, user: User, request: FastifyRequest): Promise<UsersModel['link'] & object> {
  const { people, parts } = where;
  const { secret, ...link } = makePasswordLink(randomBytes, parts.clock.now());
  await people.addLink(user.name, link, actorOf(where, request));
  const origin = parts.publicUrl ?? `${request.protocol}://${request.host}`;
  return { name: user.name, address: passwordLinkAddress(origin, secret) };
}

/** Error: HymioError `unknown-user`. */
async function userOf(people: People, { params }: OfUser): Promise<User> {
  const user = (await people.users()).find(({ id }) => id === params.id);
  if (user === undefined) throw unknownUser(`number ${params.id}`);
  return user;
}
