import type { ReportIssuesMessages } from '../messages.js';

export const reportIssues: ReportIssuesMessages = {
  tally: (share, answers) => (share === undefined ? answers : `${share} nöjda (${answers})`),
  corrected: (week, said, now) => `I rapporten för vecka ${week} stod: ${said}. Nu: ${now}.`,
  because: (late, shown) => {
    if (late === 0) return 'Tryckningarna har räknats om.';
    return late === 1 ? 'En tryckning kom för sent.' : `${shown} tryckningar kom för sent.`;
  },
  archive: {
    sentAt: (moment) => `Den här rapporten skickades ${moment}.`,
    asSent: 'Rapporten som den skickades',
    same: 'Siffrorna är desamma nu.',
    changed: (said, now) => `I den stod: ${said}. Nu: ${now}.`,
  },
  mail: {
    attached: (fileName) => `Hela rapporten är bifogad: ${fileName}.`,
    open: 'Öppna rapporten',
    why: 'Du får det här meddelandet eftersom du är mottagare av veckorapporter i Hymiö. Administratören kan ändra det.',
    whyAsked: 'Någon bad Hymiö skicka den här rapporten till den här adressen. Den kommer bara en gång.',
  },
  send: {
    title: 'Skicka rapporten med e-post',
    lead: 'Rapporten går till den här adressen genast, och bara den här gången.',
    preview: 'Vad som står i meddelandet',
    address: 'E-postadress',
    submit: 'Skicka',
    sent: (address) => `Rapporten skickades till ${address}.`,
    noMailServer:
      'Ingen e-postserver är angiven i inställningarna, så inget kan skickas. Se ”mail” i driftsanvisningen.',
    tooMany: 'För många rapporter har skickats inom några minuter. Försök igen om tio minuter.',
    failed: (reason) => `E-postservern tog inte emot meddelandet: ${reason}`,
  },
  recipients: {
    lead: 'Vem som får vilka veckorapporter, och på vilket språk.',
    nextAt: (moment) => `Nästa rapporter skickas ${moment}.`,
    off: 'Tidtabellen är avstängd i inställningarna: inga rapporter skickas.',
    caption: 'Mottagare av veckorapporter',
    none: 'Det finns inga mottagare ännu.',
    add: 'Lägg till en mottagare',
    newTitle: 'Ny mottagare av rapporter',
    title: (address) => `Rapporter till ${address}`,
    address: 'E-postadress',
    language: 'Språk',
    format: 'Bilagans format',
    formats: {
      pdf: 'PDF, för läsning och utskrift',
      xlsx: 'XLSX, för Excel och liknande',
      json: 'JSON, för program',
      csv: 'CSV, för kalkylprogram',
      html: 'HTML, öppnas i webbläsaren',
    },
    subjects: 'Rapporter om',
    subjectsHint: 'Ett meddelande för var och en. En grupps rapport omfattar allt som hör till den.',
    points: 'Enskilda serviceställen',
    active: 'Får rapporter',
    activeHint: 'Avstängd skickas inget förrän den slås på igen; veckorna däremellan skickas inte i efterhand.',
    gone: 'finns inte längre',
    paused: 'avstängd',
    removeHint: 'Meddelanden som ännu väntar på den här mottagaren skickas inte längre.',
    troubles: 'Meddelanden som inte har kommit fram',
    waiting: (attempts, moment) =>
      `${attempts === 1 ? 'Ett försök gjort' : `${attempts} försök gjorda`}; nästa försök ${moment}.`,
    givenUp: (moment) => `Uppgivet ${moment}.`,
    reason: 'E-postservern sade:',
    sendAnew: 'Skicka igen',
    sentAnew: 'Meddelandet skickas igen.',
    cannotSendAnew: 'Meddelandet kan inte skickas igen: det har redan kommit fram, eller mottagaren har tagits bort.',
  },
};
