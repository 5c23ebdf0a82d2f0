import { type ConfigMessage, configMessageSchema, decodeJson, validate } from '@hymio/protocol';

/** What a message on the topic `config` means. `nothing`: it was withdrawn. `same`: it is in force already. */
export type ConfigDecision =
  | { kind: 'nothing' }
  | { kind: 'same' }
  | { kind: 'refuse'; version?: string; reason: string }
  | { kind: 'apply'; settings: ConfigMessage };

/** Characters of a reason, and of a version that is told back: what a status has room for. */
const MAX_REASON = 500;
const MAX_VERSION = 100;

/** `cannot`: why this terminal cannot do what is valid in itself. A config is taken as a whole or not at all. */
export function decideConfig(
  applied: ConfigMessage | undefined,
  payload: Uint8Array,
  cannot: (settings: ConfigMessage) => string | undefined,
): ConfigDecision {
  if (payload.length === 0) return { kind: 'nothing' };
  const json = decodeJson(payload);
  if (!json.ok) return refuse(undefined, json.reason);
  const read = validate(configMessageSchema, json.message);
  if (!read.ok) return refuse(versionOf(json.message), read.reason);
  if (read.message.version === applied?.version) return { kind: 'same' };
  const reason = cannot(read.message);
  return reason === undefined ? { kind: 'apply', settings: read.message } : refuse(read.message.version, reason);
}

function refuse(version: string | undefined, reason: string): ConfigDecision {
  return { kind: 'refuse', ...(version !== undefined && { version }), reason: reason.slice(0, MAX_REASON) };
}

/** Of a message that is wrong otherwise. */
function versionOf(message: unknown): string | undefined {
  if (typeof message !== 'object' || message === null || !('version' in message)) return undefined;
  const { version } = message;
  return typeof version === 'string' ? version.slice(0, MAX_VERSION) : undefined;
}
