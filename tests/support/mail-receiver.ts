import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** How a mail server answers; what is not given is taken. */
export interface MailManners {
  /** At RCPT TO: an error refuses the recipient. */
  recipient?: (address: string) => Error | undefined;
  /** After the whole mail is there; resolves with an error, or undefined for 250. */
  data?: (mail: ParsedMail) => Promise<Error | undefined>;
  options?: SMTPServerOptions;
}

/** A refusal with its SMTP code. */
export function smtpError(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}

/** A real SMTP server that keeps what it accepted, as a mail program would read it. */
export class MailReceiver {
  readonly mails: ParsedMail[] = [];
  manners: MailManners = {};
  readonly port: number;
  readonly #server: SMTPServer;
  #heard: (() => void)[] = [];

  private constructor(server: SMTPServer, port: number) {
    this.#server = server;
    this.port = port;
  }

  /** `port` 0 takes a free one. */
  static async start(port = 0, options: SMTPServerOptions = {}): Promise<MailReceiver> {
    let receiver: MailReceiver | undefined;
    const server = new SMTPServer({
      disabledCommands: ['AUTH', 'STARTTLS'],
      logger: false,
      disableReverseLookup: true,
      ...options,
      onRcptTo: ({ address }, _session, done) => done(receiver?.manners.recipient?.(address)),
      onData: (stream, _session, done) => {
        simpleParser(stream)
          .then(async (mail) => {
            const refusal = await receiver?.manners.data?.(mail);
            if (refusal === undefined) receiver?.keep(mail);
            done(refusal);
          })
          .catch(done);
      },
    });
    // A client that is killed in the middle of a mail.
    server.on('error', () => undefined);
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
    const address = server.server.address();
    receiver = new MailReceiver(server, typeof address === 'object' && address !== null ? address.port : port);
    return receiver;
  }

  keep(mail: ParsedMail): void {
    this.mails.push(mail);
    for (const tell of this.#heard.splice(0)) tell();
  }

  /** Waits until so many mails were accepted. */
  async count(n: number): Promise<ParsedMail[]> {
    while (this.mails.length < n) await new Promise<void>((resolve) => this.#heard.push(resolve));
    return this.mails;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.#server.close(() => resolve()));
  }
}
