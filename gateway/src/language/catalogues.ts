import type { Language } from '../registry/registry.js';
import { en } from './en/en.js';
import { fi } from './fi/fi.js';
import type { Messages } from './messages.js';
import { sv } from './sv/sv.js';

/** Every string of the pages in every language; a missing one does not compile. */
export const CATALOGUES: Readonly<Record<Language, Messages>> = { fi, sv, en };
