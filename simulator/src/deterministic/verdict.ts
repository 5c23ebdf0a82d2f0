/** What a run proved wrong. */
export interface Breach {
  /** Which promise was broken. */
  code: string;
  detail: string;
}

/**
 * The first breach found. Checks report here rather than throw: production code on the way up may catch what it is
 * thrown, and the breach would be lost.
 */
export class Verdict {
  #breach: Breach | undefined;

  get breach(): Breach | undefined {
    return this.#breach;
  }

  fail(code: string, detail: string): void {
    this.#breach ??= { code, detail };
  }

  /** Fails unless `condition` holds. */
  check(condition: boolean, code: string, detail: () => string): void {
    if (!condition) this.fail(code, detail());
  }
}
