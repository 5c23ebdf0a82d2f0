import type { FormsMessages } from '../messages.js';

export const forms: FormsMessages = {
  save: 'Save',
  cancel: 'Cancel',
  notSaved: 'Nothing was saved. Correct this first:',
  saved: 'Saved.',
  yourName: 'Your name',
  yourNameHint: 'Is shown as who made the change.',
  optional: 'optional',
  faults: {
    required: 'Fill in this field.',
    tooLong: 'The text is too long.',
    invalid: 'This cannot be understood. Check how it is written.',
    notANumber: 'Write a number.',
    notADate: 'Write the date as 2026-11-25.',
    notATime: 'Write the time as 08:00.',
    notInFuture: 'The time cannot lie in the future.',
    endsBeforeBeginning: 'The end is before the beginning.',
    notAnAddress: 'Write the e-mail address as name@example.org.',
  },
};
