import { HymioError } from '@hymio/protocol';

/** Error of who may see and change only a part of the organisation. */
export function notForPart(): HymioError {
  return new HymioError(
    'role-too-small',
    'This concerns more than the groups that you may see.',
    'Ask an administrator of the whole organisation.',
  );
}
