import { HymioError } from '@hymio/protocol';

/** Was what a login rested on changed while it began? */
export function isOvertaken(error: unknown): boolean {
  return error instanceof HymioError && error.code === 'login-overtaken';
}
