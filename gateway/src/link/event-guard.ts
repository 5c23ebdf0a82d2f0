import type { Socket } from 'node:net';
import { isEventTopic } from '@hymio/protocol';
import type { AedesOptions, AedesPublishPacket, Client } from 'aedes';
import type { Log } from '../log/log.js';
import { brokerTopicFault } from './broker-topic.js';
import { EventBacklog } from './event-backlog.js';
import { LogLimit } from './log-limit.js';
import type { PeerHooks } from './secure-peers.js';

/** What is asked about events, whoever the peers are. */
type EventHooks = Required<Pick<AedesOptions, 'authorizePublish' | 'authorizeForward'>>;

export interface EventGuardParts {
  /** Monotonic, ms. */
  monotonic(): number;
  log: Log;
}

/** Readers that are too slow are logged at most so often for an address, ms. */
const LOG_INTERVAL_MS = 60_000;

/**
 * What the broker asks, with the gateway's own topics guarded: nobody else speaks on them, and who reads them too slowly
 * misses messages about presses, and hears of terminals and alerts later; who would miss one of these is sent away:
 * connected again it has every state. What waits for a reader to take it would otherwise fill the memory.
 */
export function guardEvents(parts: EventGuardParts): EventHooks;
export function guardEvents(parts: EventGuardParts, peers: PeerHooks): PeerHooks & EventHooks;
export function guardEvents({ log, monotonic }: EventGuardParts, peers?: PeerHooks): EventHooks {
  const complaints = new LogLimit(LOG_INTERVAL_MS);
  const backlog = new EventBacklog();
  const sendAway = (client: Client): void => {
    const socket = client.conn as Socket;
    if (socket.destroyed) return;
    const from = socket.remoteAddress ?? '';
    if (complaints.allows(from, monotonic()))
      log.warn('who listens to events reads too slowly', { code: 'reader-too-slow', client: client.id, from });
    socket.destroy();
  };
  return {
    ...peers,
    authorizePublish: (client, packet, done) => {
      if (client !== null && isEventTopic(packet.topic))
        return done(new Error('not permitted: a topic of the gateway'));
      if (peers !== undefined) return peers.authorizePublish(client, packet, done);
      const fault = brokerTopicFault(packet.topic);
      done(fault === undefined ? null : new Error(`not permitted: ${fault}`));
    },
    authorizeForward: (client: Client, packet: AedesPublishPacket) => {
      if (!isEventTopic(packet.topic)) return packet;
      const forwarding = backlog.forward(client, packet, monotonic());
      if (forwarding === 'full') sendAway(client);
      return forwarding === 'now' ? packet : null;
    },
  };
}
