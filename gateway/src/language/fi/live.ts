import type { LiveMessages } from '../messages.js';

export const live: LiveMessages = {
  asOf: (time) => `Tilanne klo ${time}`,
  refresh: 'Päivitä',
  on: 'Päivittyy itsestään',
  off: 'Yhteys katkesi, yritetään uudelleen',
};
