import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { PUBLIC_SETTING_PATH, publicSettingPage, readPublicSettingModel } from '../../pages/public-setting-view.js';
import { closeDueBlocks } from '../../public/close-due-blocks.js';
import type { PublicSetting } from '../../public/public-setting.js';
import { type FormBody, readForm } from '../form-body.js';
import { byField, type FormWhere, formRoute } from '../form-route.js';

/** Takes the form that makes a service point's result public. */
export function publicSettingRoutes(where: FormWhere): void {
  formRoute(where, {
    path: PUBLIC_SETTING_PATH,
    params: z.object({ id: idSchema }),
    async handle({ params: { id }, parts, body, context }) {
      const model = await readPublicSettingModel(id, parts);
      const read = readForm(z.object({ by: byField }), body, context.messages.forms);
      if (!read.ok) {
        return { kind: 'again', html: publicSettingPage(model, context, body.again('public', read.faults)) };
      }
      const setting = readSetting(id, body);
      const { store, administration, clock, zone } = parts;
      const now = clock.now();
      await administration.putPublicSetting(setting, { who: read.value.by, at: now });
      // What is due is there at once, not ten minutes later.
      if (setting.enabled) await closeDueBlocks(store, id, { now, zone });
      const { savedOn, savedOff } = context.messages.publicSetting;
      return {
        kind: 'redirect',
        to: `/admin/service-points/${id}/public`,
        notice: setting.enabled ? savedOn : savedOff,
      };
    },
  });
}

function readSetting(servicePoint: string, body: FormBody): PublicSetting {
  const isChecked = (name: string) => body.text(name) === 'yes';
  return {
    servicePoint,
    enabled: isChecked('enabled'),
    show: { question: isChecked('question'), faces: isChecked('faces'), changes: isChecked('changes') },
  };
}
