import { describeSeedRange } from './run-seeds.js';

describeSeedRange(1501, 2000);
