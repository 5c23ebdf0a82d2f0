import { HymioError } from '@hymio/protocol';

/** What may be otherwise in a while, without anybody doing anything. */
const TEMPORARY: readonly string[] = ['remote-unreachable', 'remote-cut-off', 'not-ready', 'gateway-unreachable'];
/** EX_TEMPFAIL of sysexits.h: schedulers that know it try again. */
const TRY_AGAIN = 75;

/** What a command that failed ends with. */
export function exitCodeOf(error: unknown): number {
  return error instanceof HymioError && TEMPORARY.includes(error.code) ? TRY_AGAIN : 1;
}
