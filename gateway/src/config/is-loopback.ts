import { isIP } from 'node:net';

/** Does nobody but this machine reach the host? An address of IPv6 may stand in brackets, as in a URL. */
export function isLoopback(host: string): boolean {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  return bare === 'localhost' || bare === '::1' || (isIP(bare) === 4 && bare.startsWith('127.'));
}
