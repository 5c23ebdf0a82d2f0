import { HymioError, idSchema } from '@hymio/protocol';
import * as z from 'zod';
import type { HttpParts } from '../http/http-parts.js';
import { localized } from '../language/language.js';
import { defaultPublicSetting, type PublicSetting } from '../public/public-setting.js';
import type { LocalizedText } from '../registry/registry.js';
import { CheckField, NameField } from './forms/fields.js';
import { Form } from './forms/form.js';
import { type FormState, freshForm } from './forms/form-state.js';
import { renderPage } from './layout.js';
import type { PageContext } from './page-context.js';
import { pageView } from './page-view.js';
import { readPublicSetting } from './public/public-model.js';

/** What staff see of the public view of a service point. */
export interface PublicSettingModel {
  name: LocalizedText;
  setting: PublicSetting;
  /** Where the widget is reached by the sites that may embed it; undefined where none may, or nobody has said where. */
  embedOrigin: string | undefined;
}

export const PUBLIC_SETTING_PATH = '/admin/service-points/:id/public';
const FORM = 'public';

/** Error: HymioError `unknown-service-point`. */
export async function readPublicSettingModel(id: string, parts: HttpParts): Promise<PublicSettingModel> {
  const { store, publicUrl, publicViews } = parts;
  const point = (await store.registry()).servicePoints.find((one) => one.id === id);
  if (point === undefined) {
    throw new HymioError('unknown-service-point', `There is no service point ${id}.`, 'Choose one that exists.');
  }
  return {
    name: point.name,
    setting: (await readPublicSetting(store, id)) ?? defaultPublicSetting(id),
    embedOrigin: publicViews?.frameAncestors.length ? publicUrl?.replace(/\/$/, '') : undefined,
  };
}

/** The page, with the form as it was sent where it was not taken. */
export function publicSettingPage(model: PublicSettingModel, context: PageContext, form = freshForm(FORM)): string {
  const { publicSetting: texts } = context.messages;
  const { setting } = model;
  const title = texts.title(localized(model.name, context.language));
  return renderPage({
    context,
    title,
    current: 'administration',
    children: (
      <>
        <h1>{title}</h1>
        <p>{texts.lead}</p>
        <p>
          <strong>{setting.enabled ? texts.isOn : texts.isOff}</strong>
        </p>
        <SettingForm {...{ model, context, form }} />
        <p class="note">{texts.smallNumbers}</p>
        {setting.enabled ? <Addresses model={model} context={context} /> : null}
      </>
    ),
  });
}

function SettingForm({ model, context, form }: { model: PublicSettingModel; context: PageContext; form: FormState }) {
  const { forms, publicSetting: texts } = context.messages;
  const { servicePoint, enabled, show } = model.setting;
  const action = `/admin/service-points/${servicePoint}/public`;
  return (
    <Form context={context} form={form} action={action} submit={forms.save}>
      <CheckField form={form} name="enabled" label={texts.enabled} hint={texts.enabledHint} checked={enabled} />
      <fieldset>
        <legend>{texts.parts}</legend>
        <CheckField form={form} name="question" label={texts.question} checked={show.question} />
        <CheckField form={form} name="faces" label={texts.faces} hint={texts.facesHint} checked={show.faces} />
        <CheckField form={form} name="changes" label={texts.changes} hint={texts.changesHint} checked={show.changes} />
      </fieldset>
      <NameField form={form} context={context} />
    </Form>
  );
}

function Addresses({ model, context }: { model: PublicSettingModel; context: PageContext }) {
  const { publicSetting: texts } = context.messages;
  const path = `/public/${model.setting.servicePoint}`;
  return (
    <>
      <h2>{texts.addresses}</h2>
      <ul>
        <li>
          <a href={path}>{texts.page}</a>
        </li>
        <li>
          <a href={`${path}/screen`}>{texts.screen}</a>
        </li>
        <li>
          <a href={`${path}/widget`}>{texts.widget}</a>
        </li>
      </ul>
      <h2>{texts.embed}</h2>
      {model.embedOrigin === undefined ? (
        <p>{texts.embedForbidden}</p>
      ) : (
        <>
          <textarea readOnly rows={4} spellcheck={false} aria-label={texts.embed}>
            {snippet(`${model.embedOrigin}${path}/widget`, model, context)}
          </textarea>
          <p class="note">{texts.embedNote}</p>
        </>
      )}
    </>
  );
}

/** HTML to be copied into another page. */
function snippet(address: string, { name }: PublicSettingModel, { language, messages }: PageContext): string {
  const title = messages.publicTexts
    .title(localized(name, language))
    .replaceAll('&', '&amp;')
    .replaceAll('"', '&quot;');
  return `<iframe src="${address}?lang=${language}" title="${title}" width="340" height="260" loading="lazy"></iframe>`;
}

/** Switches the public view of a service point on and off. */
export const publicSettingView = pageView({
  path: PUBLIC_SETTING_PATH,
  params: z.object({ id: idSchema }),
  query: z.object({}),
  load: ({ params }, parts) => readPublicSettingModel(params.id, parts),
  render: (model, context) => publicSettingPage(model, context),
  concerns: () => (event) => event.kind === 'registry',
});
