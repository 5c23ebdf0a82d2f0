/** Logins by a directory of the operator's. */
export interface DirectoryMessages {
  /** On the button; `name`: what the operator calls the directory. */
  logInBy(name: string): string;
  failedTitle: string;
  unreachable: string;
  beginAnew: string;
  /** The words of the directory stand below. */
  refused: string;
  noRoleTitle: string;
  /** `name`: as the directory calls who is logged in there. */
  noRole(name: string): string;
  noRoleNext: string;
  backToLogin: string;
  loggedOutHere: string;
  logOutThere(name: string): string;
  passwordThere: string;
}
