import type { Rating } from '@hymio/protocol';
import { writeFrame } from './serial-frame.js';

/** The version of the line protocol that this firmware speaks. */
export const SERIAL_PROTOCOL = 1;

/** What a panel says of itself in every hello and pong. */
export interface PanelState {
  /** One power-up of one panel. */
  panelBoot: string;
  /** Buttons that are down now, bit 0 for rating 0. */
  downMask: number;
  /** Presses that it holds because nobody settled them. */
  waiting: number;
  /** Presses of this power-up that found its memory full and were not taken. */
  dropped: number;
}

/** What a panel can say (docs/panel-serial.md). */
export type PanelMessage =
  | ({ type: 'hello'; protocol: number; firmware: string; buttons: number } & PanelState)
  | ({ type: 'pong'; nonce: number } & PanelState)
  | { type: 'press'; panelBoot: string; number: number; button: Rating; ageMs: number; ageIsMinimum: boolean }
  | { type: 'edge'; button: Rating; down: boolean; ageMs: number };

const BOOT = '[A-Za-z0-9-]{1,40}';
const COUNT = '0|[1-9][0-9]{0,9}';
const STATE = `(?<downMask>[0-9]|1[0-5]) (?<waiting>${COUNT}) (?<dropped>${COUNT})`;

const HELLO = new RegExp(
  `^hello (?<protocol>${COUNT}) (?<panelBoot>${BOOT}) (?<firmware>[^ ]{1,40}) (?<buttons>${COUNT}) ${STATE}$`,
);
const HELLO_OF_ANY_VERSION = new RegExp(`^hello (?<protocol>${COUNT})( |$)`);
const PONG = new RegExp(`^pong (?<panelBoot>${BOOT}) (?<nonce>${COUNT}) ${STATE}$`);
const PRESS = new RegExp(
  `^press (?<panelBoot>${BOOT}) (?<number>[1-9][0-9]{0,9}) (?<button>[0-3]) (?<ageMs>${COUNT})(?<minimum>\\+?)$`,
);
const EDGE = new RegExp(`^edge (?<button>[0-3]) (?<down>[01]) (?<ageMs>${COUNT})$`);

/** The message in the body of a good line; undefined for one that this version does not know, which is ignored. */
export function readPanelMessage(body: string): PanelMessage | undefined {
  return readHello(body) ?? readPong(body) ?? readPress(body) ?? readEdge(body);
}

function readHello(body: string): PanelMessage | undefined {
  const hello = HELLO.exec(body)?.groups;
  if (hello !== undefined) {
    const { firmware = '' } = hello;
    return {
      type: 'hello',
      protocol: Number(hello['protocol']),
      firmware,
      buttons: Number(hello['buttons']),
      ...stateOf(hello),
    };
  }
  // Of another version only the version can be relied on.
  const other = HELLO_OF_ANY_VERSION.exec(body)?.groups;
  const protocol = Number(other?.['protocol'] ?? SERIAL_PROTOCOL);
  if (protocol === SERIAL_PROTOCOL) return undefined;
  return { type: 'hello', protocol, firmware: '', buttons: 0, panelBoot: '', downMask: 0, waiting: 0, dropped: 0 };
}

function readPong(body: string): PanelMessage | undefined {
  const pong = PONG.exec(body)?.groups;
  return pong && { type: 'pong', nonce: Number(pong['nonce']), ...stateOf(pong) };
}

function readPress(body: string): PanelMessage | undefined {
  const press = PRESS.exec(body)?.groups;
  if (press === undefined) return undefined;
  return {
    type: 'press',
    panelBoot: press['panelBoot'] ?? '',
    number: Number(press['number']),
    button: Number(press['button']) as Rating,
    ageMs: Number(press['ageMs']),
    ageIsMinimum: press['minimum'] === '+',
  };
}

function readEdge(body: string): PanelMessage | undefined {
  const edge = EDGE.exec(body)?.groups;
  if (edge === undefined) return undefined;
  return {
    type: 'edge',
    button: Number(edge['button']) as Rating,
    down: edge['down'] === '1',
    ageMs: Number(edge['ageMs']),
  };
}

function stateOf(fields: Record<string, string>): PanelState {
  return {
    panelBoot: fields['panelBoot'] ?? '',
    downMask: Number(fields['downMask']),
    waiting: Number(fields['waiting']),
    dropped: Number(fields['dropped']),
  };
}

/** The lines that the terminal can say. */
export const hostLine = {
  hello: () => writeFrame(`hello ${SERIAL_PROTOCOL}`),
  settle: (panelBoot: string, number: number) => writeFrame(`settle ${panelBoot} ${number}`),
  light: (on: boolean) => writeFrame(`light ${bit(on)}`),
  beep: (on: boolean) => writeFrame(`beep ${bit(on)}`),
  edges: (on: boolean) => writeFrame(`edges ${bit(on)}`),
  /** Carries what light and beeper should be doing, so that a lost command is made good within a second. */
  ping: (nonce: number, light: boolean, beep: boolean) => writeFrame(`ping ${nonce} ${bit(light)} ${bit(beep)}`),
};

function bit(on: boolean): string {
  return on ? '1' : '0';
}
