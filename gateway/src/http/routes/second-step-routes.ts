import { secondStepPage } from '../../pages/people/second-step-page.js';
import { FormBody } from '../form-body.js';
import { sendPage } from '../pages.js';
import { ownAddress } from '../people/guard-people.js';
import { rememberNotice } from '../remembered.js';
import { giveSession, type LoginWhere, MAX_LOGIN_BYTES, nextQuery, waitText, withNext } from './login-routes.js';

/** The code that a login asks for after the password, where its user wants that. */
export function secondStepRoutes(where: LoginWhere): void {
  const { app, parts, pages, stepCookie } = where;
  const hide = { schema: { hide: true }, bodyLimit: MAX_LOGIN_BYTES };
  app.get('/login/code', hide, async (request, reply) => {
    const next = ownAddress(nextQuery.parse(request.query).next);
    if (request.outsider !== true) return reply.redirect(next, 303);
    const secret = stepCookie.read(request);
    if (secret === undefined || parts.logins?.awaitsCode(secret) !== true) {
      return reply.redirect(withNext('/login', next), 303);
    }
    return sendPage(
      reply.header('cache-control', 'no-store'),
      secondStepPage({ next }, pages.contextOf(request, reply)),
    );
  });
  app.post('/login/code', hide, async (request, reply) => {
    const body = new FormBody(request.body);
    const next = ownAddress(body.text('next'));
    const { secondFactor: texts } = pages.contextOf(request).messages;
    const secret = stepCookie.read(request) ?? '';
    const outcome = await parts.logins?.finishLogIn(secret, body.text('code'), request.ip);
    if (outcome?.kind === 'in') {
      await giveSession(where, outcome, request, reply);
      return reply.redirect(next, 303);
    }
    if (outcome?.kind === 'wrong' || outcome?.kind === 'wait') {
      const isWrong = outcome.kind === 'wrong';
      const fault = isWrong ? texts.wrongCode : waitText(reply, outcome, texts.wait);
      const context = { ...pages.contextOf(request, reply), path: withNext('/login/code', next) };
      const page = secondStepPage({ next, fault }, context);
      return sendPage(reply.code(isWrong ? 422 : 429), page);
    }
    stepCookie.clear(reply);
    rememberNotice(reply, texts.beginAnew);
    return reply.redirect(withNext('/login', next), 303);
  });
}
