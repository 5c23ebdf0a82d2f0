import { isEventTopic } from '@hymio/protocol';
import type { AedesOptions, AedesPublishPacket, Client } from 'aedes';
import type { SecurePeers } from './secure-peers.js';

export type BrokerHooks = Pick<
  AedesOptions,
  'preConnect' | 'authenticate' | 'authorizePublish' | 'authorizeSubscribe' | 'authorizeForward'
>;

/**
 * What the broker asks, with the gateway's own topics guarded: nobody else speaks on them, and who reads them too slowly
 * misses messages. The broker hands out a bounded number of messages at once: those that wait for a reader to take
 * them would in time hold up acks.
 */
export function guardEvents(peers: SecurePeers | undefined): BrokerHooks {
  const hooks = peers?.hooks() ?? {};
  return {
    ...hooks,
    authorizePublish: (client, packet, done) => {
      if (client !== null && isEventTopic(packet.topic))
        return done(new Error('not permitted: a topic of the gateway'));
      if (hooks.authorizePublish !== undefined) return hooks.authorizePublish(client, packet, done);
      // As the broker has it where nothing else is said.
      done(packet.topic.startsWith('$SYS/') ? new Error('not permitted: a topic of the broker itself') : null);
    },
    authorizeForward: (client: Client, packet: AedesPublishPacket) =>
      isEventTopic(packet.topic) && client.conn.writableNeedDrain ? null : packet,
  };
}
