import type { PanelFaultCode } from '../driver/panel-driver.js';

const INSTALL = 'Debian 13 has them: apt install gpiod (Debian 12: from bookworm-backports)';
const WANTED_MAJOR = 2;

/** What is wrong with the tools, going by the output of `gpiomon --version`; undefined where they are right. */
export function versionFault(output: string): { code: PanelFaultCode; detail: string } | undefined {
  // "gpiomon (libgpiod) v2.2.1"; 2.0 said it without the parenthesis.
  const version = /\bv([0-9]+)\.[0-9.]+\S*/.exec(output.split('\n')[0] ?? '');
  if (Number(version?.[1]) >= WANTED_MAJOR) return undefined;
  const found = version === null ? 'an unknown version' : version[0];
  return {
    code: 'panel-tool-missing',
    detail: `gpiomon is ${found}, whose command line is another; the tools of libgpiod 2 are needed. ${INSTALL}`,
  };
}

/** The tools are not there at all. */
export function missingTools(): { code: PanelFaultCode; detail: string } {
  return { code: 'panel-tool-missing', detail: `gpiomon is not installed. ${INSTALL}` };
}
