import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { FieldFault } from '../../pages/forms/form-state.js';
import { freshForm } from '../../pages/forms/form-state.js';
import { accountPage } from '../../pages/people/account-page.js';
import { linkSpentPage, setPasswordPage } from '../../pages/people/set-password-page.js';
import type { LinkHolder, Logins } from '../../people/logins.js';
import { loginNameSchema } from '../../people/user.js';
import { LANGUAGES } from '../../registry/registry.js';
import { FormBody } from '../form-body.js';
import { sendPage } from '../pages.js';
import { loginNeeded } from '../people/guard-people.js';
import { rememberLanguage, rememberNotice } from '../remembered.js';
import { giveSession, type LoginWhere, MAX_LOGIN_BYTES, waitText } from './login-routes.js';

const linkParameters = z.object({ secret: z.string().max(100) });

/** The own account, and what one-time links lead to. */
export function accountRoutes(where: LoginWhere): void {
  const { app, pages } = where;
  const hide = { schema: { hide: true }, bodyLimit: MAX_LOGIN_BYTES };
  app.get('/account', hide, async (request, reply) => {
    if (request.person === undefined) return reply.redirect('/', 303);
    return sendPage(reply, accountPage(request.person.user, pages.contextOf(request, reply)));
  });
  app.post('/account', hide, (request, reply) => changeOwn(where, request, reply));
  app.post('/account/password', hide, (request, reply) => changePassword(where, request, reply));
  app.get(
    '/set-password/:secret',
    { ...hide, schema: { hide: true, params: linkParameters } },
    async (request, reply) => {
      const { secret } = request.params;
      const holder = await where.parts.logins?.holderOf(secret);
      const context = { ...pages.contextOf(request, reply) };
      if (holder === undefined) return sendPage(reply.code(404), linkSpentPage({ ...context, path: '/login' }));
      return sendPage(reply, setPasswordPage({ holder, secret, form: freshForm('link') }, context));
    },
  );
  app.post('/set-password/:secret', { ...hide, schema: { hide: true, params: linkParameters } }, (request, reply) =>
    followLink(where, request.params.secret, request, reply),
  );
}

async function changeOwn(
  { parts, pages }: LoginWhere,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { person } = request;
  if (person === undefined) throw loginNeeded();
  const body = new FormBody(request.body);
  const context = pages.contextOf(request, reply);
  const displayName = body.text('displayName');
  const { required, tooLong } = context.messages.forms.faults;
  const text = displayName === '' ? required : displayName.length > 100 ? tooLong : undefined;
  if (text !== undefined) {
    const sent = body.again('own', [{ field: 'displayName', text }]);
    return sendPage(reply.code(422), accountPage(person.user, { ...context, path: '/account' }, sent));
  }
  const language = LANGUAGES.find((one) => one === body.text('language'));
  const { user } = person;
  const by = { who: user.name, at: parts.clock.now() };
  await parts.people?.change(user.name, { displayName, ...(language === undefined ? {} : { language }) }, by);
  if (language !== undefined) rememberLanguage(reply, language);
  rememberNotice(reply, context.messages.people.saved);
  return reply.redirect('/account', 303);
}

async function changePassword(where: LoginWhere, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const { parts, pages } = where;
  const { logins } = parts;
  const { person } = request;
  if (person === undefined || logins === undefined) throw loginNeeded();
  const body = new FormBody(request.body);
  const context = pages.contextOf(request, reply);
  const { people: texts } = context.messages;
  const typed = { old: body.whole('old'), wanted: body.whole('password'), address: request.ip };
  const outcome = await logins.changePassword(person.user, typed);
  if (outcome.kind === 'in') {
    rememberNotice(reply, texts.passwordSet);
    await giveSession(where, outcome, request, reply);
    return reply.redirect('/account', 303);
  }
  const fault: FieldFault =
    outcome.kind === 'fault'
      ? { field: 'password', text: texts.passwordFaults[outcome.fault] }
      : {
          field: 'old',
          text: outcome.kind === 'wait' ? waitText(reply, outcome, texts.wait) : texts.oldWrong,
        };
  const sent = { ...freshForm('password'), faults: [fault] };
  const page = accountPage(person.user, { ...context, path: '/account' }, sent);
  return sendPage(reply.code(outcome.kind === 'wait' ? 429 : 422), page);
}

async function followLink(
  where: LoginWhere,
  secret: string,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const { parts, pages } = where;
  const { logins } = parts;
  const holder = await logins?.holderOf(secret);
  const context = pages.contextOf(request, reply);
  if (holder === undefined || logins === undefined) {
    return sendPage(reply.code(404), linkSpentPage({ ...context, path: '/login' }));
  }
  const body = new FormBody(request.body);
  const read = await readLinkForm(body, holder, logins, context.messages);
  if (!read.ok) {
    // The password is typed anew.
    const values = new Map([...body.values].filter(([name]) => name !== 'password'));
    const form = { id: 'link', values, faults: read.faults };
    return sendPage(reply.code(422), setPasswordPage({ holder, secret, form }, context));
  }
  const { name, displayName, password } = read;
  const outcome =
    holder.kind === 'user'
      ? await logins.useLink(holder.user, secret, password)
      : await logins.makeFirst(secret, { name, displayName }, password);
  rememberNotice(reply, context.messages.people.passwordSet);
  await giveSession(where, outcome, request, reply);
  return reply.redirect('/', 303);
}

async function readLinkForm(
  body: FormBody,
  holder: LinkHolder,
  logins: Logins,
  { people, forms }: ReturnType<LoginWhere['pages']['contextOf']>['messages'],
): Promise<{ ok: true; name: string; displayName: string; password: string } | { ok: false; faults: FieldFault[] }> {
  const password = body.whole('password');
  const typed = loginNameSchema.safeParse(body.text('name'));
  const name = holder.kind === 'user' ? holder.user.name : typed.success ? typed.data : '';
  const displayName = holder.kind === 'user' ? holder.user.displayName : body.text('displayName').slice(0, 100);
  const fault = await logins.faultOf(password, { name, displayName });
  const faults = [
    ...(name === '' ? [{ field: 'name', text: forms.faults.invalid }] : []),
    ...(displayName === '' ? [{ field: 'displayName', text: forms.faults.required }] : []),
    ...(fault === undefined ? [] : [{ field: 'password', text: people.passwordFaults[fault] }]),
  ];
  return faults.length > 0 ? { ok: false, faults } : { ok: true, name, displayName, password };
}
