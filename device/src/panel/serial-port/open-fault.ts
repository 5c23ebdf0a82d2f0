import type { PanelFaultCode } from '../driver/panel-driver.js';

/** What the kernel's words (strerror) in serialport's message mean; the first that fits counts. */
const FAULTS: readonly { says: RegExp; code: PanelFaultCode; means: string }[] = [
  {
    says: /No such (file|device)|No such device or address/i,
    code: 'panel-not-found',
    means: 'nothing is plugged in there',
  },
  {
    says: /Permission denied|Operation not permitted/i,
    code: 'panel-permission-denied',
    means: 'this user may not open it; on Debian add it to the group dialout',
  },
  {
    says: /Cannot lock port|Device or resource busy/i,
    code: 'panel-line-busy',
    means: 'another program has it open',
  },
  {
    says: /Inappropriate ioctl|Is a directory|Invalid argument|Not a typewriter/i,
    code: 'panel-wrong-port',
    means: 'it is not a serial port',
  },
  { says: /Input\/output error/i, code: 'panel-unplugged', means: 'it went away while it was opened' },
];

/** The named fault for a message with which a serial port failed to open. */
export function openFault(path: string, message: string): { code: PanelFaultCode; detail: string } {
  const fault = FAULTS.find(({ says }) => says.test(message));
  if (fault === undefined) return { code: 'panel-failed', detail: `${path}: ${message}` };
  return { code: fault.code, detail: `${path}: ${fault.means} (${message})` };
}
