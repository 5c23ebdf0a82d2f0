import { ackMessageSchema } from '../ack-message.js';
import { commandMessageSchema } from '../command-message.js';
import { configMessageSchema } from '../config-message.js';
import type { WireMessage } from './wire-message.js';

const epoch = '0f8fad5b-d9cb-469f-a165-70867728950e';

const ack: WireMessage = {
  kind: 'ack',
  from: 'gateway',
  retained: false,
  contentType: 'application/json',
  schema: ackMessageSchema,
  title: 'Ack',
  summary:
    'The cumulative mark of an epoch, sent after the COMMIT: every press up to `upTo` is committed or recorded as lost.',
  description: [
    'Only this lets a terminal forget a press; the PUBACK of a broker does not.',
    'A retained ack is ignored, and so is one lower than what the terminal knows, unless it carries `rewind`.',
    'With `rewind` the terminal sends again from `upTo` + 1.',
    'With `refused` the last batch was refused; `firstSeq` and `count` name it where they could be read.',
    'A refused batch is halved; a single refused press is set aside on the terminal, reported as a fault, and sent as `null`.',
    'A terminal treats a code of `refused` that it does not know like `malformed`.',
  ].join('\n'),
  examples: [
    { name: 'committed', summary: 'Presses 1 to 2 are safe.', payload: { epoch, upTo: 2 } },
    { name: 'rewind', summary: 'Send again from press 1.', payload: { epoch, upTo: 0, rewind: true } },
    {
      name: 'refused',
      summary: 'The batch of presses 3 to 12 was refused; the mark stays.',
      payload: { epoch, upTo: 2, refused: 'malformed', firstSeq: 3, count: 10 },
    },
  ],
};

const config: WireMessage = {
  kind: 'config',
  from: 'gateway',
  retained: true,
  contentType: 'application/json',
  schema: configMessageSchema,
  title: 'Config',
  summary: 'Desired settings of the terminal, applied when `version` differs from the applied one.',
  description: [
    'The terminal reports the applied version as `configVersion` in its status. One that is invalid, or that it cannot do,',
    'is refused as a whole: the one before stays in force, and `configRefused` in the status says why.',
    'What is not said is as the terminal’s own configuration has it. The last good settings survive a restart.',
  ].join('\n'),
  examples: [
    {
      name: 'quiet-ward',
      summary: 'A status every five minutes, thanks by light alone.',
      payload: { version: '5f3a9c1e77b04d28', heartbeatIntervalMs: 300_000, thanks: 'light' },
    },
  ],
};

const command: WireMessage = {
  kind: 'command',
  from: 'gateway',
  retained: false,
  contentType: 'application/json',
  schema: commandMessageSchema,
  title: 'Command',
  summary: 'Something that the terminal is to do once.',
  description: [
    'A retained command is ignored, and so is one that came already, or that has expired by a clock that is synchronised.',
    '`identify`: the light blinks for 20 s, half a second on and half a second off, whatever is pressed.',
    '`restart`: the firmware ends, and what supervises it starts it again; refused where nothing does.',
    '`send-diagnostics`: the answer holds versions, hardware, numbers of the journal and the newest lines of the log.',
  ].join('\n'),
  examples: [
    {
      name: 'identify',
      summary: 'Which one is it?',
      payload: {
        id: '1b4e28ba-2fa1-4d3b-a3f5-ef19b5a7633b',
        command: 'identify',
        issuedAt: 1_795_176_900_000,
        expiresAt: 1_795_176_910_000,
      },
    },
  ],
};

/** What the gateway says to one terminal. */
export const GATEWAY_MESSAGES: readonly WireMessage[] = [ack, config, command];
