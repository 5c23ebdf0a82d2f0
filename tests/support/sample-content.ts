import type { ContentCell, ContentTable, ReportContent } from '@hymio/gateway';

/** Says everything that a content can say of so many service points. Texts look like commands, and some are long. */
export function sampleContent(changes: Partial<ReportContent> = {}, points = 3): ReportContent {
  return {
    language: 'en',
    title: 'Weekly report, week 47 of 2026',
    subject: '#panic() *Kallio* $x$ @ref <label> `code` health and well-being centre, dental care',
    period: '16–22 November 2026',
    notices: [{ text: 'The week is not over: counted until 20 Nov 2026, 14:05.' }],
    sections: [
      {
        id: 'result',
        title: 'Result',
        blocks: [
          {
            kind: 'paragraph',
            role: 'figure',
            phrase: { text: '81 % of 243 people were satisfied, between 76 and 86.', definition: 'satisfied' },
          },
          { kind: 'paragraph', role: 'text', phrase: { text: '5 points more than last week: clear.' } },
          {
            kind: 'chart',
            chart: {
              kind: 'ratings',
              ratings: [17, 16, 60, 126],
              alternative: 'Very happy: 126, happy: 60, unhappy: 16, very unhappy: 17',
              table: ratingTable(),
            },
          },
        ],
      },
      { id: 'service-points', title: 'Service points', blocks: [{ kind: 'table', table: pointTable(points) }] },
      {
        id: 'hours',
        title: 'Hours',
        blocks: [
          { kind: 'subheading', text: 'Weekdays and hours' },
          { kind: 'table', table: heatTable() },
          { kind: 'paragraph', role: 'note', phrase: { text: 'Counted over opening hours.' } },
          {
            kind: 'list',
            items: [{ text: '12 presses were repeats.', items: [{ text: 'kallio-1: 7 😀 \u202e(Arabic) مرحبا' }] }],
          },
        ],
      },
      {
        id: 'definitions',
        title: 'Definitions',
        blocks: [
          {
            kind: 'definitions',
            entries: [
              { definition: 'answers', term: 'Answers', text: 'Presses that are not repeats.' },
              { definition: 'satisfied', term: 'Satisfied', text: 'Happy and very happy of all answers.' },
            ],
          },
        ],
      },
    ],
    ...changes,
  };
}

function ratingTable(): ContentTable {
  const counts = { 'Very happy': 126, Happy: 60, Unhappy: 16, 'Very unhappy': 17 };
  const ratings = [3, 2, 1, 0] as const;
  return {
    caption: 'Answers',
    shape: 'plain',
    columns: [{ text: 'Answer' }, { text: 'Number', numeric: true }],
    rows: Object.entries(counts).map(([name, count], index) => [
      { text: name, rating: ratings[index] ?? 0 },
      { text: String(count) },
    ]),
  };
}

function pointTable(count: number): ContentTable {
  return {
    caption: 'Service points, best first',
    shape: 'plain',
    columns: [
      { text: 'Service point' },
      { text: 'Rank', numeric: true },
      { text: 'Answers', definition: 'answers' },
      { text: 'Change' },
    ],
    rows: Array.from({ length: count }, (_, index): ContentCell[] => [
      { text: `Point ${index + 1}: hammashoitola, suunterveydenhuollon ajanvarausneuvonta`, strong: index === 3 },
      { text: String(index + 1) },
      { text: String(40 + index), ratings: [index, 10, 10, 20] },
      { text: '+5', detail: 'between −2 and 12: may be chance' },
    ]),
  };
}

function heatTable(): ContentTable {
  const hours = Array.from({ length: 24 }, (_, hour) => ({ text: String(hour), numeric: true }));
  return {
    caption: 'Satisfied by weekday and hour',
    shape: 'wide',
    columns: [{ text: 'Day' }, ...hours],
    rows: ['Monday', 'Tuesday', 'Wednesday'].map((day) => [
      { text: day },
      ...hours.map((_, hour) => ({ text: `${hour * 4} %`, shade: hour / 23 })),
    ]),
  };
}
