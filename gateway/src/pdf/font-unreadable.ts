import { HymioError } from '@hymio/protocol';

/** `what`: a file or a package. */
export function fontUnreadable(what: string, cause: unknown): HymioError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new HymioError(
    'pdf-font-unreadable',
    `The font ${what} cannot be read, so there is no PDF: ${reason}`,
    'Install the gateway again; until then take another format, such as html.',
    { cause },
  );
}
