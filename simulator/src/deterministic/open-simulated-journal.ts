import { type Journal, MemoryJournal } from '@hymio/device';
import { HymioError } from '@hymio/protocol';
import { drawChance } from '../random/draw.js';
import type { Machine } from './machine.js';
import type { MachineBoot } from './machine-clock.js';
import { observeJournal } from './observed-journal.js';
import type { SimulatedProcess } from './simulated-process.js';
import type { World } from './world.js';

/** Opens the journal on a machine's card: a fresh epoch each time. Error: HymioError, where the disk takes nothing. */
export function openSimulatedJournal(
  world: World,
  machine: Machine,
  process: SimulatedProcess,
  boot: MachineBoot,
): Journal {
  const { disk } = machine;
  if (disk.failure) throw new HymioError(disk.failure, 'The simulated disk is full.', 'End the simulated fault.');
  const { ledger, verdict, committed, scheduler, tampering, plan } = world;
  const fresh = world.drawEpoch();
  const known = disk.epochs.map(({ epoch }) => epoch);
  const epoch = tampering.epoch?.(fresh, known) ?? fresh;
  const opening = { epoch, bootId: boot.bootId, bootMs: boot.bootMs() };
  const journal = new MemoryJournal(disk, opening);
  world.lives.begins(machine.name, machine.id, epoch, scheduler.now());
  const place = { machine: machine.name, terminal: machine.id, ...opening };
  const poisoned = world.random(machine.name, 'poison', fresh);
  return observeJournal(tampering.journal?.(journal, place) ?? journal, process, {
    kept: (keptEpoch, seq, press) => {
      const truth = { trueAt: scheduler.now(), truthful: machine.clock !== 'misled' };
      ledger.committed(machine.id, keptEpoch, seq, press, truth);
      if (drawChance(poisoned, plan.poisonChance)) ledger.poison(keptEpoch, seq);
    },
    forgot: (before, after) => {
      for (const span of before) {
        const oldest = after.find((left) => left.epoch === span.epoch)?.oldestSeq ?? span.lastSeq + 1;
        if (oldest === span.oldestSeq) continue;
        world.trace.note(`${machine.name} forgets ${span.epoch.slice(0, 8)} ${span.oldestSeq} to ${oldest - 1}`);
        for (let seq = span.oldestSeq; seq < oldest; seq += 1) {
          const name = `${machine.name} ${span.epoch} ${seq}`;
          const press = ledger.find(span.epoch, seq);
          // An unreadable one could not come back, and a clock that is wrong and believed makes days of a moment.
          const gone = press?.unreadable === true || press?.truthful === false;
          verdict.check(gone || committed.covers(span.epoch, seq), 'forgot-unacknowledged', () => name);
          const unaware = world.deliverers.onlyOthers(disk, span.epoch, seq);
          ledger.forgotten(span.epoch, seq, unaware ? 'unaware' : 'aware');
        }
      }
    },
  });
}
