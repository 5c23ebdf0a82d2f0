/** What is wrong with a field, in the user's language. */
export interface FieldFault {
  /** Its name; empty: of the form as a whole. */
  field: string;
  text: string;
}

/** A form as it is shown: empty at first, or with what was typed and what is wrong. */
export interface FormState {
  /** Unique on the page; begins the ids of its fields. */
  id: string;
  /** What was typed, by name of the field. */
  values: ReadonlyMap<string, readonly string[]>;
  faults: readonly FieldFault[];
}

/** A form that nobody has sent yet. */
export function freshForm(id: string): FormState {
  return { id, values: new Map(), faults: [] };
}

/** The form that was sent where it is this one, else a fresh one: for pages with several forms. */
export function formOr(sent: FormState | undefined, id: string): FormState {
  return sent?.id === id ? sent : freshForm(id);
}

/** Id of a field's element. */
export function fieldId(form: FormState, name: string): string {
  return `${form.id}-${name.replaceAll('.', '-')}`;
}
