import { WorkerCalls } from '@hymio/gateway';
import { HymioError } from '@hymio/protocol';
import { afterEach, describe, expect, it, vi } from 'vitest';

const SCRIPT = new URL('../../support/thread-that-answers.mjs', import.meta.url);
const open: WorkerCalls<{ waitMs: number }>[] = [];

function callsOf(idleMs?: number): WorkerCalls<{ waitMs: number }> {
  const calls = new WorkerCalls<{ waitMs: number }>({
    script: SCRIPT,
    ended: () => new HymioError('thread-ended', 'The thread ended.', 'Try again.'),
    ...(idleMs !== undefined && { idleMs }),
  });
  open.push(calls);
  return calls;
}

afterEach(async () => {
  await Promise.all(open.splice(0).map((calls) => calls.close()));
});

describe('calls of a worker thread', () => {
  it('end a thread that has nothing to do, and begin another for the next call', async () => {
    const calls = callsOf(1);
    const first = await calls.call({ waitMs: 0 });
    await vi.waitFor(() => expect(calls.isRunning).toBe(false));
    const second = await calls.call({ waitMs: 0 });
    expect(second).not.toBe(first);
  });

  it('do not end a thread under a call, however long it takes', async () => {
    const calls = callsOf(1);
    const first = await calls.call({ waitMs: 0 });
    // At once, so that the thread is still there; and it outlasts the time after which an idle one ends.
    const [second, third] = await Promise.all([calls.call({ waitMs: 50 }), calls.call({ waitMs: 100 })]);
    expect([second, third]).toEqual([first, first]);
  });

  it('keep the thread where nothing was said', async () => {
    const calls = callsOf();
    const first = await calls.call({ waitMs: 0 });
    expect(await calls.call({ waitMs: 50 })).toBe(first);
    expect(calls.isRunning).toBe(true);
  });

  it('wait for the answers under way when they are closed, and for a thread that was ending already', async () => {
    const calls = callsOf(1);
    const answers = [calls.call({ waitMs: 20 }), calls.call({ waitMs: 0 })];
    await calls.close();
    expect(await Promise.all(answers)).toHaveLength(2);
    expect(calls.isRunning).toBe(false);
  });
});
