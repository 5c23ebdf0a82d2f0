import { pressesMessageSchema, statusMessageSchema } from '@hymio/protocol';
import fc from 'fast-check';
import { expect } from 'vitest';
import { IngestRig, RECEIVED_AT } from '../../unit/gateway/ingest-rig.js';
import { type Fuzzed, fuzzed } from '../fuzzed.js';
import { payloadsOf } from './wire-messages.js';

const EPOCH = '0f8fad5b-d9cb-469f-a165-70867728950e';

const odd = fc.oneof(
  fc.tuple(fc.constant('presses' as const), payloadsOf(pressesMessageSchema)),
  fc.tuple(fc.constant('status' as const), payloadsOf(statusMessageSchema)),
  fc.tuple(fc.constant('availability' as const), fc.uint8Array({ maxLength: 8 })),
);
/** How many odd messages stand before each good one, and what they are. */
const stream = fc.array(fc.array(odd, { maxLength: 4 }), { minLength: 1, maxLength: 6 });

export const gatewayIngest: readonly Fuzzed[] = [
  fuzzed(
    'ingest',
    'what one terminal sends wrong keeps back no press of another, and none of its own that come after',
    40,
    ingest(),
  ),
];

/** One terminal sends well among odd messages of its own and of another. Epochs of these are drawn, so none is that of the good ones. */
function ingest() {
  return fc.asyncProperty(stream, fc.boolean(), async (turns, own) => {
    const rig = new IngestRig();
    rig.flowing = true;
    for (const [index, odds] of turns.entries()) {
      for (const [topic, payload] of odds) rig.ingest.receive(own ? 'kallio-1' : 'malmi-1', topic, payload, false);
      await rig.settle();
      const presses = [{ at: RECEIVED_AT + index, rating: index % 4, clock: 'synced' }];
      rig.send('kallio-1', { epoch: EPOCH, firstSeq: index + 1, oldestSeq: 1, presses });
      await rig.settle();
    }
    const marks = rig.acks
      .filter(({ epoch }) => epoch === EPOCH)
      .map(({ terminal, upTo, refused }) => ({ terminal, upTo, refused }));
    expect(marks).toEqual(turns.map((_, index) => ({ terminal: 'kallio-1', upTo: index + 1, refused: undefined })));
    await rig.ingest.stop();
  });
}
