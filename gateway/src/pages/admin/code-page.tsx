import type { MadeCode } from '../../identity/enrolment-desk.js';
import type { PageContext } from '../page-context.js';
import { adminPage } from './admin-page.js';

/** The answer to who made a code: the only place where it ever stands. */
export function codePage(terminal: string, { text: code, expiresAt, address }: MadeCode, around: PageContext): string {
  const path = `/admin/terminals/${terminal}`;
  // This page has no address of its own: the choice of another language leads back to the terminal.
  const context = { ...around, path };
  const { terminalIdentity: text } = context.messages;
  const command = ['hymio-terminal enrol', '--config terminal.yaml', `--gateway ${address}`, `--code ${code}`];
  return adminPage({
    context,
    section: 'terminals',
    title: text.codeTitle(terminal),
    children: (
      <>
        <p>{text.codeLead}</p>
        <p class="told-once">
          <code>{code}</code>
        </p>
        <p>
          {text.codeUntil(context.formats.full(expiresAt))} <strong>{text.codeOnce}</strong>
        </p>
        <section aria-labelledby="type-title">
          <h2 id="type-title">{text.typeTitle}</h2>
          <p class="told-once">
            <code>
              {command.map((part) => (
                <span key={part}>{part} </span>
              ))}
            </code>
          </p>
          <p class="hint">{text.typeHint}</p>
        </section>
        <p>
          <a href={context.link(path)}>{text.back}</a>
        </p>
      </>
    ),
  });
}
