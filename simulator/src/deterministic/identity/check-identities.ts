import type { IdentityWorld } from './identity-world.js';

/** After everything has healed: the store lists what was issued and revoked, and what each terminal uses is among it. */
export async function checkIdentities(world: IdentityWorld): Promise<void> {
  const { account, gateway, machines, plan, stolen, verdict } = world;
  account.checkListed(await gateway.stored.certificates());
  for (const machine of machines) {
    const serial = machine.serial();
    if (serial === undefined) continue;
    const ever = account.ever(serial);
    verdict.check(ever?.terminal === machine.id, 'certificate-of-another', () => `${machine.name} uses ${serial}`);
    if (stolen.has(machine.id) || !plan.terminals.includes(machine.name)) continue;
    verdict.check(account.holds(serial), 'uses-what-is-revoked', () => `${machine.name} uses ${serial}`);
  }
}
