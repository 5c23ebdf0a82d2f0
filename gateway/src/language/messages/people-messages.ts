import type { PasswordFault } from '../../people/password-rule.js';
import type { Role } from '../../people/user.js';

/** Logins, the own account, and who else may log in. */
export interface PeopleMessages {
  logIn: string;
  logOut: string;
  account: string;
  name: string;
  password: string;
  /** One sentence for a wrong name and for a wrong password. */
  wrong: string;
  /** Too many tries. */
  wait(seconds: number): string;
  loggedOut: string;
  ended: string;
  displayName: string;
  displayNameHint: string;
  nameHint: string;
  language: string;
  languageOfBrowser: string;
  passwordTitle: string;
  passwordHint: string;
  oldPassword: string;
  newPassword: string;
  oldWrong: string;
  setPassword: string;
  setFor(name: string): string;
  firstLead: string;
  passwordSet: string;
  passwordFaults: Record<PasswordFault, string>;
  linkSpentTitle: string;
  linkSpentText: string;
  accountLead(role: string): string;
  roles: Record<Role, string>;
  everywhere: string;
  everywhereHint: string;
  logOutEverywhere: string;
  saved: string;
  users: {
    add: string;
    noPassword: string;
    loginName(name: string): string;
    role: string;
    roleHint: string;
    groups: string;
    groupsHint: string;
    everywhere: string;
    placesUnclear: string;
    endsLogins: string;
    endTitle: string;
    endHint: string;
    end: string;
    ended: string;
    removeHint: string;
    ofDirectory: string;
    directoryRules: string;
    linkTitle: string;
    linkHint: string;
    linkEndsSecondFactor: string;
    makeLink: string;
    linkMade(name: string): string;
    nameTaken: string;
    firstIsAdmin: string;
    notSelf: string;
    lastAdmin: string;
  };
}
