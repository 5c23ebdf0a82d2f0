import { storeContract } from './store-contract.js';
import { STORE_KINDS } from './store-kinds.js';

STORE_KINDS.forEach(storeContract);
