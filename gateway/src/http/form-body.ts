import type * as z from 'zod';
import type { FormsMessages } from '../language/messages.js';
import type { FieldFault, FormState } from '../pages/forms/form-state.js';

/** What was typed into a form and sent, as text. */
export class FormBody {
  readonly values: ReadonlyMap<string, readonly string[]>;

  /** `body`: as the form parser leaves it, one value or several of a name. `by`: who is logged in; nobody else is believed. */
  constructor(body: unknown, by?: string) {
    const entries = typeof body === 'object' && body !== null ? Object.entries(body) : [];
    const values = new Map(
      entries.map(([name, value]) => [name, (Array.isArray(value) ? value : [value]).map(String)]),
    );
    this.values = by === undefined ? values : values.set('by', [by]);
  }

  /** The value without space around it; empty where there is none. */
  text(name: string): string {
    return (this.values.get(name)?.[0] ?? '').trim();
  }

  /** The value as it was typed, for passwords; empty where there is none. */
  whole(name: string): string {
    return this.values.get(name)?.[0] ?? '';
  }

  /** All values of a name, such as those of checkboxes. */
  all(name: string): readonly string[] {
    return this.values.get(name) ?? [];
  }

  /** The form again, with what was typed and what is wrong with it. */
  again(id: string, faults: readonly FieldFault[]): FormState {
    return { id, values: this.values, faults };
  }
}

export type FormReading<T> = { ok: true; value: T } | { ok: false; faults: FieldFault[] };

/**
 * Checks single values by a zod object of texts. A fault's sentence is in the user's language: `error: 'required'` and
 * the like in the schema names one of `messages.faults`; what has no name is "cannot be understood".
 */
export function readForm<T>(schema: z.ZodType<T>, body: FormBody, messages: FormsMessages): FormReading<T> {
  const texts = Object.fromEntries([...body.values.keys()].map((name) => [name, body.text(name)]));
  const result = schema.safeParse(texts);
  if (result.success) return { ok: true, value: result.data };
  const faults = new Map<string, FieldFault>();
  for (const issue of result.error.issues) {
    const field = issue.path.map(String).join('.');
    if (!faults.has(field)) faults.set(field, { field, text: faultText(issue, messages) });
  }
  return { ok: false, faults: [...faults.values()] };
}

function faultText(issue: z.core.$ZodIssue, { faults }: FormsMessages): string {
  if (issue.message in faults) return faults[issue.message as keyof FormsMessages['faults']];
  if (issue.code === 'too_small' || issue.code === 'invalid_type') return faults.required;
  return issue.code === 'too_big' ? faults.tooLong : faults.invalid;
}
