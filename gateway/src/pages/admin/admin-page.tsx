import type { ComponentChildren } from 'preact';
import { LANGUAGES, type Language, type LocalizedText } from '../../registry/registry.js';
import { HiddenField, TextField } from '../forms/fields.js';
import type { FormState } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import { mayUse, type PageContext } from '../page-context.js';

export type AdminSection = keyof PageContext['messages']['admin']['sections'];
const SECTIONS: readonly { key: AdminSection; path: string }[] = [
  { key: 'places', path: '/admin' },
  { key: 'terminals', path: '/admin/terminals' },
  { key: 'questions', path: '/admin/questions' },
  { key: 'exclusions', path: '/admin/exclusions' },
  { key: 'alertRules', path: '/admin/alert-rules' },
  { key: 'reports', path: '/admin/report-recipients' },
  { key: 'settings', path: '/admin/settings' },
  { key: 'users', path: '/admin/users' },
  { key: 'log', path: '/admin/log' },
];

/** A page of the administration with the ways to the others. */
export function adminPage(props: {
  context: PageContext;
  section: AdminSection;
  title: string;
  children: ComponentChildren;
}): string {
  const { context, section, title, children } = props;
  const { admin } = context.messages;
  return renderPage({
    context,
    title,
    current: 'administration',
    children: (
      <>
        <nav aria-label={admin.sectionNavigation} class="sections">
          <ul>
            {SECTIONS.filter(({ path }) => mayUse(context, 'GET', path)).map(({ key, path }) => (
              <li key={key}>
                <a href={context.link(path)} aria-current={key === section ? 'page' : undefined}>
                  {admin.sections[key]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <h1>{title}</h1>
        {children}
      </>
    ),
  });
}

/** A text in the three languages, one field each: `name.fi` … */
export function LocalizedFields(props: {
  form: FormState;
  name: string;
  label: (language: string) => string;
  value?: LocalizedText | undefined;
  context: PageContext;
}) {
  const { form, name, label, value, context } = props;
  const { languageNames } = context.messages.admin;
  return (
    <>
      {LANGUAGES.map((language: Language) => (
        <TextField
          key={language}
          form={form}
          name={`${name}.${language}`}
          label={label(languageNames[language])}
          value={value?.[language]}
          lang={language}
          maxLength={500}
        />
      ))}
    </>
  );
}

/**
 * The version of the item that the form was made from. Sent again as it was sent, so that a change in between is still
 * noticed; after that has been said it is the new one, so that saving once more means it.
 */
export function VersionField({ form, version }: { form: FormState; version: string }) {
  const sent = form.values.get('version')?.[0];
  return <HiddenField name="version" value={sent === undefined || form.values.has('outdated') ? version : sent} />;
}

/** A stretch of time in words; `to` absent: until further notice. */
export function periodText({ from, to }: { from: number; to?: number | undefined }, context: PageContext): string {
  const { formats, messages } = context;
  return messages.admin.period(formats.full(from), to === undefined ? '' : formats.full(to));
}
