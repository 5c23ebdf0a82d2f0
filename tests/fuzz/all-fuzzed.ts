import type { Fuzzed } from './fuzzed.js';
import { backups } from './topics/backups.js';
import { configurations } from './topics/configurations.js';
import { firmataBytes } from './topics/firmata-bytes.js';
import { gatewayIngest } from './topics/gateway-ingest.js';
import { httpRequests } from './topics/http-requests.js';
import { panelLines } from './topics/panel-lines.js';
import { requestsToSign } from './topics/requests-to-sign.js';
import { terminalDownlink } from './topics/terminal-downlink.js';
import { typedTexts } from './topics/typed-texts.js';
import { wireMessages } from './topics/wire-messages.js';

/** Everything that is fuzzed, by topic. */
export const ALL_FUZZED: readonly Fuzzed[] = [
  ...wireMessages,
  ...gatewayIngest,
  ...terminalDownlink,
  ...panelLines,
  ...firmataBytes,
  ...typedTexts,
  ...configurations,
  ...requestsToSign,
  ...backups,
  ...httpRequests,
];
