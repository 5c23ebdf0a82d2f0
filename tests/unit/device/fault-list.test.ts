import { FaultList } from '@hymio/device';
import { describe, expect, it } from 'vitest';

describe('the list of faults', () => {
  it('holds one per code, since it was first noticed, with the latest detail', () => {
    let now = 1;
    let changes = 0;
    const faults = new FaultList(
      () => now,
      () => {
        changes += 1;
      },
    );
    faults.raise('a');
    now = 2;
    faults.raise('b', 'first');
    faults.raise('b', 'second');
    expect(faults.list()).toEqual([
      { code: 'a', since: 1 },
      { code: 'b', since: 2, detail: 'second' },
    ]);
    expect(changes).toBe(3);
    faults.clear('a');
    faults.clear('a');
    expect(faults.list().map(({ code }) => code)).toEqual(['b']);
    expect(changes).toBe(4);
  });

  it('does not call the same fault a change, however long its detail', () => {
    let changes = 0;
    const faults = new FaultList(
      () => 0,
      () => {
        changes += 1;
      },
    );
    for (let i = 0; i < 5; i += 1) faults.raise('a', 'x'.repeat(501));
    expect(changes).toBe(1);
  });
});
