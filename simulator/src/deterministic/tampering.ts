import type { Journal, Publication, stepUplink, Transport } from '@hymio/device';
import type { applyPresence, evidence, GatewayLink, Ingest, markRepeats, Store } from '@hymio/gateway';

/** What a gateway does with its messages. */
export type Receiver = Pick<Ingest, 'receive' | 'stop'>;

/** One opening of a machine's journal. */
export interface JournalOpening {
  /** Tells two machines with one id apart. */
  machine: string;
  terminal: string;
  epoch: string;
  bootId: string;
  bootMs: number;
}

/** Ways to put a deliberately broken part in the place of a sound one: a simulation that finds nothing proves nothing. */
export interface Tampering {
  store?: (store: Store) => Store;
  link?: (link: GatewayLink) => Pick<GatewayLink, 'ack'>;
  markRepeats?: (mark: typeof markRepeats) => typeof markRepeats;
  applyPresence?: (apply: typeof applyPresence) => typeof applyPresence;
  /** What is made of a terminal's messages, its will and its silence. */
  evidence?: (of: typeof evidence) => typeof evidence;
  ingest?: (ingest: Receiver, link: GatewayLink) => Receiver;
  stepUplink?: (step: typeof stepUplink) => typeof stepUplink;
  journal?: (journal: Journal, place: JournalOpening) => Journal;
  transport?: (transport: Transport) => Transport;
  publication?: (publication: Publication) => Publication;
  /** The epoch of a new opening, given the fresh one and those on the disk. */
  epoch?: (fresh: string, known: readonly string[]) => string;
}
