import { HymioError } from '@hymio/protocol';
import type { FastifyReply, FastifyRequest } from 'fastify';
import * as z from 'zod';
import type { PageContext } from '../pages/page-context.js';
import type { User } from '../people/user.js';
import type { App } from './app.js';
import { FormBody } from './form-body.js';
import type { RouteParts, ServedParts } from './http-parts.js';
import { type Pages, sendPage } from './pages.js';
import { rememberName, rememberNotice } from './remembered.js';

/** A form that was sent. */
export interface Submission<Params> {
  params: Params;
  body: FormBody;
  context: PageContext;
  /** Of the server, as whoever sent it may see them. */
  parts: ServedParts;
  /** Who is logged in; absent where nobody has to be. */
  person?: User;
}

/** Where forms are served. */
export interface FormWhere {
  app: App;
  parts: RouteParts;
  pages: Pages;
}

/**
 * `redirect`: done, go on there, where `notice` is said. `again`: the page with what was typed and what is wrong.
 * `shown`: done, and this page says what nothing else ever says again.
 */
export type FormAnswer =
  | { kind: 'redirect'; to: string; notice?: string }
  | { kind: 'again'; html: string }
  | { kind: 'shown'; html: string };

export interface FormRouteSpec<Params extends z.ZodType> {
  path: string;
  params: Params;
  handle(submission: Submission<z.infer<Params>>): Promise<FormAnswer>;
}

/** Largest form, bytes. */
const MAX_FORM_BYTES = 64 * 1024;

/**
 * A form of a page, sent by POST from a page of ours (see `requireOurOrigin`). Done is answered 303, so that loading
 * again sends nothing twice; not done is 422 with the page. A field `by` is who did it, and is remembered.
 */
export function formRoute<Params extends z.ZodType>(
  { app, parts, pages }: FormWhere,
  spec: FormRouteSpec<Params>,
): void {
  app.post(
    spec.path,
    { schema: { hide: true }, bodyLimit: MAX_FORM_BYTES },
    async (request: FastifyRequest, reply: FastifyReply) => {
      const params = spec.params.safeParse(request.params);
      if (!params.success) {
        throw new HymioError('unknown-route', 'There is nothing at this address.', 'Begin at the overview.');
      }
      const person = request.person?.user;
      const body = new FormBody(request.body, person?.name);
      const context = pages.contextOf(request, reply);
      const by = body.text('by');
      if (person === undefined && by !== '' && by.length <= MAX_NAME) rememberName(reply, by);
      const answer = await spec.handle({
        params: params.data,
        parts: parts.for(request),
        body,
        ...(person !== undefined && { person }),
        context: by === '' ? context : { ...context, by },
      });
      if (answer.kind === 'again') return sendPage(reply.code(422), answer.html);
      if (answer.kind === 'shown') return sendPage(reply, answer.html);
      if (answer.notice !== undefined) rememberNotice(reply, answer.notice);
      return reply.redirect(context.link(answer.to), 303);
    },
  );
}

/** Longest name of a person in a form. */
export const MAX_NAME = 100;
/** Who does it: the name of who is logged in, or what was typed where nobody has to be. For schemas of forms. */
export const byField = z.string().min(1, 'required').max(MAX_NAME, 'tooLong');
