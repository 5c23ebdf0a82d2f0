import type { PeopleMessages } from '../messages.js';

export const people: PeopleMessages = {
  logIn: 'Log in',
  logOut: 'Log out',
  account: 'My account',
  name: 'Login name',
  password: 'Password',
  wrong: 'Login name or password is wrong.',
  wait: (seconds) =>
    seconds < 90
      ? `Too many attempts. Try again in ${seconds} seconds, or ask an administrator for a new link.`
      : `Too many attempts. Try again in ${Math.ceil(seconds / 60)} minutes, or ask an administrator for a new link.`,
  loggedOut: 'You have logged out.',
  ended: 'You are logged out everywhere.',
  displayName: 'Name',
  displayNameHint: 'As others see it.',
  nameHint: 'For the login: letters, digits and . _ @ + -, such as maija.virtanen.',
  language: 'Language',
  languageOfBrowser: 'As the browser wants it',
  passwordTitle: 'Password',
  passwordHint:
    'At least 12 characters. Several words that do not belong together are easy to remember. You are logged out everywhere else.',
  oldPassword: 'Present password',
  newPassword: 'New password',
  oldWrong: 'The present password is wrong.',
  setPassword: 'Set a password',
  setFor: (name) => `For the login name ${name}.`,
  firstLead: 'You become the first administrator. From then on the gateway asks everybody to log in.',
  passwordSet: 'The password is set.',
  passwordFaults: {
    'too-short': 'The password is shorter than 12 characters.',
    'too-long': 'The password is longer than 256 characters.',
    'about-oneself': 'The password is too close to your own name.',
    common: 'This password is known and would be guessed. Choose another.',
  },
  linkSpentTitle: 'This link does not work any more',
  linkSpentText:
    'It has been used, or replaced by a newer one, or is older than a day. Ask an administrator for a new one.',
  accountLead: (role) => `Your role: ${role}.`,
  roles: { viewer: 'viewer', staff: 'staff', admin: 'administrator' },
  everywhere: 'Logins elsewhere',
  everywhereHint: 'If you forgot to log out somewhere, or have lost a phone.',
  logOutEverywhere: 'Log out everywhere',
  saved: 'Your account is saved.',
  users: {
    add: 'Add a user',
    noPassword: 'no password yet',
    loginName: (name) => `Login name: ${name}`,
    role: 'Role',
    roleHint:
      'A viewer reads. Staff also take care of alerts, write notes and find terminals. An administrator changes everything.',
    groups: 'Only these groups',
    groupsHint: 'With everything below them. None chosen: the whole organisation.',
    endsLogins: 'If the role or the groups change, the user is logged out.',
    linkTitle: 'New password',
    linkHint: 'Makes a link that sets a password once, within a day. It also switches off the second factor.',
    makeLink: 'Make a link',
    linkMade: (name) => `Give this link to ${name}. It works once, within a day, and is not shown again:`,
    nameTaken: 'There is a user of this name already.',
    firstIsAdmin: 'The first user must be an administrator of the whole organisation.',
    notSelf: 'Nobody can change their own rights or remove themselves. Ask another administrator.',
  },
};
