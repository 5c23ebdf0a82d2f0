import type { Language } from '../registry/registry.js';
import type { Mail } from './mail-sender.js';

export interface MailText {
  to: string;
  subject: string;
  heading: string;
  /** A paragraph each. */
  lines: readonly string[];
  link?: { text: string; href: string };
  /** Why somebody gets this. */
  why: string;
  language: Language;
}

/** A mail that says the same as plain text and as HTML. */
export function composeMail({ to, subject, heading, lines, link, why, language }: MailText): Mail {
  const text = [
    heading,
    '',
    ...lines,
    ...(link === undefined ? [] : ['', `${link.text}: ${link.href}`]),
    '',
    '-- ',
    why,
    '',
  ];
  const html = [
    `<!doctype html><html lang="${language}"><head><meta charset="utf-8"><title>${escapeHtml(heading)}</title></head><body>`,
    `<h1 style="font-size:1.2em">${escapeHtml(heading)}</h1>`,
    ...lines.map((line) => `<p>${escapeHtml(line)}</p>`),
    ...(link === undefined ? [] : [`<p><a href="${escapeHtml(link.href)}">${escapeHtml(link.text)}</a></p>`]),
    `<p style="font-size:0.85em">${escapeHtml(why)}</p></body></html>`,
  ];
  // Names are the operator's: a line break in one must not become a header.
  return { to, subject: subject.replaceAll(/[\r\n]+/g, ' '), text: text.join('\n'), html: html.join('\n'), language };
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}
