import { fileURLToPath } from 'node:url';
import { hostLine, NO_FRAME, type PanelMessage, readFrames, readPanelMessage } from '@hymio/device';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { buildSketch, hasArduinoCore, SKETCH_PROGRAMS } from '../../../support/build-sketch.js';
import { unmet } from '../../../support/requirements.js';
import { SketchBoard } from '../../../support/sketch-board.js';

const SKETCH = fileURLToPath(new URL('../../../../docs/examples/hymio-panel/hymio-panel.ino', import.meta.url));
const reason = unmet(SKETCH_PROGRAMS) ?? (hasArduinoCore() ? undefined : 'arduino-core-avr is not installed');

describe.skipIf(reason !== undefined)(`the sketch of the document${reason ? ` (skipped: ${reason})` : ''}`, () => {
  let program: Uint8Array;
  let board: SketchBoard;
  beforeAll(() => {
    program = buildSketch(SKETCH);
  });
  beforeEach(() => {
    board = new SketchBoard(program);
    state = NO_FRAME;
    board.run(100);
  });

  let state = NO_FRAME;

  /** What it says during a time; every byte of it must be part of a good line. */
  function hear(durationMs: number): PanelMessage[] {
    listen();
    board.run(durationMs);
    return listen();
  }

  /** What it has said since the last time. */
  function listen(): PanelMessage[] {
    const reading = readFrames(state, Buffer.from(board.said, 'latin1'));
    state = reading.state;
    board.said = '';
    expect(reading.rejected).toBe(0);
    return reading.bodies.map((body) => readPanelMessage(body) ?? expect.fail(`not in the document: ${body}`));
  }

  const presses = (messages: PanelMessage[]) => messages.filter((message) => message.type === 'press');
  const identities = (messages: PanelMessage[]) =>
    new Set(presses(messages).map((press) => `${press.panelBoot}/${press.number}`));

  function push(button: number, durationMs = 5): void {
    board.contact(button, true);
    board.run(durationMs);
    board.contact(button, false);
    board.run(40);
  }

  it('says hello at power-up and when asked, each power-up with another name', () => {
    board.send(hostLine.hello());
    const [first] = hear(50);
    expect(first).toMatchObject({ type: 'hello', protocol: 1, buttons: 4, downMask: 0, waiting: 0, dropped: 0 });
    board.reset();
    const [second] = hear(100);
    expect(second).toMatchObject({ type: 'hello' });
    expect(second).not.toMatchObject({ panelBoot: first?.type === 'hello' && first.panelBoot });
  });

  it('counts a push of 5 ms, 10 ms of bounce and a long hold once each', () => {
    push(3);
    for (let i = 0; i < 10; i += 1) {
      board.contact(1, i % 2 === 0);
      board.run(1);
    }
    board.contact(1, true);
    board.run(500);
    for (let i = 0; i < 10; i += 1) {
      board.contact(1, i % 2 === 1);
      board.run(1);
    }
    board.contact(1, false);
    const heard = presses(hear(700));
    expect(identities(heard).size).toBe(2);
    expect(new Set(heard.map(({ button }) => button))).toEqual(new Set([3, 1]));
  });

  it('takes a button that is down at power-up for no push, and says that it is down', () => {
    board.reset();
    board.contact(2, true);
    const heard = hear(700);
    expect(presses(heard)).toEqual([]);
    expect(heard[0]).toMatchObject({ type: 'hello', downMask: 4 });
    board.contact(2, false);
    board.run(40);
    push(2);
    expect(identities(hear(400)).size).toBe(1);
  });

  it('says a press at once and with its age until it is settled', () => {
    board.contact(2, true);
    const [press] = presses(hear(12));
    expect(press).toMatchObject({ button: 2, number: 1, ageIsMinimum: false });
    board.contact(2, false);
    const again = presses(hear(700));
    expect(again.length).toBeGreaterThanOrEqual(2);
    const ages = again.map(({ ageMs }) => ageMs);
    expect(ages).toEqual([...ages].sort((a, b) => a - b));
    if (press?.type === 'press') board.send(hostLine.settle(press.panelBoot, press.number));
    board.run(20);
    expect(presses(hear(700))).toEqual([]);
  });

  it('obeys light, beep and ping, ignores a damaged command, and goes dark without a terminal', () => {
    board.send(hostLine.light(true) + hostLine.beep(true));
    board.run(30);
    expect([board.light, board.beeper]).toEqual([true, true]);
    board.send(hostLine.light(false).replace('0*', '1*') + hostLine.ping(7, true, false));
    expect(hear(30)).toMatchObject([{ type: 'pong', nonce: 7 }]);
    expect([board.light, board.beeper]).toEqual([true, false]);
    board.run(3_100);
    expect(board.light).toBe(false);
  });

  it('keeps 32 presses, counts the others, and numbers all', () => {
    for (let i = 0; i < 35; i += 1) push(i % 4);
    board.send(hostLine.hello());
    expect(hear(60).find(({ type }) => type === 'hello')).toMatchObject({ waiting: 32, dropped: 3 });
    const kept = new Map<string, PanelMessage & { type: 'press' }>();
    for (let i = 0; i < 8; i += 1) {
      for (const press of presses(hear(400))) {
        if (press.type !== 'press') continue;
        kept.set(`${press.number}`, press);
        board.send(hostLine.settle(press.panelBoot, press.number));
      }
    }
    expect([...kept.keys()].map(Number).sort((a, b) => a - b)).toEqual(Array.from({ length: 32 }, (_, i) => i + 1));
    for (const { number, button } of kept.values()) expect(button).toBe((number - 1) % 4);
    push(0);
    expect(presses(hear(400))[0]).toMatchObject({ number: 36 });
  });

  it('keeps what nobody settled over a power cut, under its old name, its age a lower bound', () => {
    push(2);
    board.run(1_200);
    const before = identities(hear(700));
    board.reset();
    const carried = presses(hear(400));
    expect(identities(carried)).toEqual(before);
    expect(carried[0]).toMatchObject({ button: 2, ageIsMinimum: true });
    const [press] = carried;
    if (press?.type === 'press') board.send(hostLine.settle(press.panelBoot, press.number));
    board.run(50);
    board.reset();
    expect(presses(hear(400))).toEqual([]);
  });

  it('misses no short push while it writes to its memory', () => {
    for (let i = 0; i < 4; i += 1) push(i);
    // The first ones are a second old now: each write takes 20 ms.
    board.run(1_000 - 4 * 45);
    for (let i = 0; i < 8; i += 1) push(i % 4);
    board.send(hostLine.hello());
    expect(hear(60).find(({ type }) => type === 'hello')).toMatchObject({ waiting: 12, dropped: 0 });
  });

  it('sends edges only when asked', () => {
    push(1);
    expect(hear(100).filter(({ type }) => type === 'edge')).toEqual([]);
    board.send(hostLine.edges(true));
    board.run(10);
    push(1);
    expect(hear(60).filter(({ type }) => type === 'edge')).toEqual([]);
    board.contact(1, true);
    expect(hear(20).filter(({ type }) => type === 'edge')).toMatchObject([{ button: 1, down: true }]);
    board.contact(1, false);
    expect(hear(60).filter(({ type }) => type === 'edge')).toMatchObject([{ button: 1, down: false }]);
  });
});
