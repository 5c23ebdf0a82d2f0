import { type AlertStore, type ReportStore, stepAlert } from '@hymio/gateway';
import { type OfficeTampering, UNTAMPERED } from '@hymio/simulator';

/** A store that does as the one given, except where it is replaced. */
function instead<T extends object>(store: T, replaced: Partial<T>): T {
  return new Proxy(store, {
    get: (target, name) => {
      const member: unknown = Reflect.get(replaced, name) ?? Reflect.get(target, name, target);
      return typeof member === 'function' ? member.bind(target) : member;
    },
  });
}

const withAlerts = (replace: (store: AlertStore) => Partial<AlertStore>) => (): OfficeTampering => ({
  ...UNTAMPERED,
  alerts: (store) => instead(store, replace(store)),
});
const withReports = (replace: (store: ReportStore) => Partial<ReportStore>) => (): OfficeTampering => ({
  ...UNTAMPERED,
  reports: (store) => instead(store, replace(store)),
});
const withStep = (step: typeof stepAlert) => (): OfficeTampering => ({ ...UNTAMPERED, step });

/** Broken parts where alerts are judged and reports sent, each with a mistake that someone could make. */
export const PLANTED_OFFICE_FAULTS = {
  'forgets open alerts at a restart': withAlerts(() => ({ unsettled: async () => [] })),
  'numbers alerts from one after a restart': withAlerts(() => ({ lastAlert: async () => 0 })),
  'keeps alerts in memory only': withAlerts(() => ({ record: async () => undefined })),
  'writes an alert without its notices': withAlerts((store) => ({
    record: (decision) => store.record({ ...decision, notices: [] }),
  })),
  'rings anew instead of reopening': withStep((phase, input, times, next) =>
    stepAlert(phase, input, { ...times, coolDownMs: 0 }, next),
  ),
  'takes what is over for undecided': withStep((phase, input, times, next) =>
    stepAlert(
      phase,
      input.kind === 'verdict' && input.verdict === 'over' ? { ...input, verdict: 'between' } : input,
      times,
      next,
    ),
  ),
  'forgets an alert that is closed by hand': withStep((phase, input, times, next) =>
    phase.kind === 'active' && input.kind === 'dismiss'
      ? { phase: { kind: 'quiet' }, effect: { kind: 'settle', alert: phase.alert, told: false } }
      : stepAlert(phase, input, times, next),
  ),
  'never records what was delivered': (): OfficeTampering => ({ ...UNTAMPERED, recording: async () => undefined }),
  'swallows that it could not be recorded': (): OfficeTampering => ({
    ...UNTAMPERED,
    recording: (record) => record().catch(() => undefined),
  }),
  'gives every attempt an identity of its own': () => {
    let attempts = 0;
    return withReports((store) => ({
      waitingMails: async (limit) =>
        (await store.waitingMails(limit)).map((mail) => {
          attempts += 1;
          return { ...mail, delivery: `${mail.delivery}-${attempts}` };
        }),
    }))();
  },
  'issues a week whether it was issued or not': withReports((store) => ({
    issuedWeeks: async () => [],
    issue: async (issue) => {
      await store.issue(issue);
      return true;
    },
  })),
  'mails the first recipient twice': withReports((store) => ({
    recipients: async () => {
      const [first, ...rest] = await store.recipients();
      return first === undefined ? [] : [first, first, ...rest];
    },
  })),
  'mails those who were switched off': withReports((store) => ({
    recipients: async () => (await store.recipients()).map((one) => ({ ...one, active: true })),
  })),
  'takes a week for issued when it falls due': withReports(() => ({ issuedWeeks: async (weeks) => [...weeks] })),
  'waits a week too long': (): OfficeTampering => ({
    ...UNTAMPERED,
    schedule: (next) => (after) => next(after + 7 * 24 * 3_600_000),
  }),
} satisfies Record<string, () => OfficeTampering>;

export type OfficePlantedFault = keyof typeof PLANTED_OFFICE_FAULTS;

/** By which broken promise each may be found. */
export const OFFICE_FOUND_AS: Record<OfficePlantedFault, readonly string[]> = {
  'forgets open alerts at a restart': ['two-alerts-at-once', 'alert-without-end'],
  'numbers alerts from one after a restart': [
    'opened-otherwise',
    'wrong-alert-number',
    'changed-though-settled',
    'changed-without-a-word',
  ],
  'keeps alerts in memory only': ['alert-missing'],
  'writes an alert without its notices': ['not-everybody-told'],
  'rings anew instead of reopening': ['rings-again-too-soon'],
  'takes what is over for undecided': ['alert-without-end'],
  'forgets an alert that is closed by hand': ['settled-while-open', 'changed-without-a-word'],
  'never records what was delivered': ['sent-twice'],
  'swallows that it could not be recorded': ['sent-twice'],
  'gives every attempt an identity of its own': ['two-messages-for-one', 'recorded-otherwise'],
  'issues a week whether it was issued or not': ['issued-twice'],
  'mails the first recipient twice': ['mailed-twice'],
  'mails those who were switched off': ['wrong-recipients'],
  'takes a week for issued when it falls due': ['week-not-issued'],
  'waits a week too long': ['week-not-issued'],
};
