import { isTerminalId } from './terminal-id.js';

/** Prefix of every topic of wire format v1. */
export const TOPIC_PREFIX = 'hymio/v1';

/** The topics of a terminal. */
export const TOPIC_KINDS = ['presses', 'ack', 'availability', 'status', 'config', 'command', 'answer'] as const;
export type TopicKind = (typeof TOPIC_KINDS)[number];

export interface TerminalTopic {
  terminal: string;
  kind: TopicKind;
}

/** `hymio/v1/<terminal>/<kind>`. Throws on an id that is not a terminal id: it would write on another's topic. */
export function terminalTopic(terminal: string, kind: TopicKind): string {
  if (!isTerminalId(terminal)) throw new RangeError(`not a terminal id: ${JSON.stringify(terminal)}`);
  return `${TOPIC_PREFIX}/${terminal}/${kind}`;
}

/** The filter by which a gateway subscribes to one kind of every terminal. */
export function topicFilter(kind: TopicKind): string {
  return `${TOPIC_PREFIX}/+/${kind}`;
}

/** Terminal and kind of a topic, or undefined where it is not one of ours. */
export function parseTopic(topic: string): TerminalTopic | undefined {
  const parts = topic.split('/');
  if (parts.length !== 4 || parts[0] !== 'hymio' || parts[1] !== 'v1') return undefined;
  const [, , terminal = '', kind = ''] = parts;
  const known = TOPIC_KINDS.find((candidate) => candidate === kind);
  return known !== undefined && isTerminalId(terminal) ? { terminal, kind: known } : undefined;
}

/** The MQTT client id of a terminal: one per terminal, so that the broker closes a half-open predecessor. */
export function terminalClientId(terminal: string): string {
  return `hymio-${terminal}`;
}
