import type { FastifyReply, FastifyRequest } from 'fastify';
import { type FieldFault, freshForm } from '../../pages/forms/form-state.js';
import { recoveryCodesPage, secondFactorPage } from '../../pages/people/second-factor-page.js';
import type { Logins } from '../../people/logins.js';
import type { LoggedIn } from '../../people/people.js';
import { isOfDirectory } from '../../people/user.js';
import { FormBody } from '../form-body.js';
import { sendPage } from '../pages.js';
import { loginNeeded } from '../people/guard-people.js';
import { rememberNotice } from '../remembered.js';
import { type LoginWhere, MAX_LOGIN_BYTES, waitText } from './login-routes.js';

const PATH = '/account/second-factor';

/** Who asks, what was sent, and where it is answered. */
interface Asked {
  person: LoggedIn;
  logins: Logins;
  body: FormBody;
  request: FastifyRequest;
  reply: FastifyReply;
}

interface FormFault extends FieldFault {
  form: string;
}

/** Sets up the own second factor, and switches it off. None of these pages is kept by a browser: secrets stand in them. */
export function secondFactorRoutes(where: LoginWhere): void {
  const { app } = where;
  const hide = { schema: { hide: true }, bodyLimit: MAX_LOGIN_BYTES };
  app.get(PATH, hide, async (request, reply) => {
    if (request.person === undefined) return reply.redirect('/', 303);
    return show(where, asked(where, request, reply));
  });
  app.post(PATH, hide, async (request, reply) => begin(where, asked(where, request, reply)));
  app.post(`${PATH}/confirm`, hide, async (request, reply) => confirm(where, asked(where, request, reply)));
  app.post(`${PATH}/off`, hide, async (request, reply) => switchOff(where, asked(where, request, reply)));
}

/** Errors: HymioError `login-needed`, `directory-user`. */
function asked({ parts }: LoginWhere, request: FastifyRequest, reply: FastifyReply): Asked {
  const { person } = request;
  const { logins } = parts;
  if (person === undefined || logins === undefined) throw loginNeeded();
  if (person.user.directory !== undefined) throw isOfDirectory(person.user.name);
  reply.header('cache-control', 'no-store');
  return { person, logins, body: new FormBody(request.body), request, reply };
}

async function begin(where: LoginWhere, one: Asked): Promise<FastifyReply> {
  const { person, logins, reply } = one;
  if (person.user.hasSecondFactor) return reply.redirect(PATH, 303);
  const fault = await passwordFault(where, one, 'begin');
  if (fault !== undefined) return show(where, one, fault);
  logins.secondFactors.begin(person);
  return reply.redirect(PATH, 303);
}

async function confirm(where: LoginWhere, one: Asked): Promise<FastifyReply> {
  const { person, logins, body, reply } = one;
  // It took too long, or was done in another window: the page says how things stand.
  if (logins.secondFactors.begun(person) === undefined) return reply.redirect(PATH, 303);
  const codes = await logins.secondFactors.confirm(person, body.text('code'));
  if (codes !== undefined) return sendPage(reply, recoveryCodesPage(codes, contextOf(where, one)));
  const { wrongFirst } = contextOf(where, one).messages.secondFactor;
  return show(where, one, { form: 'confirm', field: 'code', text: wrongFirst });
}

async function switchOff(where: LoginWhere, one: Asked): Promise<FastifyReply> {
  const { person, logins, body, request, reply } = one;
  if (!person.user.hasSecondFactor) return reply.redirect(PATH, 303);
  const fault = await passwordFault(where, one, 'off');
  if (fault !== undefined) return show(where, one, fault);
  const { secondFactor: texts } = contextOf(where, one).messages;
  const outcome = await logins.secondFactors.check(person.user, body.text('code'), request.ip);
  if (outcome.kind !== 'right') {
    const text = outcome.kind === 'wait' ? waitText(reply.code(429), outcome, texts.wait) : texts.wrongCode;
    return show(where, one, { form: 'off', field: 'code', text });
  }
  await logins.secondFactors.switchOff(person.user);
  rememberNotice(reply, texts.switchedOff);
  return reply.redirect('/account', 303);
}

/** What is wrong with the password; undefined: it is right. Not an answer: who awaits a reply gets nothing, as if all were well. */
async function passwordFault(where: LoginWhere, one: Asked, form: string): Promise<FormFault | undefined> {
  const { person, logins, body, request, reply } = one;
  const outcome = await logins.confirmPassword(person.user, body.whole('password'), request.ip);
  if (outcome === 'right') return undefined;
  const { people: texts } = contextOf(where, one).messages;
  const text = outcome.kind === 'wait' ? waitText(reply.code(429), outcome, texts.wait) : texts.oldWrong;
  return { form, field: 'password', text };
}

function show(where: LoginWhere, one: Asked, fault?: FormFault): FastifyReply {
  const { person, logins, reply } = one;
  const sent = fault === undefined ? undefined : { ...freshForm(fault.form), faults: [fault] };
  if (fault !== undefined && reply.statusCode === 200) reply.code(422);
  const begun = logins.secondFactors.begun(person);
  const parts = { user: person.user, begun, ...(sent === undefined ? {} : { sent }) };
  return sendPage(reply, secondFactorPage(parts, contextOf(where, one)));
}

function contextOf({ pages }: LoginWhere, { request, reply }: Asked) {
  return { ...pages.contextOf(request, reply), path: PATH };
}
