import type { Page } from 'playwright-core';
import { hostileText } from '../support/hostile-text.js';

/** What came of a form that was sent. */
export interface FormResult {
  /** Where it was sent to, ids left out. */
  action: string;
  /** What the button says. */
  button: string;
  status: number;
  /** Done, and led on elsewhere. */
  accepted: boolean;
  /** Fields that got such a text and were not refused for it. */
  kept: string[];
}

/** Forms that take something away are sent last. */
const DESTRUCTIVE = /remove|retire|revoke|replace|restore/;
/** Pages are looked at, not files. */
const FILES = /\/(csv|json|xlsx|pdf|html|poster|api|assets)\b/;

/** Fills the forms of all pages in a browser and looks at every page, as somebody does who follows every link once. */
export class FormVisitor {
  /** Addresses that were looked at. */
  readonly visited: string[] = [];
  /** Pages in which a text became markup. */
  readonly brokenOut: string[] = [];
  readonly #page: Page;
  readonly #base: string;
  #count = 0;

  constructor(page: Page, base: string) {
    this.#page = page;
    this.#base = base;
  }

  /** Looks at one page of every kind, beginning at the overview. */
  async visitAll(): Promise<void> {
    await this.#crawl(async (path) => {
      await this.#goto(path);
      this.visited.push(path);
      return (await this.#page.evaluate('[...document.links].map((link) => link.href.split("#")[0])')) as string[];
    });
  }

  /** Sends every form of one page of every kind with each of its buttons. */
  async sendAll(): Promise<FormResult[]> {
    const found = new Map<string, { url: string; index: number; button: number }>();
    await this.#crawl(async (url) => {
      // Only read: what is sent from it is sent from the page itself, later.
      const html = await (await fetch(this.#base + url, { headers: { 'accept-language': 'fi' } })).text();
      for (const { action, index, buttons } of formsOf(html)) {
        for (const [button, name] of buttons.entries()) {
          const key = `${kindOf(action)} ${name}`;
          if (!found.has(key)) found.set(key, { url, index, button });
        }
      }
      return linksOf(html);
    });
    const order = [...found].sort(([one], [other]) => Number(DESTRUCTIVE.test(one)) - Number(DESTRUCTIVE.test(other)));
    const results: FormResult[] = [];
    for (const [key, form] of order) results.push(await this.#send(key, form));
    return results;
  }

  /** Everything hostile first; what is refused is then given as it should be, beside the rest, as often as more is refused. */
  async #send(
    key: string,
    { url, index, button }: { url: string; index: number; button: number },
  ): Promise<FormResult> {
    const [action = '', name = ''] = key.split(/ (.*)/s);
    await this.#goto(url);
    const usual = (await this.#page.evaluate(listValues(index))) as Record<string, string>;
    const wrong = new Set<string>();
    let form = index;
    for (;;) {
      this.#count += 1;
      const filled = (await this.#page.evaluate(fillForm(form, [...wrong], usual, this.#count))) as string[];
      const [response] = await Promise.all([
        this.#page.waitForNavigation({ waitUntil: 'domcontentloaded' }),
        this.#page.evaluate(pressButton(form, button)),
      ]);
      await this.look();
      const status = response?.status() ?? 0;
      const accepted = response?.request().redirectedFrom() != null && status < 400;
      const more = (await this.#page.evaluate(LIST_WRONG)) as { index: number; names: string[] };
      const isNews = more.names.some((one) => !wrong.has(one));
      if (accepted || !isNews) return { action, button: name, status, accepted, kept: filled };
      for (const one of more.names) wrong.add(one);
      form = more.index;
    }
  }

  async #crawl(read: (path: string) => Promise<string[]>): Promise<void> {
    const waiting = ['/', '/admin', '/alerts', '/terminals'];
    const kinds = new Set(waiting.map(kindOf));
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      for (const link of await read(path)) {
        const { origin, pathname, search } = new URL(link, this.#base + path);
        const kind = kindOf(pathname + search);
        if (origin !== this.#base || kinds.has(kind) || FILES.test(pathname)) continue;
        kinds.add(kind);
        waiting.push(pathname + search);
      }
    }
  }

  async #goto(path: string): Promise<void> {
    await this.#page.goto(this.#base + path, { waitUntil: 'domcontentloaded' });
    await this.look();
  }

  /** Whether a text has become markup on the page as it is now. */
  async look(): Promise<void> {
    const isBroken = await this.#page.evaluate('document.querySelector(".hymio-attack") !== null');
    if (isBroken === true) this.brokenOut.push(this.#page.url());
  }
}

/** Addresses that differ in what they are about alone are of one kind. */
function kindOf(address: string): string {
  const [path = '', query] = address.split('?');
  const names = [...new URLSearchParams(query).keys()].filter((name) => name !== 'lang').sort();
  const kind = path.replaceAll(/(?<=\/)(city|health|kallio|kallio-1|visit|\d+|\d{4}-W\d\d)(?=\/|$)/g, ':');
  return names.length === 0 ? kind : `${kind}?${names}`;
}

function linksOf(html: string): string[] {
  return [...html.matchAll(/<a [^>]*?href="([^"#]*)/g)].map(([, link = '']) => link.replaceAll('&amp;', '&'));
}

/** Forms that are posted: by their place among all forms of the page, with what their buttons say. */
function formsOf(html: string): { index: number; action: string; buttons: string[] }[] {
  const forms = [...html.matchAll(/<form ([^>]*)>(.*?)<\/form>/gs)];
  return forms.flatMap(([, attributes = '', inside = ''], index) => {
    if (!attributes.includes('method="post"')) return [];
    const [, action = ''] = /action="([^"?]*)/.exec(attributes) ?? [];
    const buttons = [...inside.matchAll(/<button(?![^>]*type="button")[^>]*>(.*?)<\/button>/gs)];
    return [{ index, action, buttons: buttons.map(([, text = '']) => text.replaceAll(/<[^>]*>/g, '').trim()) }];
  });
}

/** What stands in the fields of a form. */
function listValues(form: number): string {
  return `Object.fromEntries([...document.forms[${form}].elements].map((one) => [one.name, one.value ?? '']))`;
}

/** The form in which something is wrong. */
const LIST_WRONG = `(() => {
  const index = [...document.forms].findIndex((form) => form.querySelector('[aria-invalid]') !== null);
  if (index === -1) return { index, names: [] };
  return { index, names: [...document.forms[index].querySelectorAll('[aria-invalid]')].map((one) => one.name) };
})()`;

/** Puts markup into every text, and what was or belongs there into those that are named. Answers the names that got markup. */
function fillForm(
  form: number,
  plausible: readonly string[],
  usual: Readonly<Record<string, string>>,
  from: number,
): string {
  return `(() => {
    const form = document.forms[${form}];
    const plausible = ${JSON.stringify(plausible)};
    const stood = ${JSON.stringify(usual)};
    const hostile = ${JSON.stringify(hostileText(from))};
    const day = (one) => new Date(Date.now() + (one.name === 'to' ? 1 : -1) * 86400000).toISOString().slice(0, 10);
    const byName = (one) => ({
      id: 'attack-${from}', target: 'kallio', address: 'attack${from}@example.org', quietFrom: '22:00', quietTo: '06:00',
      recipient: 'attack@example.org fi', recipients: 'attack@example.org fi',
      exceptions: '2026-12-24 08:00-12:00 ' + hostile,
    })[one.name];
    const byType = (one) => ({ date: day(one), time: '10:00', 'datetime-local': day(one) + 'T10:00', number: one.min || '5' })[one.dataset.was];
    const usual = (one) => stood[one.name] || byName(one) || byType(one) || '';
    const filled = [];
    for (const one of form.elements) {
      if (one instanceof HTMLTextAreaElement || (one instanceof HTMLInputElement && !/hidden|checkbox|radio|submit|button/.test(one.type))) {
        one.dataset.was = one.type;
        if (one instanceof HTMLInputElement) one.type = 'text';
        one.removeAttribute('maxlength');
        one.value = plausible.includes(one.name) ? usual(one) : hostile;
        if (!plausible.includes(one.name)) filled.push(one.name);
      } else if (one.type === 'checkbox') one.checked = true;
      else if (one.type === 'radio') one.checked = form.elements[one.name].length === undefined || form.elements[one.name][0] === one;
    }
    return filled;
  })()`;
}

function pressButton(form: number, button: number): string {
  return `(() => {
    const form = document.forms[${form}];
    form.noValidate = true;
    form.requestSubmit(form.querySelectorAll('button:not([type=button])')[${button}]);
  })()`;
}
