/** How long clients may take, and how many may be there: an attacker holds a connection as long as is allowed. */
export interface ClientPatience {
  /** From the first moment of a connection, or from the end of the answer before, until all headers are there, ms. */
  headersMs: number;
  /** Until the whole request is there, ms. */
  requestMs: number;
  /** Nothing may come or go for so long, ms: who does not read an answer, who keeps a connection and asks nothing. */
  idleMs: number;
  /** At once; one more is closed unheard. */
  connections: number;
}

/** Streams say something each 15 s, and a command or a PDF takes less than a minute. */
export const CLIENT_PATIENCE: ClientPatience = {
  headersMs: 15_000,
  requestMs: 30_000,
  idleMs: 90_000,
  // All event streams and live pages that are allowed, and as many again.
  connections: 4_000,
};

/** How often it is looked who took too long, ms: often enough that a limit means what it says. */
const LOOK_MS = 5_000;
const LOOKS_PER_PATIENCE = 4;

/** The same for the HTTP library. */
export function serverLimits({ headersMs, requestMs, idleMs }: ClientPatience) {
  return {
    requestTimeout: requestMs,
    connectionTimeout: idleMs,
    keepAliveTimeout: Math.min(idleMs, requestMs),
    http: {
      headersTimeout: headersMs,
      connectionsCheckingInterval: Math.min(LOOK_MS, headersMs / LOOKS_PER_PATIENCE),
    },
  };
}
