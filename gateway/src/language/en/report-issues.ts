import type { ReportIssuesMessages } from '../messages.js';

export const reportIssues: ReportIssuesMessages = {
  tally: (share, answers) => (share === undefined ? answers : `${share} satisfied (${answers})`),
  corrected: (week, said, now) => `The report on week ${week} said: ${said}. Now: ${now}.`,
  because: (late, shown) => {
    if (late === 0) return 'The presses were counted again.';
    return late === 1 ? 'One press came late.' : `${shown} presses came late.`;
  },
  archive: {
    sentAt: (moment) => `This report was sent on ${moment}.`,
    asSent: 'The report as it was sent',
    same: 'The numbers are the same now.',
    changed: (said, now) => `It said: ${said}. Now: ${now}.`,
  },
  mail: {
    attached: (fileName) => `The whole report is attached: ${fileName}.`,
    open: 'Open the report',
    why: 'You get this mail because you are a recipient of weekly reports in Hymiö. The administrator can change that.',
    whyAsked: 'Somebody asked Hymiö to send this report to this address. It comes only once.',
  },
  send: {
    title: 'Send the report by mail',
    lead: 'The report goes to this address at once, and only this time.',
    preview: 'What the mail says',
    address: 'Mail address',
    submit: 'Send',
    sent: (address) => `The report was sent to ${address}.`,
    noMailServer:
      'No mail server is set in the configuration, so nothing can be sent. See “mail” in the operating guide.',
    tooMany: 'Too many reports were sent within a few minutes. Try again in ten minutes.',
    failed: (reason) => `The mail server did not take the mail: ${reason}`,
  },
  recipients: {
    lead: 'Who gets which weekly reports, and in which language.',
    nextAt: (moment) => `The next reports go out on ${moment}.`,
    off: 'The schedule is switched off in the configuration: no reports go out.',
    caption: 'Recipients of weekly reports',
    none: 'There are no recipients yet.',
    add: 'Add a recipient',
    newTitle: 'New recipient of reports',
    title: (address) => `Reports to ${address}`,
    address: 'Mail address',
    language: 'Language',
    format: 'Attached as',
    formats: {
      pdf: 'PDF, for reading and printing',
      xlsx: 'XLSX, for Excel and the like',
      json: 'JSON, for programs',
      csv: 'CSV, for spreadsheets',
      html: 'HTML, opens in a browser',
    },
    subjects: 'Reports on',
    subjectsHint: 'One mail each. A group’s report covers everything below it.',
    points: 'Single service points',
    active: 'Gets reports',
    activeHint: 'Switched off, nothing is sent until it is switched on again; weeks in between are not made up for.',
    gone: 'not there any more',
    paused: 'switched off',
    removeHint: 'Mails that still wait for this recipient are not sent any more.',
    troubles: 'Mails that have not arrived',
    waiting: (attempts, moment) =>
      `${attempts === 1 ? 'Tried once' : `Tried ${attempts} times`}; next attempt ${moment}.`,
    givenUp: (moment) => `Given up on ${moment}.`,
    reason: 'The mail server said:',
    sendAnew: 'Send again',
    sentAnew: 'The mail is being sent again.',
    cannotSendAnew: 'This mail cannot be sent again: it was delivered meanwhile, or its recipient was removed.',
  },
};
