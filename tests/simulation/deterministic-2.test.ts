import { describeSeedRange } from './run-seeds.js';

describeSeedRange(501, 1000);
