import { type ClientRequest, get as request } from 'node:http';

/** When a page was last changed by the server, by Date.now. */
export interface OpenPage {
  path: string;
  changes: number[];
}

/** Pages that are looked at, all in this process: each has its stream of changes. */
export class OpenPages {
  readonly pages: OpenPage[] = [];
  readonly #requests: ClientRequest[] = [];
  readonly #waiting = new Set<() => void>();

  /** Opens a page; resolves once its first regions have come. */
  open(http: string, path: string): Promise<void> {
    const page: OpenPage = { path, changes: [] };
    this.pages.push(page);
    return new Promise((resolve, reject) => {
      const call = request(`${http}/live?page=${encodeURIComponent(path)}&seen=`, { agent: false }, (answer) => {
        if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode}`));
        answer.setEncoding('utf8');
        answer.on('data', (text: string) => {
          // What says only when the page was made is no change that a reader waits for.
          if (!text.includes('event: region') || !/"id":"(?!as-of)/.test(text)) return;
          page.changes.push(Date.now());
          for (const wake of this.#waiting) wake();
          resolve();
        });
        answer.on('error', () => undefined);
      });
      call.on('error', reject);
      this.#requests.push(call);
    });
  }

  /** The first change of a page since `at`, Date.now ms. */
  async changeSince(page: OpenPage, at: number): Promise<number> {
    for (;;) {
      const change = page.changes.find((one) => one >= at);
      if (change !== undefined) return change;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          this.#waiting.delete(wake);
          resolve();
        };
        this.#waiting.add(wake);
      });
    }
  }

  close(): void {
    for (const call of this.#requests) {
      call.on('error', () => undefined);
      call.destroy();
    }
  }
}
