import { isIP } from 'node:net';

/**
 * Addresses that one machine may have by turns, as one: an address of IPv6 stands for its /64, which every machine of a
 * network may use as it likes (RFC 4291, 2.5.4); one of IPv4 for itself, also where it comes as `::ffff:10.0.0.5`.
 */
export function addressBlock(address: string): string {
  if (isIP(address) !== 6) return address;
  const groups = groupsOf(address);
  if (groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff) {
    return groups.slice(6).flatMap(inTwoBytes).join('.');
  }
  const network = groups.slice(0, 4).map((group) => group.toString(16));
  return `${network.join(':')}::/64`;
}

/** The eight numbers of an address of IPv6, however it is written. */
function groupsOf(address: string): number[] {
  // A URL has one way to write it, without a part of IPv4; the zone says nothing of where it is.
  const written = new URL(`http://[${address.replace(/%.*/, '')}]`).hostname.slice(1, -1);
  const [before = [], after = []] = written
    .split('::')
    .map((part) => part.split(':').flatMap((group) => (group === '' ? [] : [Number.parseInt(group, 16)])));
  return [...before, ...new Array(8 - before.length - after.length).fill(0), ...after];
}

function inTwoBytes(group: number): number[] {
  return [group >> 8, group & 0xff];
}
