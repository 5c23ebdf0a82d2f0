import { HymioError } from '@hymio/protocol';
import type { AlertScope } from '../../alerts/alert-rule.js';
import type { Alerting } from '../../notices/alerting.js';
import { limitedAlertStore } from './limited-alert-store.js';
import { notForPart } from './not-for-part.js';
import { type SightNow, seesScope, seesSubject } from './sight.js';

/** What pages and addresses ask of alerts, and do with them. */
export type ServedAlerting = Pick<Alerting, 'webhooks' | 'hasMail' | 'sendTest'> & {
  engine: Pick<
    Alerting['engine'],
    'acknowledge' | 'close' | 'comment' | 'saveRule' | 'removeRule' | 'saveRecipients' | 'openCount' | 'numbersNow'
  >;
  store: Pick<Alerting['store'], 'alerts' | 'alert' | 'settings' | 'troubledNotices'>;
};

/** The same for who may see a part. Errors: HymioError `unknown-alert`, `role-too-small`. */
export function limitedAlerting(alerting: ServedAlerting, sightNow: SightNow, now: () => number): ServedAlerting {
  const { engine, store } = alerting;
  const shown = limitedAlertingStore(store, sightNow, now);
  const requireAlert = async (id: number) => {
    if ((await shown.alert(id)) === undefined) {
      throw new HymioError('unknown-alert', `There is no alert ${id}.`, 'Look at the list of alerts.');
    }
  };
  const requireScope = async (scope: AlertScope) => {
    const sight = await sightNow();
    if (scope.kind === 'organisation' || !seesScope(sight, scope, now())) throw notForPart();
  };
  return {
    webhooks: alerting.webhooks,
    hasMail: alerting.hasMail,
    sendTest: (recipient, who) => alerting.sendTest(recipient, who),
    store: shown,
    engine: {
      get openCount() {
        return engine.openCount;
      },
      numbersNow: (alert) => engine.numbersNow(alert),
      acknowledge: (id, by) => requireAlert(id).then(() => engine.acknowledge(id, by)),
      close: (id, by, why) => requireAlert(id).then(() => engine.close(id, by, why)),
      comment: (id, by, text) => requireAlert(id).then(() => engine.comment(id, by, text)),
      saveRule: (rule, by) => requireScope(rule.scope).then(() => engine.saveRule(rule, by)),
      removeRule: (rule, by) => requireScope(rule.scope).then(() => engine.removeRule(rule, by)),
      saveRecipients: (scope, recipients, by) =>
        requireScope(scope).then(() => engine.saveRecipients(scope, recipients, by)),
    },
  };
}

function limitedAlertingStore(
  store: ServedAlerting['store'],
  sightNow: SightNow,
  now: () => number,
): ServedAlerting['store'] {
  return {
    ...limitedAlertStore(store, sightNow),
    async alert(id) {
      const [detail, sight] = await Promise.all([store.alert(id), sightNow()]);
      return detail !== undefined && seesSubject(sight, detail.alert.subject) ? detail : undefined;
    },
    async settings() {
      const [{ rules, recipients }, sight] = await Promise.all([store.settings(), sightNow()]);
      return {
        rules: rules.filter(({ scope }) => seesScope(sight, scope, now())),
        // Addresses of people elsewhere are theirs.
        recipients: recipients.filter(({ scope }) => scope.kind !== 'organisation' && seesScope(sight, scope, now())),
      };
    },
    // Where notices go is the business of who sees everything.
    troubledNotices: async () => [],
  };
}
