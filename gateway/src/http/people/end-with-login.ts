import type { ServerResponse } from 'node:http';
import type { LoggedIn } from '../../people/people.js';
import type { HttpParts } from '../http-parts.js';

/** A stream ends with the login that opened it. */
export function endWithLogin(
  response: ServerResponse,
  person: LoggedIn | undefined,
  { people }: Pick<HttpParts, 'people'>,
): void {
  if (person === undefined || people === undefined) return;
  const forget = people.onEnd(person.session, () => response.destroy());
  response.on('close', forget);
}
