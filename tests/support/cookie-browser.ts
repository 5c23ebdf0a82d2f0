/** What a browser does without showing anything: it keeps cookies of each origin and follows redirects. */
export class CookieBrowser {
  readonly #jars = new Map<string, Map<string, string>>();
  /** Every address that was asked for. */
  readonly visited: string[] = [];

  /** Ends at the first answer that is no redirect, or before an address that `until` holds of, which is given back. */
  async go(
    url: string,
    until: (url: string) => boolean = () => false,
    form?: Record<string, string>,
  ): Promise<{ url: string; answer?: Response }> {
    if (until(url)) return { url };
    const answer = await this.ask(url, form);
    const location = answer.headers.get('location');
    if (location === null) return { url, answer };
    return this.go(new URL(location, url).href, until);
  }

  /** One request and its answer, whatever it is. */
  async ask(url: string, form?: Record<string, string>): Promise<Response> {
    this.visited.push(url);
    const { origin } = new URL(url);
    const answer = await fetch(url, {
      redirect: 'manual',
      headers: { accept: 'text/html', cookie: this.cookies(origin), ...(form === undefined ? {} : { origin }) },
      ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
    });
    for (const line of answer.headers.getSetCookie()) this.#keep(origin, line);
    return answer;
  }

  cookies(origin: string): string {
    return [...(this.#jars.get(origin) ?? [])].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  /** undefined takes it away. */
  setCookie(origin: string, name: string, value: string | undefined): void {
    const jar = this.#jars.get(origin) ?? new Map();
    if (value === undefined) jar.delete(name);
    else jar.set(name, value);
    this.#jars.set(origin, jar);
  }

  #keep(origin: string, line: string): void {
    const [pair = '', ...attributes] = line.split('; ');
    const at = pair.indexOf('=');
    const isOver = attributes.some(
      (one) => one.toLowerCase() === 'max-age=0' || /^expires=thu, 01 jan 1970/i.test(one),
    );
    this.setCookie(origin, pair.slice(0, at), isOver ? undefined : pair.slice(at + 1));
  }
}
