import { type Registry, type StandingTerminal, standingTimes } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const HOUR = 3_600_000;
/** A Monday, in UTC. */
const FROM = Date.UTC(2026, 10, 23);
const TO = FROM + 24 * HOUR;
const at = (hours: number) => FROM + hours * HOUR;
const span = (from: number, to: number) => ({ from: at(from), to: at(to) });

const point = (id: string) => ({ id, group: 'g', name: { en: id }, repeatWindowMs: 0 });
const REGISTRY: Pick<Registry, 'groups' | 'servicePoints' | 'assignments'> = {
  groups: [{ id: 'g', name: { en: 'G' } }],
  servicePoints: [point('hall'), { ...point('desk'), openingHours: { mon: [{ from: 480, to: 960 }] } }],
  assignments: [
    { terminal: 'mover', servicePoint: 'hall', from: at(-20), to: at(6) },
    { terminal: 'mover', servicePoint: 'desk', from: at(6) },
    { terminal: 'left', servicePoint: 'hall', from: at(-20), to: at(0) },
    { terminal: 'coming', servicePoint: 'hall', from: at(24) },
    { terminal: 'lost', servicePoint: 'no-such-place', from: at(2), to: at(40) },
  ],
};
const standing = (terminal: StandingTerminal, servicePoint?: string) =>
  standingTimes({ registry: REGISTRY, from: FROM, to: TO, zone: 'UTC', servicePoint })(terminal);

describe('when a terminal was expected to work', () => {
  it('is while it stood somewhere that was open, within the time that is asked about', () => {
    expect(standing({ id: 'mover' })).toEqual({
      placed: [span(0, 24)],
      open: [span(0, 6), span(8, 16)],
      servicePoints: ['hall', 'desk'],
    });
  });

  it('is only while it stood at the place that is asked about', () => {
    expect(standing({ id: 'mover' }, 'desk')).toEqual({
      placed: [span(6, 24)],
      open: [span(8, 16)],
      servicePoints: ['desk'],
    });
    expect(standing({ id: 'mover' }, 'hall')).toEqual({
      placed: [span(0, 6)],
      open: [span(0, 6)],
      servicePoints: ['hall'],
    });
  });

  it('is never at a place that nobody knows', () => {
    expect(standing({ id: 'lost' })).toEqual({ placed: [span(2, 24)], open: [], servicePoints: ['no-such-place'] });
  });

  it.each<[string, Omit<StandingTerminal, 'id'>, ReturnType<typeof span>[]]>([
    ['never heard of', {}, []],
    ['heard of first at three', { heardFrom: at(3) }, [span(3, 24)]],
    ['heard of long before', { heardFrom: at(-500) }, [span(0, 24)]],
    ['taken out of use at twenty', { heardFrom: at(3), retiredAt: at(20) }, [span(3, 20)]],
    ['to be taken out of use later', { heardFrom: at(3), retiredAt: at(90) }, [span(3, 24)]],
    ['taken out of use before', { heardFrom: at(-9), retiredAt: at(-1) }, []],
  ])('is always where it stands nowhere: %s', (_name, known, hours) => {
    for (const id of ['nowhere', 'left', 'coming']) {
      expect(standing({ id, ...known })).toEqual({ placed: hours, open: hours, servicePoints: [] });
      expect(standing({ id, ...known }, 'desk').placed).toEqual([]);
    }
  });
});
