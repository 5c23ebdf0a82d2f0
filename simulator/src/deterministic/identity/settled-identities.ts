import { renewalDue } from '@hymio/device';
import type { IdentityPeople } from './identity-people.js';
import type { IdentityWorld } from './identity-world.js';

/** Every terminal that was not stolen has a certificate that holds, and that is not due; otherwise what is still awaited. */
export function awaitedIdentity(world: IdentityWorld, people: IdentityPeople): string | undefined {
  const { machines, plan, scheduler, gateway, stolen, certificates } = world;
  if (gateway.shown() === undefined) return 'the gateway is down';
  for (const machine of machines) {
    if (!plan.terminals.includes(machine.name) || stolen.has(machine.id)) continue;
    if (people.needsCode(machine)) return `${machine.name} has no certificate that holds`;
    const held = machine.held();
    if (held === undefined) return `${machine.name} has no certificate`;
    const { validFrom, validTo } = certificates.of(held.certificate);
    const due = renewalDue({ from: Date.parse(validFrom), to: Date.parse(validTo) }, scheduler.now());
    if (due) return `${machine.name} has a certificate that is due`;
  }
  return undefined;
}
