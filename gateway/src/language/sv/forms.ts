import type { FormsMessages } from '../messages.js';

export const forms: FormsMessages = {
  save: 'Spara',
  cancel: 'Avbryt',
  notSaved: 'Uppgifterna sparades inte. Rätta följande:',
  saved: 'Sparat.',
  yourName: 'Ditt namn',
  yourNameHint: 'Visas som den som gjorde ändringen.',
  optional: 'frivilligt',
  faults: {
    required: 'Fyll i det här fältet.',
    tooLong: 'Texten är för lång.',
    invalid: 'Det här gick inte att förstå. Kontrollera formen.',
    notANumber: 'Skriv ett tal.',
    notADate: 'Skriv datumet i formen 2026-11-25.',
    notATime: 'Skriv klockslaget i formen 08:00.',
    notInFuture: 'Tidpunkten kan inte ligga i framtiden.',
    endsBeforeBeginning: 'Slutet är före början.',
    notAnAddress: 'Skriv e-postadressen i formen namn@exempel.fi.',
  },
};
