import type { FormsMessages } from '../messages.js';

export const forms: FormsMessages = {
  save: 'Tallenna',
  cancel: 'Peru',
  notSaved: 'Tietoja ei tallennettu. Korjaa nämä kohdat:',
  saved: 'Tallennettu.',
  yourName: 'Nimesi',
  yourNameHint: 'Jää näkyviin muutoksen tekijäksi.',
  optional: 'ei pakollinen',
  faults: {
    required: 'Täytä tämä kenttä.',
    tooLong: 'Teksti on liian pitkä.',
    invalid: 'Tätä ei ymmärretty. Tarkista muoto.',
    notANumber: 'Kirjoita luku.',
    notADate: 'Kirjoita päivämäärä muodossa 2026-11-25.',
    notATime: 'Kirjoita kellonaika muodossa 08:00.',
    notInFuture: 'Ajankohta ei voi olla tulevaisuudessa.',
    endsBeforeBeginning: 'Loppu on ennen alkua.',
    notAnAddress: 'Kirjoita sähköpostiosoite muodossa nimi@esimerkki.fi.',
  },
};
