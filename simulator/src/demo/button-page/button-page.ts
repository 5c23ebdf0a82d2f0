import type { Rating } from '@hymio/protocol';
import type { DemoText } from '../demo-place.js';
import { BUTTON_TEXTS, PAGE_LANGUAGES, type PageLanguage } from './button-texts.js';
import { smileySvg } from './smiley-svg.js';

/** What the page says about the press before it. */
export type PressNote = { kind: 'kept'; seq: number; epoch: string } | { kind: 'not-kept'; code: string };

export interface ButtonPageModel {
  language: PageLanguage;
  place: DemoText;
  note?: PressNote;
}

/** From very happy to very unhappy, as on the panel. */
const ORDER: readonly Rating[] = [3, 2, 1, 0];

/** The page with the four buttons; a plain form, so that it works without scripts. */
export function buttonPage({ language, place, note }: ButtonPageModel): string {
  const texts = BUTTON_TEXTS[language];
  const heading = `${place[language]} – ${texts.title}`;
  const links = PAGE_LANGUAGES.map((each) => {
    const here = each === language ? ' aria-current="true"' : '';
    return `<a href="/?lang=${each}" lang="${each}" hreflang="${each}"${here}>${BUTTON_TEXTS[each].languageName}</a>`;
  });
  const buttons = ORDER.map(
    (rating) =>
      `<button name="rating" value="${rating}">${smileySvg(rating)}<span>${texts.ratings[rating]}</span></button>`,
  );
  return `<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${note?.kind === 'kept' ? `${texts.thanks} ` : ''}${escapeHtml(heading)}</title>
<link rel="stylesheet" href="/buttons.css">
</head>
<body>
<nav>${links.join('\n')}</nav>
<main>
<h1>${escapeHtml(place[language])}</h1>
<p class="question" id="question">${texts.question}</p>
${noteHtml(note, language)}
<form method="post" action="/" aria-labelledby="question">
<input type="hidden" name="lang" value="${language}">
${buttons.join('\n')}
</form>
<p class="small">${texts.demo} ${texts.repeats}</p>
</main>
</body>
</html>
`;
}

function noteHtml(note: PressNote | undefined, language: PageLanguage): string {
  const texts = BUTTON_TEXTS[language];
  if (note === undefined) return '<p class="note" role="status"></p>';
  if (note.kind === 'not-kept') return `<p class="note sorry" role="alert">${escapeHtml(texts.notKept(note.code))}</p>`;
  const kept = escapeHtml(texts.kept(note.seq, note.epoch));
  return `<p class="note thanks" role="status"><strong>${texts.thanks}</strong> ${kept}</p>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

export const BUTTON_STYLE = `
:root { color-scheme: light; font: 1.125rem/1.5 system-ui, sans-serif; }
body { margin: 0; color: #1a1a1a; background: #f4f1ea; }
nav { display: flex; gap: 1.25rem; justify-content: flex-end; padding: 1rem 1.5rem; }
nav a { color: #00407a; padding: 0.25rem; }
nav a[aria-current] { color: inherit; text-decoration: none; font-weight: 600; }
main { max-width: 60rem; margin: 0 auto; padding: 0 1.5rem 2rem; text-align: center; }
h1 { font-size: 1.25rem; font-weight: 600; margin: 0; }
.question { font-size: clamp(1.5rem, 4vw, 2.5rem); font-weight: 700; margin: 0.25rem 0 0; }
.note { min-height: 1.5em; margin: 0.75rem 0; overflow-wrap: anywhere; }
.thanks { color: #14532d; }
.sorry { color: #8b1a1a; font-weight: 600; }
form { display: grid; grid-template-columns: repeat(auto-fit, minmax(10rem, 1fr)); gap: 1.25rem; }
button { font: inherit; font-weight: 600; color: inherit; padding: 1rem; border: 2px solid #8a8478; border-radius: 1.25rem;
  background: #fff; box-shadow: 0 0.35rem 0 #8a8478; cursor: pointer; }
button:hover { background: #fbf7ee; }
button:active { transform: translateY(0.3rem); box-shadow: 0 0.05rem 0 #8a8478; }
button:focus-visible, a:focus-visible { outline: 4px solid #00407a; outline-offset: 3px; }
button span { display: block; margin-top: 0.5rem; }
.face { width: min(100%, 11rem); stroke: #1a1a1a; stroke-width: 3; }
.face .eye { fill: #1a1a1a; stroke: none; }
.face-3 { fill: #3fa45b; } .face-2 { fill: #a9d18e; } .face-1 { fill: #f4a460; } .face-0 { fill: #e0554a; }
.small { font-size: 0.95rem; color: #45413a; margin-top: 2rem; }
@media (prefers-reduced-motion: no-preference) { button { transition: transform 60ms, box-shadow 60ms; } }
`;
