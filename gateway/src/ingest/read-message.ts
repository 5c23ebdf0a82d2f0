import {
  availabilitySchema,
  batchHeadSchema,
  decodeJson,
  isPlainPressesMessage,
  pressesMessageSchema,
  statusMessageSchema,
  validate,
} from '@hymio/protocol';
import type { IngestTopic } from '../link/gateway-link.js';
import type { Arrival } from '../store/store.js';

/** A batch that cannot be used; with a readable epoch the terminal is told. */
export interface Refusal {
  kind: 'refused';
  reason: string;
  head?: { epoch: string; firstSeq?: number; count?: number };
}

/** Largest payload that is looked at: a full batch has about 50 KB. */
const MAX_PAYLOAD_BYTES = 256 * 1024;

/** What a terminal's message says. Pure; never throws. */
export function readMessage(
  terminal: string,
  topic: IngestTopic,
  payload: Uint8Array,
  retained: boolean,
  receivedAt: number,
): Arrival | Refusal {
  if (payload.length > MAX_PAYLOAD_BYTES) return { kind: 'refused', reason: 'too-large' };
  switch (topic) {
    case 'presses':
      return readBatch(terminal, payload, receivedAt);
    case 'status': {
      const json = decodeJson(payload);
      const status = json.ok ? validate(statusMessageSchema, json.message) : json;
      if (!status.ok) return { kind: 'refused', reason: `status: ${status.reason}` };
      return { kind: 'status', terminal, receivedAt, retained, message: status.message };
    }
    case 'availability': {
      const said = validate(availabilitySchema, Buffer.from(payload).toString('utf8'));
      if (!said.ok) return { kind: 'refused', reason: 'availability is neither online nor offline' };
      return { kind: 'availability', terminal, receivedAt, retained, availability: said.message };
    }
  }
}

function readBatch(terminal: string, payload: Uint8Array, receivedAt: number): Arrival | Refusal {
  const json = decodeJson(payload);
  if (!json.ok) return { kind: 'refused', reason: json.reason };
  if (isPlainPressesMessage(json.message)) return { kind: 'presses', terminal, receivedAt, message: json.message };
  const batch = validate(pressesMessageSchema, json.message);
  if (batch.ok) return { kind: 'presses', terminal, receivedAt, message: batch.message };
  const head = validate(batchHeadSchema, json.message);
  if (!head.ok) return { kind: 'refused', reason: batch.reason };
  const { epoch, firstSeq, presses } = head.message;
  const count = presses?.length;
  return {
    kind: 'refused',
    reason: batch.reason,
    head: { epoch, ...(firstSeq === undefined ? {} : { firstSeq }), ...(count ? { count } : {}) },
  };
}
