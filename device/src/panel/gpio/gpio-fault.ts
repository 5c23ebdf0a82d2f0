import type { PanelFaultCode } from '../driver/panel-driver.js';

/** What libgpiod 2's tools write to stderr, in their words and the kernel's; the first that fits counts. */
const FAULTS: readonly { says: RegExp; code: PanelFaultCode; next: string }[] = [
  {
    says: /Permission denied|Operation not permitted/,
    code: 'panel-permission-denied',
    next: 'this user may not open the GPIO chip; on Debian add it to the group gpio',
  },
  {
    says: /Device or resource busy/,
    code: 'panel-line-busy',
    next: 'another program, driver or overlay uses one of the lines',
  },
  {
    says: /cannot find GPIO chip|No such (file|device)/,
    code: 'panel-not-found',
    next: 'there is no such GPIO chip; gpiodetect lists them',
  },
  {
    says: /cannot find line|is out of range on chip|are the same line|is not unique/,
    code: 'panel-not-found',
    next: 'correct panel.lines; gpioinfo lists the lines',
  },
  {
    says: /unrecognized option|invalid option|unknown option/,
    code: 'panel-tool-missing',
    next: 'these are not the tools of libgpiod 2',
  },
];

/** The named fault behind what a tool wrote before it ended. */
export function gpioFault(tool: string, stderr: string, ended: string): { code: PanelFaultCode; detail: string } {
  const said = stderr.trim().split('\n').join('; ');
  const fault = FAULTS.find(({ says }) => says.test(said));
  if (fault === undefined) return { code: 'panel-failed', detail: `${tool} ${ended}${said === '' ? '' : `: ${said}`}` };
  return { code: fault.code, detail: `${fault.next} (${said})` };
}
