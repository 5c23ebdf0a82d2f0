import { describeSeedRange } from './run-seeds.js';

describeSeedRange(751, 1000);
