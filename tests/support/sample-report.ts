import { readReportInput, type WeeklyReport, weeklyReport } from '@hymio/gateway';
import { SAMPLE_NOW, SAMPLE_ZONE, sampleStore } from './sample-store.js';

const T = Date.parse('2026-11-18T09:30:00Z');
/** The sample's report of week 47 with everything in it that the sample itself lacks. */
export async function sampleReport(): Promise<WeeklyReport> {
  const input = await readReportInput(
    await sampleStore(),
    { week: '2026-W47' },
    { zone: SAMPLE_ZONE, now: SAMPLE_NOW },
  );
  const report = weeklyReport(input);
  const tally = (n: number, share: number) => ({
    ...{ n, happyIndex: 50, satisfied: { share, low: share - 0.1, high: share + 0.1 } },
    ratings: [0, 0, 0, n] as [number, number, number, number],
  });
  return {
    ...report,
    yearAgo: { week: '2025-W47', ...tally(40, 0.5), change: { difference: 0.25, low: 0.1, high: 0.4, clear: true } },
    corrections: [
      {
        week: '2026-W46',
        saidAt: '2026-11-16T05:00:00.000Z',
        said: tally(20, 0.5),
        now: tally(25, 0.6),
        latePresses: 5,
      },
    ],
    alerts: [
      {
        id: 1,
        rule: 'unhappy "now"',
        condition: { kind: 'negative-share', share: 0.5, minPresses: 5, windowMs: 3_600_000 },
        servicePoint: 'kallio-clinic',
        name: { fi: 'Kallio' },
        terminal: null,
        terminalName: null,
        numbers: { kind: 'presses', ratings: [4, 1, 0, 1], from: T - 3_600_000, to: T },
        openedAt: T,
        reopened: 0,
        acknowledged: null,
        closedAt: T + 3_600_000,
      },
    ],
    suspects: [
      { terminal: 'kallio-2', why: 'pace', presses: 450 },
      { terminal: 'kallio-1', why: 'ahead', presses: 1 },
    ],
    incidents: [
      { id: 1, kind: 'presses-missing', terminal: 'kallio-2', missing: 3, since: T },
      { id: 2, kind: 'store-restored', since: T, withdrawnAt: T + 3_600_000 },
    ],
    notes: [
      {
        id: 1,
        kind: 'note',
        servicePoint: 'kallio-clinic',
        name: { fi: 'Kallio' },
        from: T,
        to: null,
        text: { fi: '=Remontti tiistaina' },
      },
    ],
    moves: [
      {
        servicePoint: 'kallio-clinic',
        name: { fi: 'Kallio' },
        from: 'a',
        to: 'b',
        fromName: { fi: 'A' },
        toName: {},
        at: T,
      },
    ],
    exclusions: [
      {
        id: 1,
        target: { kind: 'terminal', id: 'kallio-1' },
        name: null,
        from: T,
        to: T + 3_600_000,
        reason: 'cleaner',
      },
    ],
  };
}
