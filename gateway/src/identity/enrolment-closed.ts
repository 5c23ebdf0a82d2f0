import { HymioError } from '@hymio/protocol';

/** Error of who wants a code where it could be used nowhere. */
export function enrolmentClosed(): HymioError {
  return new HymioError(
    'identity-needed',
    'The configuration opens no address at which terminals enrol.',
    'Add `identity: { names: [hymio.example.org], listen: 0.0.0.0:8443 }` to gateway.yaml and start the gateway again.',
  );
}
