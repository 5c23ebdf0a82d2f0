export const TERMINAL_ID_PATTERN = /^[a-z0-9][a-z0-9-]{0,62}$/;

/** The level of the gateway's own topics, where other topics have the id of a terminal. */
export const RESERVED_TERMINAL_ID = 'events';

export function isTerminalId(value: string): boolean {
  return TERMINAL_ID_PATTERN.test(value) && value !== RESERVED_TERMINAL_ID;
}
