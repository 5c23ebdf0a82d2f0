import type { AdminMessages } from '../messages.js';

export const adminFaults: AdminMessages['faults'] = {
  'listed-twice': (id) => `${id} is listed more than once.`,
  'id-taken': (id) => `The id ${id} is taken. Choose another one.`,
  'id-malformed': () => 'Use 1 to 63 lower-case letters a–z, digits and hyphens, not starting with a hyphen.',
  'name-missing': () => 'Give a name in at least one language.',
  'text-missing': () => 'The question needs its text in this language.',
  'unknown-parent': () => 'There is no such group any more.',
  'own-ancestor': () => 'A group cannot be part of itself or of what is below it.',
  'unknown-group': () => 'There is no such group any more.',
  'closes-before-it-opens': (day) => `${day}: it closes before it opens.`,
  'overlapping-hours': (day) => `${day}: the opening hours overlap.`,
  'impossible-hours': (day) => `${day}: a day ends at 24:00.`,
  'impossible-date': (date) => (date === '' ? 'This time is not possible.' : `There is no such date as ${date}.`),
  'date-twice': (date) => `${date} is listed twice.`,
  'unknown-service-point': () => 'There is no such service point any more.',
  'unknown-question': () => 'There is no such question any more.',
  'unknown-terminal': () => 'There is no such terminal.',
  'ends-before-it-begins': () => 'The end is before the beginning.',
  'overlapping-assignments': () => 'The terminal would stand in two places at once.',
  retired: () => 'The terminal is out of use. Bring it back first.',
  'not-retired': () => 'The terminal is in use.',
  'in-the-future': () => 'The time cannot lie in the future.',
  'nobody-stands-there': () => 'No terminal stands here at that time. Move one here first.',
  'reason-missing': () => 'Say why.',
  'group-in-use': (ids) => `The group is not empty (${ids}). Move or remove what is in it first.`,
  'service-point-in-use': () =>
    'Numbers, notes or terminals belong to this service point, so it stays. Take its terminals away instead.',
  'question-in-use': (ids) => `The question is or was asked (${ids}), so it stays. Ask another one there instead.`,
  'users-limited-to-it': (count) => `Users are limited to this group (${count}). Change or remove them first.`,
  'programs-limited-to-it': (count) =>
    `Tokens or MQTT accounts are for this group alone (${count}). IT support ends them first.`,
  'reports-go-out': (count) => `Recipients get its weekly report (${count}). Change or remove them first.`,
  gone: () => 'Somebody else has removed this meanwhile.',
  'changed-meanwhile': () =>
    'Somebody else has changed this meanwhile. What you typed is below; saving once more replaces what they saved.',
};

export const refusals: AdminMessages['refusals'] = {
  'exclusion-empty': 'The end must come after the beginning.',
  'exclusion-unknown-target': 'There is no terminal or service point with this id.',
  'exclusion-begins-beyond-sight':
    'At this time the terminal did not stand in a place that you may see. Choose a later beginning.',
  'exclusion-ends-beyond-sight':
    'Before this the terminal was moved away from the places that you may see. Choose an earlier end.',
  'exclusion-pruned':
    'Single presses of this time have been deleted; only their counts are left, and those can no longer be changed.',
  'exclusion-revoked': 'Somebody else has brought these presses back already.',
  'note-empty': 'Write the note in at least one language.',
  'note-span-empty': 'The end must come after the beginning.',
  'report-recipient-malformed': 'Write the address as name@example.org.',
  'report-recipient-without-reports': 'Choose at least one report.',
  'report-recipient-unknown-subject': 'One of these does not exist any more. Load the page again.',
  'report-recipient-twice': 'This address gets reports in this language already. Change that recipient instead.',
  'settings-refused': 'These settings are refused. Stay within the bounds.',
  'identity-needed':
    'No terminal can enrol here yet: gateway.yaml opens no address for it. IT support adds identity: { names: [hymio.example.org], listen: 0.0.0.0:8443 } and starts the gateway again.',
  'no-enrolment-code': 'There is no unused code any more: it was used, withdrawn, or a day has passed.',
  'no-certificate': 'The terminal has neither a certificate nor a code.',
};
