import { type MemoryStore, weekOf } from '@hymio/gateway';
import { SAMPLE_NOW, SAMPLE_ZONE, sampleStore } from './sample-store.js';

const BY = { who: 'Aino Auttaja', at: SAMPLE_NOW };
const DAY_MS = 24 * 3_600_000;
export const SHOW_ALL = { question: true, faces: true, changes: true } as const;

const LONG = {
  fi: 'Ajanvarausjärjestelmän ilmoittautumisautomaattien käyttöohjeet ovat nyt kolmella kielellä, ja neuvoja saa koko aukioloajan ilmoittautumispisteen työntekijöiltä.',
  sv: 'Anvisningarna för anmälningsautomaterna finns nu på tre språk, och personalen vid anmälningen hjälper till under hela öppettiden, också på lunchtid.',
  en: 'The instructions at the check-in machines are in three languages now, and the staff at the reception help during all opening hours, lunch time included.',
};

/** The sample with texts of the staff and with public views switched on for two of its service points. */
export async function publicSampleStore(): Promise<MemoryStore> {
  const store = await sampleStore();
  for (const servicePoint of ['kallio-clinic', 'malmi-office']) {
    await store.putPublicSetting({ servicePoint, enabled: true, show: SHOW_ALL }, BY);
  }
  // A good week at a place with a long name: fewer than five were not satisfied.
  const week = weekOf(SAMPLE_NOW, SAMPLE_ZONE);
  const good = { servicePoint: 'itakeskus-centre', ratings: [1, 1, 20, 60] } as const;
  await store.closePublicBlock({ ...good, from: week.from - 7 * DAY_MS, to: week.from });
  await store.closePublicBlock({ ...good, from: week.from, to: week.from + DAY_MS });
  const longer = { fi: LONG.fi.repeat(5), sv: LONG.sv.repeat(5), en: LONG.en.repeat(5) };
  for (const text of [LONG, longer]) {
    await store.putStaffNote({ servicePoint: good.servicePoint, kind: 'changed', from: week.from, text }, BY);
  }
  const note = { servicePoint: 'kallio-clinic', kind: 'changed' as const, from: SAMPLE_NOW - DAY_MS };
  await store.putStaffNote(
    {
      ...note,
      text: {
        fi: 'Aulassa on nyt vesiautomaatti, ja ilmoittautumiseen pääsee myös iltapäivällä ilman vuoronumeroa.',
        sv: 'I aulan finns nu en vattenautomat, och på eftermiddagen behövs inget könummer.',
        en: 'There is a water dispenser in the lobby now, and no queue number is needed in the afternoon.',
      },
    },
    BY,
  );
  await store.putStaffNote(
    { ...note, from: note.from - DAY_MS, text: { fi: 'Lisäsimme tuoleja <b>odotustilaan</b>.' } },
    BY,
  );
  await store.putStaffNote({ ...note, from: SAMPLE_NOW + DAY_MS, text: { fi: 'Tämä on vasta tulossa.' } }, BY);
  await store.putStaffNote({ ...note, kind: 'note', text: { fi: 'Vain henkilökunnalle.' } }, BY);
  return store;
}
