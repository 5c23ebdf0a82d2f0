import { describeSeedRange } from './run-seeds.js';

describeSeedRange(1001, 1500);
