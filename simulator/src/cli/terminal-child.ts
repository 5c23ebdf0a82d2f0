import { explainError } from '@hymio/protocol';
import type { HostCall, HostReply, HostRequest } from '../fleet/host-call.js';
import { machineParts } from '../fleet/host-place.js';
import { LocalHost } from '../fleet/local-host.js';

// One terminal in a process of its own, so that it can be killed as a real one is. Ends with the process that forked it.
let host: LocalHost | undefined;

async function perform(call: HostCall): Promise<unknown> {
  if (call.method === 'begin') {
    host = new LocalHost(machineParts(call.place), call.startAt);
    return undefined;
  }
  if (host === undefined) throw new Error('not begun');
  switch (call.method) {
    case 'moveTo':
      return host.moveTo(call.at);
    case 'run':
      return host.run(call.factor);
    case 'pause':
      return host.pause();
    case 'boot':
      return host.boot(call.boot);
    case 'press':
      return host.press(call.rating);
    case 'link':
      return host.link(call.up);
    case 'pending':
      return host.pending();
    case 'stop':
      return host.stop();
  }
}

function reply(message: HostReply): void {
  process.send?.(message);
}

process.on('message', ({ id, call }: HostRequest) => {
  perform(call).then(
    (result) => reply({ id, result }),
    (error: unknown) => reply({ id, error: explainError(error) }),
  );
});
process.on('disconnect', () => process.exit());
// Ctrl-C in a terminal reaches the whole process group: the fleet ends us in order.
process.on('SIGINT', () => undefined);
