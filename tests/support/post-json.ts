import { request } from 'node:https';

export interface Answer {
  status: number;
  body: Record<string, unknown>;
}

/** Sends JSON over TLS, with a certificate of one's own where it is given (PEM); nothing is trusted but `ca`. */
export function postJson(
  url: string,
  body: unknown,
  tls: { ca: string; cert?: string; key?: string },
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json' };
    const asked = request(url, { method: 'POST', headers, agent: false, ...tls }, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.once('error', reject);
      response.once('end', () => resolve({ status: response.statusCode ?? 0, body: JSON.parse(text) }));
    });
    asked.once('error', reject);
    asked.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
}
