import type { AlertRule } from '@hymio/gateway';
import type { OfficeGateway } from './office-gateway.js';
import type { OfficeWorld } from './office-world.js';

const BY = 'Aino';
/** No change takes longer to be answered, where it is answered at all. */
const ANSWER_MS = 10_000;

/** Somebody who switches a rule: asks the gateway again until it takes it, and asks for the next thing only then. */
export class RuleOperator {
  readonly #world: OfficeWorld;
  readonly #gateway: OfficeGateway;
  readonly #rule: AlertRule;
  #wanted: boolean | undefined;
  #state: 'content' | 'asking' = 'content';

  constructor(world: OfficeWorld, gateway: OfficeGateway, rule: AlertRule) {
    this.#world = world;
    this.#gateway = gateway;
    this.#rule = rule;
  }

  /** The rule is to be on, or off; what was wanted before is not any more. */
  want(enabled: boolean): void {
    this.#wanted = enabled;
    if (this.#state === 'content') this.#ask();
  }

  #ask(): void {
    const { scheduler, trace } = this.#world;
    const enabled = this.#wanted ?? true;
    let taken = false;
    this.#state = 'asking';
    this.#disturbs();
    const by = { who: BY, at: this.#world.wall() };
    this.#gateway.engine?.saveRule({ ...this.#rule, enabled }, by).then(
      () => {
        taken = true;
        this.#disturbs();
      },
      (error: unknown) => {
        trace.note(`rule not taken: ${String(error)}`);
        this.#disturbs();
      },
    );
    // An answer that does not come is none: the gateway may have died over it.
    scheduler.after(ANSWER_MS, () => {
      this.#state = 'content';
      if (!taken || enabled !== this.#wanted) this.#ask();
    });
    scheduler.promisesWait();
  }

  /** For the account, see `disturbedAt`. */
  #disturbs(): void {
    this.#world.disturbedAt = this.#world.scheduler.now();
  }
}
