import type { DirectoryMessages } from '../messages/directory-messages.js';

export const directory: DirectoryMessages = {
  logInBy: (name) => `Log in: ${name}`,
  failedTitle: 'The login did not succeed',
  unreachable:
    'The service that checks who you are does not answer right now. Try again in a moment. Whoever has a password for Hymiö can log in with it.',
  beginAnew: 'The login took too long, or was begun in another window. Please begin anew.',
  refused: 'The service that checks who you are refused the login. It says:',
  noRoleTitle: 'You have no rights in Hymiö',
  noRole: (name) => `You are logged in as ${name}, but have not been given any rights in Hymiö.`,
  noRoleNext:
    'Ask the people who look after user accounts in your organisation to add you to a group that may use Hymiö. Then log in again.',
  backToLogin: 'Back to the login',
  loggedOutHere: 'You have logged out of Hymiö.',
  logOutThere: (name) => `Log out there as well: ${name}`,
  passwordThere: 'You log in with your organisation’s account. Its password is changed there.',
};
