import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { csvText, REPORT_COLUMNS, reportCsv, type WeeklyReport } from '@hymio/gateway';
import { beforeAll, describe, expect, it } from 'vitest';
import { describeWith, program } from '../../support/requirements.js';
import { sampleReport } from '../../support/sample-report.js';

const PAGE = fileURLToPath(new URL('../../../docs/weekly-report-csv.md', import.meta.url));

type Row = Readonly<Record<(typeof REPORT_COLUMNS)[number], string>>;

/** Imports a CSV text as SQLite does by itself, and reads it back. */
function throughSqlite(csv: string): Row[] {
  const folder = mkdtempSync(join(tmpdir(), 'hymio-csv-'));
  try {
    const file = join(folder, 'report.csv');
    writeFileSync(file, csv);
    const script = `.bail on\n.import --csv ${file} report\n.mode json\nSELECT * FROM report;\n`;
    const { status, stdout, stderr } = spawnSync(program('sqlite3'), [], { input: script, encoding: 'utf8' });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    return JSON.parse(stdout) as Row[];
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** A number as its text in the file says it; null: nothing there. */
function number(text: string | undefined): number | null {
  return text === '' || text === undefined ? null : Number(text);
}

describeWith(['sqlite3'], 'the report as CSV, imported by SQLite', () => {
  let report: WeeklyReport;
  let rows: Row[];
  const of = (section: string) => rows.filter((row) => row.section === section);
  beforeAll(async () => {
    report = await sampleReport();
    rows = throughSqlite(reportCsv(report, 'fi'));
  });

  it('is one table of the columns and sections that the documentation names', () => {
    const page = readFileSync(PAGE, 'utf8');
    const [, sections = '', columns = ''] = page.split(/^## (?:Sections|Columns)$/m);
    const named = (text: string) =>
      text
        .split('\n')
        .flatMap((line) => (/^\| `/.test(line) ? [...(line.split('|')[1] ?? '').matchAll(/`(\w[\w-]*)`/g)] : []))
        .map(([, name]) => name);
    expect(Object.keys(rows[0] ?? {})).toEqual([...REPORT_COLUMNS]);
    expect(named(columns.split(/^## /m)[0] ?? '').toSorted()).toEqual([...REPORT_COLUMNS].toSorted());
    expect(named(sections).toSorted()).toEqual([...new Set(rows.map(({ section }) => section))].toSorted());
  });

  it('holds the numbers of the week, and of the weeks that it is compared with', () => {
    const [total] = of('total');
    const { counts, change, hourTest, coverage, lost, previous, yearAgo } = report;
    expect([total?.very_unhappy, total?.unhappy, total?.happy, total?.very_happy].map(number)).toEqual(counts.ratings);
    expect(shares(total)).toEqual(sharesOf(counts));
    expect([total?.repeats, total?.estimated, total?.excluded].map(number)).toEqual([
      counts.repeats,
      counts.estimated,
      counts.excluded,
    ]);
    expect([total?.change, total?.change_low, total?.change_high].map(number)).toEqual([
      change?.difference,
      change?.low,
      change?.high,
    ]);
    expect(total?.change_clear).toBe(String(change?.clear));
    expect([total?.statistic, total?.degrees_of_freedom, total?.p].map(number)).toEqual([
      hourTest.statistic,
      hourTest.degreesOfFreedom,
      hourTest.p,
    ]);
    expect([total?.coverage, total?.open_ms, total?.worked_ms].map(number)).toEqual([
      coverage.share,
      coverage.openMs,
      coverage.workedMs,
    ]);
    expect([total?.presses, total?.outside_opening_hours].map(number)).toEqual([
      lost.presses,
      hourTest.outsideOpeningHours,
    ]);
    expect(shares(of('previous-week')[0])).toEqual(sharesOf(previous));
    expect(of('year-ago').map((row) => [row.week, row.change].join())).toEqual([
      `${yearAgo?.week},${yearAgo?.change?.difference}`,
    ]);
    expect(of('trend').map((row) => [row.week, ...shares(row)])).toEqual(
      report.trend.map((week) => [week.week, ...sharesOf(week)]),
    );
    expect(of('said').map(shares)).toEqual(report.corrections.map(({ said }) => sharesOf(said)));
    expect(of('correction').map((row) => [...shares(row), number(row.presses)])).toEqual(
      report.corrections.map(({ now, latePresses }) => [...sharesOf(now), latePresses]),
    );
  });

  it('holds every service point, hour and terminal', () => {
    expect(
      of('service-point').map((row) => [
        row.id,
        number(row.rank),
        number(row.previous_rank),
        number(row.shrunken_share),
        ...shares(row),
      ]),
    ).toEqual(
      report.servicePoints.map((one) => [one.id, one.rank, one.previousRank, one.shrunkenShare, ...sharesOf(one)]),
    );
    expect(of('unassigned-terminal').map((row) => [row.id, ...shares(row)])).toEqual(
      report.unassigned.map((one) => [one.terminal, ...sharesOf(one)]),
    );
    expect(of('hour').map((row) => [row.hour, row.n, row.satisfied, row.satisfied_share, row.z].map(number))).toEqual(
      report.hourTest.hours.map((one) => [one.hour, one.n, one.satisfied, one.share, one.z]),
    );
    expect(
      of('weekday-hour').map((row) => [row.weekday, row.hour, row.n, row.satisfied, row.satisfied_share].map(number)),
    ).toEqual(report.heatMap.map((one) => [one.weekday, one.hour, one.n, one.satisfied, one.share]));
    expect(of('coverage').map((row) => [row.id, ...[row.coverage, row.open_ms, row.worked_ms].map(number)])).toEqual(
      report.coverage.terminals.map((one) => [one.terminal, one.share, one.openMs, one.workedMs]),
    );
    expect(of('down').map((row) => [row.id, row.name, number(row.down_ms)])).toEqual(
      report.coverage.terminals.flatMap(({ terminal, downDays }) =>
        downDays.map(({ date, downMs }) => [terminal, date, downMs]),
      ),
    );
  });

  it('holds what was lost, left out and told', () => {
    expect(of('lost').map((row) => [row.id, number(row.presses)])).toEqual(
      report.lost.ranges.map(({ terminal, from, to }) => [terminal, to - from + 1]),
    );
    expect(of('incident').map((row) => [row.name, row.presses, row.until])).toEqual([
      ['presses-missing', '3', ''],
      ['store-restored', '', '2026-11-18T10:30:00.000Z'],
    ]);
    expect(of('exclusion').map((row) => [row.id, row.name, row.since])).toEqual([
      ['kallio-1', 'cleaner', '2026-11-18T09:30:00.000Z'],
    ]);
    expect(of('note').map(({ name }) => name)).toEqual(["'=Remontti tiistaina"]);
    expect(of('alert').map((row) => [row.id, row.name, row.until])).toEqual([
      ['kallio-clinic', 'unhappy "now"', '2026-11-18T10:30:00.000Z'],
    ]);
    expect(of('move').map(({ name }) => name)).toEqual(['a → b']);
    expect(of('question').map((row) => [row.id, number(row.terminals)])).toEqual(
      report.questions.map(({ id, terminals }) => [id, terminals]),
    );
  });
});

describe('the report as CSV', () => {
  it('gives a spreadsheet no formula, whatever white space stands before it', () => {
    const texts = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1+1', '\r=1+1', '\n=1+1'];
    for (const text of texts) expect(csvText([[text]])).toMatch(/^"?'/);
    expect(csvText([['plain', -1]])).toBe('plain,-1\r\n');
  });

  it('follows RFC 4180 to the letter: CRLF, quotes doubled, no byte order mark', async () => {
    const csv = reportCsv(await sampleReport(), 'en');
    expect(csv.startsWith('week,section,')).toBe(true);
    expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
    expect(csv.endsWith('\r\n')).toBe(true);
    expect(csv).toContain('"unhappy ""now"""');
  });
});

function shares(row: Row | undefined): (number | null)[] {
  return [row?.n, row?.satisfied_share, row?.satisfied_low, row?.satisfied_high, row?.happy_index].map(number);
}

function sharesOf({
  n,
  satisfied,
  happyIndex,
}: Pick<WeeklyReport['counts'], 'n' | 'satisfied' | 'happyIndex'>): (number | null)[] {
  return [n, satisfied?.share ?? null, satisfied?.low ?? null, satisfied?.high ?? null, happyIndex];
}
