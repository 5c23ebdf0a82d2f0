import { parseTopic, TOPIC_PREFIX, terminalClientId } from '@hymio/protocol';

/** What a terminal says itself; `ack` and `config` are the gateway's to say. */
const OWN_KINDS: readonly string[] = ['presses', 'status', 'availability'];

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

/** A terminal speaks on its own topics alone. A retained press would come again and again: only what is so is kept. */
export function mayPublish(terminal: string, { topic, retain }: Publication): boolean {
  const parsed = parseTopic(topic);
  if (parsed?.terminal !== terminal || !OWN_KINDS.includes(parsed.kind)) return false;
  return !(retain && parsed.kind === 'presses');
}

/** A terminal hears what is below its own id; a wildcard before or in the id reaches others. */
export function maySubscribe(terminal: string, filter: string): boolean {
  return filter.startsWith(`${TOPIC_PREFIX}/${terminal}/`);
}
