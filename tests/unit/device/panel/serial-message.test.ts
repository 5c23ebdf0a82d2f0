import { hostLine, readPanelMessage } from '@hymio/device';
import { describe, expect, it } from 'vitest';

describe('what a serial panel says', () => {
  it.each([
    [
      'hello 1 4f2a91c0-17 hymio-panel/1.0 4 0 12 3',
      {
        type: 'hello',
        protocol: 1,
        panelBoot: '4f2a91c0-17',
        firmware: 'hymio-panel/1.0',
        buttons: 4,
        downMask: 0,
        waiting: 12,
        dropped: 3,
      },
    ],
    [
      'pong 4f2a91c0-17 9 2 0 0',
      { type: 'pong', panelBoot: '4f2a91c0-17', nonce: 9, downMask: 2, waiting: 0, dropped: 0 },
    ],
    [
      'press 4f2a91c0-17 5 3 1200',
      { type: 'press', panelBoot: '4f2a91c0-17', number: 5, button: 3, ageMs: 1200, ageIsMinimum: false },
    ],
    [
      'press 4f2a91c0-16 5 0 0+',
      { type: 'press', panelBoot: '4f2a91c0-16', number: 5, button: 0, ageMs: 0, ageIsMinimum: true },
    ],
    ['edge 2 1 4', { type: 'edge', button: 2, down: true, ageMs: 4 }],
  ])('%s', (body, message) => expect(readPanelMessage(body)).toEqual(message));

  it('of another version is known by its number alone', () => {
    expect(readPanelMessage('hello 2 quite {different}')).toMatchObject({ type: 'hello', protocol: 2 });
  });

  it.each([
    'hello 1',
    'hello 1 4f2a91c0-17 hymio-panel/1.0 4 16 12 3',
    'press 4f2a91c0-17 0 3 1200',
    'press 4f2a91c0-17 5 4 1200',
    'press 4f2a91c0-17 5 3 -1',
    'press 4f2a91c0-17 05 3 1',
    'press  5 3 1',
    'press a 5 3 1 more',
    'edge 2 2 4',
    'pong a 1 0 0',
    'something new',
  ])('that is nothing known: %s', (body) => expect(readPanelMessage(body)).toBeUndefined());
});

it('the terminal names a press by its power-up and number', () => {
  expect(hostLine.settle('4f2a91c0-17', 5)).toMatch(/^\$settle 4f2a91c0-17 5\*[0-9A-F]{8}\n$/);
});
