import type { Messages } from '../messages.js';
import { common } from './common.js';
import { overview } from './overview.js';
import { report } from './report.js';

export const en: Messages = { common, overview, report };
