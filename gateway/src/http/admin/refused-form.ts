import { HymioError } from '@hymio/protocol';
import type { AdminMessages } from '../../language/messages.js';
import type { FieldFault, FormState } from '../../pages/forms/form-state.js';
import { WEEKDAYS } from '../../registry/registry.js';
import type { RegistryFault } from '../../registry/registry-fault.js';
import { RegistryRefusal } from '../../registry/registry-refusal.js';
import type { FormBody } from '../form-body.js';

/** A form that was refused: what was typed, and what is wrong, in the user's language. */
export interface RefusedForm {
  refused: FormState;
}

/** Runs what a form asks for; a refusal becomes the form again, any other error stays one. */
export async function tryForm<T>(
  { id, body, messages, fields }: { id: string; body: FormBody; messages: AdminMessages; fields: readonly string[] },
  act: () => Promise<T>,
): Promise<{ done: T } | RefusedForm> {
  try {
    return { done: await act() };
  } catch (error) {
    if (error instanceof RegistryRefusal) {
      const faults = error.faults.map((fault) => fieldFault(fault, fields, messages));
      return { refused: outdatedToo(body.again(id, distinct(faults)), error.code === 'changed-meanwhile') };
    }
    const text = refusalText(error, messages);
    if (text === undefined) throw error;
    const field = error instanceof HymioError ? (REFUSAL_FIELDS[error.code] ?? '') : '';
    return { refused: body.again(id, [{ field: fields.includes(field) ? field : '', text }]) };
  }
}

const REFUSAL_FIELDS: Readonly<Record<string, string>> = {
  'exclusion-empty': 'to',
  'exclusion-unknown-target': 'target',
  'exclusion-begins-beyond-sight': 'from',
  'exclusion-ends-beyond-sight': 'to',
  'exclusion-pruned': 'from',
  'note-empty': 'text.fi',
  'note-span-empty': 'to',
  'report-recipient-malformed': 'address',
  'report-recipient-without-reports': 'subjects',
  'report-recipient-unknown-subject': 'subjects',
  'report-recipient-twice': 'address',
};

function refusalText(error: unknown, { refusals }: AdminMessages): string | undefined {
  if (!(error instanceof HymioError) || !(error.code in refusals)) return undefined;
  return refusals[error.code as keyof AdminMessages['refusals']];
}

/** Once somebody was told that the item has changed, saving again means the item as it is now. */
function outdatedToo(form: FormState, outdated: boolean): FormState {
  return outdated ? { ...form, values: new Map([...form.values, ['outdated', ['yes']]]) } : form;
}

function fieldFault(fault: RegistryFault, fields: readonly string[], messages: AdminMessages): FieldFault {
  const { code, field = '', detail = '' } = fault;
  const head = field.split('.')[0] ?? '';
  const found = [field, head, `${head}.fi`].find((name) => name !== '' && fields.includes(name)) ?? '';
  const weekday = WEEKDAYS.find((day) => day === detail);
  return { field: found, text: messages.faults[code](weekday === undefined ? detail : messages.weekdays[weekday]) };
}

function distinct(faults: readonly FieldFault[]): FieldFault[] {
  return faults.filter(
    (one, index) => faults.findIndex((each) => each.text === one.text && each.field === one.field) === index,
  );
}
