import type { GatewayConfig } from '../config/gateway-config.js';
import { readSecret } from '../config/read-secret.js';
import type { MailServer } from './mail-sender.js';

/** The mail server of a configuration; undefined where there is none. Error: `config-invalid` for an unreadable secret. */
export function mailServerOf({ mail }: GatewayConfig): MailServer | undefined {
  if (mail === undefined) return undefined;
  const { host, port, secure, username, passwordFile } = mail.smtp;
  return {
    ...{ host, port, secure, from: mail.from },
    ...(username === undefined ? {} : { username }),
    ...(passwordFile === undefined ? {} : { password: readSecret(passwordFile, 'mail.smtp.passwordFile') }),
  };
}
