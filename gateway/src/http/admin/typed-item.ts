import { parseLocalInput } from '../../calendar/local-input.js';
import type { Messages } from '../../language/messages.js';
import type { FieldFault } from '../../pages/forms/form-state.js';
import { parseExceptionLines } from '../../registry/exception-lines.js';
import { parseTypedSpans } from '../../registry/minute-span.js';
import {
  LANGUAGES,
  type LocalizedText,
  type OpeningException,
  type OpeningHours,
  WEEKDAYS,
} from '../../registry/registry.js';
import type { FormBody } from '../form-body.js';
import { MAX_NAME } from '../form-route.js';

const MAX_TEXT = 500;

/** Reads what was typed into a form of the administration, gathering what cannot be understood. */
export class TypedItem {
  readonly faults: FieldFault[] = [];
  readonly #body: FormBody;
  readonly #messages: Messages;
  readonly #zone: string;

  constructor(body: FormBody, messages: Messages, zone: string) {
    this.#body = body;
    this.#messages = messages;
    this.#zone = zone;
  }

  /** Who does it; must be given. */
  by(): string {
    const by = this.text('by', MAX_NAME);
    if (by === '') this.fault('by', this.#messages.forms.faults.required);
    return by;
  }

  text(name: string, max = MAX_TEXT): string {
    const text = this.#body.text(name);
    if (text.length > max) this.fault(name, this.#messages.forms.faults.tooLong);
    return text;
  }

  /** `version` as the edit wants it: absent where the form sent none. */
  version(): { version?: string } {
    const version = this.#body.text('version');
    return version === '' ? {} : { version };
  }

  localized(name: string): LocalizedText {
    const text: LocalizedText = {};
    for (const language of LANGUAGES) {
      const typed = this.text(`${name}.${language}`);
      if (typed !== '') text[language] = typed;
    }
    return text;
  }

  /** UTC ms; NaN with a fault where it is no time. */
  instant(name: string): number {
    const at = parseLocalInput(this.text(name, 40), this.#zone);
    if (at === undefined) this.fault(name, this.#messages.forms.faults.invalid);
    return at ?? Number.NaN;
  }

  exceptions(name: string): { exceptions?: OpeningException[] } {
    const { exceptions, wrong } = parseExceptionLines(this.text(name, 20_000));
    for (const line of wrong) this.fault(name, this.#messages.admin.groups.exceptionWrong(line));
    return exceptions.length === 0 ? {} : { exceptions };
  }

  openingHours(): { openingHours?: OpeningHours } {
    if (this.#body.text('always') === 'yes') return {};
    const openingHours: OpeningHours = {};
    for (const day of WEEKDAYS) {
      const spans = parseTypedSpans(this.text(`openingHours.${day}`, 100));
      if (spans === undefined) this.fault(`openingHours.${day}`, this.#messages.admin.hoursWrong);
      else if (spans.length > 0) openingHours[day] = spans;
    }
    return { openingHours };
  }

  /** Seconds as ms, up to an hour. */
  repeatWindowMs(name: string): number {
    const seconds = Number(this.text(name, 10).replace(',', '.') || Number.NaN);
    if (!(seconds >= 0 && seconds <= 3_600)) this.fault(name, this.#messages.forms.faults.notANumber);
    return Math.round(seconds * 1_000);
  }

  fault(field: string, text: string): void {
    this.faults.push({ field, text });
  }
}
