/** A form as it stands in a page. */
export interface FoundForm {
  /** Where it is sent. */
  action: string;
  /** With what stands in it. */
  fields: readonly (readonly [name: string, value: string])[];
}

/** Of alert rules, each with fields of its own. */
const KINDS = [
  'negative-share',
  'index-below',
  'presses-above',
  'very-happy-streak',
  'terminal-state',
  'suspect-presses',
];

/** Pages with forms, of things that the sample has. */
const PAGES = [
  ...[
    '/admin',
    '/admin/new-group',
    '/admin/groups/health',
    '/admin/new-service-point',
    '/admin/service-points/kallio-clinic',
  ],
  ...['/admin/service-points/kallio-clinic/new-note', '/admin/service-points/kallio-clinic/public', '/admin/notes/1'],
  ...[
    '/admin/new-question',
    '/admin/questions/visit',
    '/admin/new-terminal',
    '/admin/terminals/kallio-1',
    '/terminals/kallio-1',
  ],
  ...[
    '/admin/new-exclusion?target=kallio-1&from=2026-11-19T08:00&to=2026-11-19T09:00&reason=test',
    '/admin/exclusions/1',
  ],
  ...[
    '/admin/new-report-recipient',
    '/admin/report-recipients/1',
    '/admin/settings/terminal/kallio-1',
    '/admin/alert-rules',
  ],
  ...KINDS.map((kind) => `/admin/alert-rules?add=${kind}`),
  ...['/alerts/1', '/reports/weekly/2026-W47/send', '/login'],
] as const;

const FORM = /<form([^>]*)>(.*?)<\/form>/gs;
const FIELD = /<(input)\b([^>]*)>|<(select|textarea|button)\b([^>]*)>(.*?)<\/\3>/gs;
const OPTION = /<option[^>]*value="([^"]*)"/;

/** Every form that is sent by POST, found in the pages themselves, so that no list of fields can leave one out. */
export async function formsOf(read: (path: string) => Promise<string>): Promise<FoundForm[]> {
  const pages = await Promise.all(PAGES.map(read));
  const forms = pages
    .flatMap((html) => [...html.matchAll(FORM)])
    .filter(([, attributes = '']) => /method="post"/i.test(attributes))
    .map(([, attributes = '', content = '']) => ({
      action: unescaped(attribute(attributes, 'action') ?? ''),
      fields: [...content.matchAll(FIELD)].flatMap(([, input, ofInput, kind = 'input', of = '', inside = '']) =>
        fieldOf(kind, input === undefined ? of : (ofInput ?? ''), inside),
      ),
    }));
  const keyOf = ({ action, fields }: FoundForm) => JSON.stringify([action, fields.map(([name]) => name)]);
  return [...new Map(forms.map((form) => [keyOf(form), form])).values()];
}

function fieldOf(kind: string, attributes: string, inside: string): [string, string][] {
  const name = attribute(attributes, 'name');
  if (name === undefined) return [];
  const value =
    kind === 'select' ? OPTION.exec(inside)?.[1] : kind === 'textarea' ? inside : attribute(attributes, 'value');
  return [[name, unescaped(value ?? '')]];
}

function attribute(text: string, name: string): string | undefined {
  return new RegExp(`\\b${name}="([^"]*)"`).exec(text)?.[1];
}

function unescaped(text: string): string {
  return text
    .replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
