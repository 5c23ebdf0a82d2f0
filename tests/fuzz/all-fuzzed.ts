import type { Fuzzed } from './fuzzed.js';
import { gatewayIngest } from './topics/gateway-ingest.js';
import { panelLines } from './topics/panel-lines.js';
import { terminalDownlink } from './topics/terminal-downlink.js';
import { typedTexts } from './topics/typed-texts.js';
import { wireMessages } from './topics/wire-messages.js';

/** Everything that is fuzzed, by topic. */
export const ALL_FUZZED: readonly Fuzzed[] = [
  ...wireMessages,
  ...gatewayIngest,
  ...terminalDownlink,
  ...panelLines,
  ...typedTexts,
];
