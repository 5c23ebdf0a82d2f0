import { describeSeedRange } from './run-seeds.js';

describeSeedRange(251, 500);
