import { HymioError } from '@hymio/protocol';

/** Why power cannot be cut here, or what came to light when it was. */
export type PowerErrorCode =
  | 'power-cuts-options'
  | 'power-cuts-need-root'
  | 'power-cuts-need-programs'
  | 'power-cuts-need-loop-devices'
  | 'power-cuts-do-not-bite'
  | 'power-cuts-broke-disk'
  | 'power-cuts-found-faults'
  | 'power-cuts-interrupted';

export function powerError(code: PowerErrorCode, message: string, next: string): HymioError {
  return new HymioError(code, message, next);
}
