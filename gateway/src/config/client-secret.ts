import { HymioError } from '@hymio/protocol';
import { CLIENT_SECRET_VARIABLE, type DirectoryConfig } from './directory-config.js';
import { readSecret } from './read-secret.js';

/** With which the gateway shows the directory that it is itself. Error: HymioError `config-invalid`. */
export function readClientSecret(
  { clientSecretFile }: Pick<DirectoryConfig, 'clientSecretFile'>,
  environment: Readonly<Record<string, string | undefined>>,
): string {
  if (clientSecretFile !== undefined) return readSecret(clientSecretFile, 'people.oidc.clientSecretFile');
  const secret = environment[CLIENT_SECRET_VARIABLE] ?? '';
  if (secret !== '') return secret;
  throw new HymioError(
    'config-invalid',
    'people.oidc has no secret of the client.',
    `Name a file that holds it as people.oidc.clientSecretFile, or put it into ${CLIENT_SECRET_VARIABLE}.`,
  );
}
