import type { MemoryStore } from '@hymio/gateway';
import { SAMPLE_NOW, sampleStore } from './sample-store.js';

const BY = { who: 'Aino Auttaja', at: SAMPLE_NOW };
const DAY_MS = 24 * 3_600_000;
export const SHOW_ALL = { question: true, faces: true, changes: true } as const;

/** The sample with texts of the staff and with public views switched on for two of its service points. */
export async function publicSampleStore(): Promise<MemoryStore> {
  const store = await sampleStore();
  for (const servicePoint of ['kallio-clinic', 'malmi-office']) {
    await store.putPublicSetting({ servicePoint, enabled: true, show: SHOW_ALL }, BY);
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
