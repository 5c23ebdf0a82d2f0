import type { AlertStore, NextTime, ReportStore, stepAlert } from '@hymio/gateway';

/** Ways to put a deliberately broken part in the place of a sound one. */
export interface OfficeTampering {
  alerts: (store: AlertStore) => AlertStore;
  reports: (store: ReportStore) => ReportStore;
  /** How what became of a message is recorded. */
  recording: (record: () => Promise<void>) => Promise<void>;
  schedule: (schedule: NextTime) => NextTime;
  step?: typeof stepAlert;
}

export const UNTAMPERED: OfficeTampering = {
  alerts: (store) => store,
  reports: (store) => store,
  recording: (record) => record(),
  schedule: (schedule) => schedule,
};
