import { RATINGS, type Rating } from '@hymio/protocol';
import type { Words } from '../../language/words.js';
import type { PdfDocument } from '../../pdf/pdf-document.js';
import { smileySvg } from '../../pdf/smiley-svg.js';
import { shareText } from '../../public/share-text.js';
import {
  type PublicTable,
  SMALLEST_CELL,
  SMALLEST_TOTAL,
  suppressSmallCells,
} from '../../public/suppress-small-cells.js';
import { LANGUAGES, type Language, type LocalizedText } from '../../registry/registry.js';
import type { PosterInput } from './poster-input.js';

/** More would not be read on the way past. */
const MAX_CHANGES = 5;

/** Text with the language that it is in, for who reads it aloud. */
interface Spoken {
  language: Language;
  text: string;
}

/** What is said once in each of the two languages. */
interface PosterVoice {
  language: Language;
  name: Spoken;
  month: string;
  /** 81 %, at least 90 %; null: too few answers to say. */
  share: string | null;
  satisfied: string;
  answers: string;
  tooFew: string;
  asked: { lead: string; questions: Spoken[] } | null;
  ratings: readonly [string, string, string, string];
  hiddenNote: string | null;
  changes: { title: string; texts: Spoken[] } | null;
  invitation: string;
}

/** A poster as the template `assets/pdf/poster.typ` reads it: what may be public of the month, in two languages. Pure. */
export function posterPdf(input: PosterInput, words: readonly [Words, Words]): PdfDocument {
  const table = suppressSmallCells(input.ratings);
  const cells = input.show.faces && table.cells.some((cell) => cell !== null) ? table.cells : null;
  const voices = words.map((one) => voiceOf(input, table, one));
  return {
    template: 'poster',
    data: {
      title: `${words[0].messages.publicTexts.title(given(input.name, words[0].language).text)} – ${voices[0]?.month}`,
      voices,
      // From where to where the bar reaches; what lies between is not known.
      bar: table.n < SMALLEST_TOTAL ? null : [table.satisfied.low / table.n, table.satisfied.high / table.n],
      counts: cells === null ? null : RATINGS.map((rating) => shownCount(cells[rating], words[0])),
      faces: RATINGS.map(smileySvg),
    },
  };
}

function voiceOf(input: PosterInput, table: PublicTable, words: Words): PosterVoice {
  const { language, messages, formats } = words;
  const { publicTexts, common } = messages;
  const { n } = table;
  const { show, questions, changes } = input;
  const hidesSome = table.cells.some((cell) => cell === null) && table.cells.some((cell) => cell !== null);
  return {
    language,
    name: given(input.name, language),
    month: formats.month(input.month.from),
    share: n < SMALLEST_TOTAL ? null : shareText(table, words),
    satisfied: publicTexts.satisfied,
    answers: n < SMALLEST_CELL ? publicTexts.fewAnswered : publicTexts.answered(n, formats.count(n)),
    tooFew: publicTexts.tooFewForResult,
    asked:
      show.question && questions.length > 0
        ? { lead: publicTexts.weAsked, questions: questions.map((text) => given(text, language)) }
        : null,
    ratings: common.ratings,
    hiddenNote: show.faces && hidesSome ? publicTexts.hiddenNote : null,
    changes:
      show.changes && changes.length > 0
        ? { title: publicTexts.changes, texts: changes.slice(0, MAX_CHANGES).map(({ text }) => given(text, language)) }
        : null,
    invitation: publicTexts.pressOnYourWay,
  };
}

/** The text in that language, or else in the first that it is given in. */
function given(text: LocalizedText, language: Language): Spoken {
  const found = [language, ...LANGUAGES].find((one) => text[one] !== undefined && text[one] !== '') ?? language;
  return { language: found, text: text[found] ?? '' };
}

function shownCount(cell: PublicTable['cells'][Rating], { formats }: Words): string {
  return cell === null ? '–' : formats.count(cell);
}
