import type { Transporter } from 'nodemailer';
import type { DeliveryOutcome } from './next-attempt.js';

/** The mail server to hand mails to. */
export interface MailServer {
  host: string;
  port: number;
  /** TLS from the first byte; otherwise STARTTLS where the server offers it. */
  secure: boolean;
  username?: string;
  password?: string;
  /** Address of the sender. */
  from: string;
  /** How long it may say nothing, ms; default 30 s. */
  silenceMs?: number;
}
export interface Mail {
  to: string;
  subject: string;
  text: string;
  html: string;
  language: string;
  attachments?: readonly MailAttachment[];
}
export interface MailAttachment {
  fileName: string;
  contentType: string;
  body: string | Uint8Array;
}

const CONNECT_MS = 10_000;
/** A server may think about a mail for a while; longer than this it hangs. */
const SILENCE_MS = 30_000;

/** Hands mails to a mail server, each on a connection of its own. */
export class MailSender {
  readonly #from: string;
  readonly #server: MailServer;
  /** Made for the first mail. */
  #transport: Promise<Transporter> | undefined;

  constructor(server: MailServer) {
    this.#server = server;
    this.#from = server.from;
  }

  /** `delivery` makes the Message-ID, the same at every attempt: one accepted twice can be recognised. */
  async send(
    delivery: string,
    { to, subject, text, html, language, attachments = [] }: Mail,
  ): Promise<DeliveryOutcome> {
    try {
      this.#transport ??= transportTo(this.#server);
      const transport = await this.#transport;
      await transport.sendMail({
        from: this.#from,
        to: { name: '', address: to },
        subject,
        text,
        html,
        attachments: attachments.map(({ fileName, contentType, body }) => ({
          filename: fileName,
          contentType,
          content: Buffer.from(body),
        })),
        messageId: `<${delivery}@${this.#from.slice(this.#from.lastIndexOf('@') + 1)}>`,
        headers: {
          'Content-Language': language,
          // Neither holiday replies nor other programs should answer (RFC 3834).
          'Auto-Submitted': 'auto-generated',
        },
      });
      return { kind: 'delivered' };
    } catch (error) {
      return outcomeOf(error);
    }
  }

  close(): void {
    void this.#transport?.then((transport) => transport.close());
  }
}

/** The library is loaded here: a gateway starts sooner without it. */
async function transportTo(server: MailServer): Promise<Transporter> {
  const { host, port, secure, username, password, silenceMs = SILENCE_MS } = server;
  const { createTransport } = await import('nodemailer');
  const isLocal = host === 'localhost' || host === '::1' || host.startsWith('127.');
  return createTransport({
    host,
    port,
    secure,
    // A password never goes over a network in the clear.
    requireTLS: !secure && username !== undefined && !isLocal,
    ignoreTLS: !secure && isLocal,
    connectionTimeout: Math.min(CONNECT_MS, silenceMs),
    greetingTimeout: Math.min(CONNECT_MS, silenceMs),
    socketTimeout: silenceMs,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(username === undefined ? {} : { auth: { user: username, pass: password ?? '' } }),
  });
}

/** Only an answer to this recipient or this mail is a refusal; a login that fails concerns all mails alike. */
function outcomeOf(error: unknown): DeliveryOutcome {
  if (!(error instanceof Error)) return { kind: 'failed', reason: String(error) };
  const { code, responseCode } = error as Error & { code?: unknown; responseCode?: unknown };
  const reason = error.message.replaceAll(/\s+/g, ' ').slice(0, 300);
  const aboutThis = code === 'EENVELOPE' || code === 'EMESSAGE';
  if (!aboutThis) return { kind: 'unreachable', reason };
  return { kind: typeof responseCode === 'number' && responseCode >= 500 ? 'refused' : 'failed', reason };
}
