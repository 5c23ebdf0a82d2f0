import { describeSeedRange } from './run-seeds.js';

describeSeedRange(1, 500);
