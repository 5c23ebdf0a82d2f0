import {
  describeProgress,
  isMakingProgress,
  JOURNAL_PATIENCE_MS,
  OPENING_PATIENCE_MS,
  type PanelProgress,
  type ProgressFacts,
  RETRY_PATIENCE_MS,
  whatHinders,
} from '@hymio/device';
import { describe, expect, it } from 'vitest';

const sound: ProgressFacts['journal'] = { kind: 'sound' };
const ready: PanelProgress = { kind: 'ready' };

function failing(code: string, forMs: number): ProgressFacts['journal'] {
  return { kind: 'failing', code, forMs };
}

describe('the watchdog is fed', () => {
  it.each<[string, ProgressFacts]>([
    ['while all is well', { journal: sound, panel: ready }],
    ['while a journal has only just failed', { journal: failing('journal-unwritable', 0), panel: ready }],
    [
      'until the fault of the journal was told',
      { journal: failing('internal', JOURNAL_PATIENCE_MS - 1), panel: ready },
    ],
    ['on a full disk: a new start makes no room', { journal: failing('journal-full', 86_400_000), panel: ready }],
    ['while a panel opens', { journal: sound, panel: { kind: 'opening', forMs: OPENING_PATIENCE_MS - 1 } }],
    [
      'where no panel is plugged in and it is tried again and again',
      { journal: sound, panel: { kind: 'faulty', code: 'panel-not-found', nextInMs: 5_000 } },
    ],
    [
      'while the next attempt is a little late',
      { journal: sound, panel: { kind: 'faulty', code: 'panel-unplugged', nextInMs: 1 - RETRY_PATIENCE_MS } },
    ],
  ])('%s', (_when, facts) => {
    expect(isMakingProgress(facts)).toBe(true);
    expect(whatHinders(facts)).toBeUndefined();
  });
});

describe('the watchdog is not fed', () => {
  it.each<[string, ProgressFacts, RegExp]>([
    [
      'where presses cannot be kept',
      { journal: failing('journal-unwritable', JOURNAL_PATIENCE_MS), panel: ready },
      /journal .* 60 s: journal-unwritable/,
    ],
    [
      'where an attempt to open the panel hangs',
      { journal: sound, panel: { kind: 'opening', forMs: OPENING_PATIENCE_MS } },
      /opening for 60 s/,
    ],
    [
      'where nobody tries the panel any more',
      { journal: sound, panel: { kind: 'faulty', code: 'panel-unplugged', nextInMs: -RETRY_PATIENCE_MS } },
      /panel-unplugged, overdue by 60 s/,
    ],
    [
      'where only one of the two makes progress',
      { journal: failing('journal-corrupt', JOURNAL_PATIENCE_MS), panel: { kind: 'faulty', code: 'x', nextInMs: 1 } },
      /journal-corrupt/,
    ],
  ])('%s', (_when, facts, why) => {
    expect(isMakingProgress(facts)).toBe(false);
    expect(whatHinders(facts)).toMatch(why);
  });
});

describe('the line for people', () => {
  it.each<[ProgressFacts, string]>([
    [{ journal: sound, panel: ready }, 'Taking presses'],
    [{ journal: failing('journal-full', 1), panel: ready }, 'Presses are not kept: journal-full'],
    [
      { journal: sound, panel: { kind: 'faulty', code: 'panel-not-found', nextInMs: 1 } },
      'No presses: panel-not-found; trying again',
    ],
    [{ journal: sound, panel: { kind: 'opening', forMs: 1 } }, 'Opening the panel'],
  ])('%j: %s', (facts, line) => {
    expect(describeProgress(facts)).toBe(line);
  });
});
