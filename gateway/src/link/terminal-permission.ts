import { parseTopic, TOPIC_PREFIX, type TopicKind, terminalClientId } from '@hymio/protocol';

/** What a terminal says itself; `ack`, `config` and `command` are the gateway's to say. */
export const TERMINAL_SAYS = ['presses', 'status', 'availability', 'answer'] as const satisfies readonly TopicKind[];
export const GATEWAY_SAYS = ['ack', 'config', 'command'] as const satisfies readonly TopicKind[];
/** A retained press would come again and again, and so would an answer: only what is so is kept. */
const KEPT: readonly TopicKind[] = ['status', 'availability'];

/** What a connection asks for when it introduces itself. */
export interface Introduction {
  clientId: string;
  clean: boolean;
  will?: Publication | undefined;
}

export interface Publication {
  topic: string;
  retain: boolean;
}

/** Why a connection that proved to be `terminal` is not taken with this introduction; undefined where it is. */
export function introductionFault(terminal: string, { clientId, clean, will }: Introduction): string | undefined {
  if (clientId !== terminalClientId(terminal)) return `client id ${JSON.stringify(clientId.slice(0, 80))}`;
  // The broker would collect messages in memory for one that does not come back.
  if (!clean) return 'a session that outlives the connection';
  if (will !== undefined && !mayPublish(terminal, will)) return `a will on ${JSON.stringify(will.topic.slice(0, 120))}`;
  return undefined;
}

/** A terminal speaks on its own topics alone. */
export function mayPublish(terminal: string, { topic, retain }: Publication): boolean {
  const parsed = parseTopic(topic);
  if (parsed?.terminal !== terminal || !TERMINAL_SAYS.some((kind) => kind === parsed.kind)) return false;
  return !retain || KEPT.includes(parsed.kind);
}

/** A terminal hears what is below its own id; a wildcard before or in the id reaches others. */
export function maySubscribe(terminal: string, filter: string): boolean {
  return filter.startsWith(`${TOPIC_PREFIX}/${terminal}/`);
}
