import type { PublicWeek } from '../../public/public-week.js';
import { shareText } from '../../public/share-text.js';
import { LANGUAGES, type Language, type LocalizedText } from '../../registry/registry.js';
import type { PageContext } from '../page-context.js';
import { BEST_FIRST } from '../rating-counts.js';
import { Smiley } from '../smiley.js';

/** How many answered. */
export function answersText({ answers, result }: PublicWeek, { formats, messages }: PageContext): string {
  const { answered, fewAnswered } = messages.publicTexts;
  // Presses that were excluded after they were published leave the one, not the other.
  const n = Math.max(answers ?? 0, result?.n ?? 0);
  return n === 0 ? fewAnswered : answered(n, formats.count(n));
}

/** The large number, with what it counts. */
export function Share({ week, context }: { week: PublicWeek; context: PageContext }) {
  if (week.result === null) return null;
  return (
    <p class={week.result.satisfied.low === week.result.satisfied.high ? 'share' : 'share bounds'}>
      <strong>{shareText(week.result, context)}</strong> <span>{context.messages.publicTexts.satisfied}</span>
    </p>
  );
}

/** The share as a bar, for the eye alone; what is not known is hatched. */
export function ShareBar({ week: { result } }: { week: PublicWeek }) {
  if (result === null) return null;
  const { n, satisfied } = result;
  const [sure, possible] = [(100 * satisfied.low) / n, (100 * (satisfied.high - satisfied.low)) / n];
  return (
    <svg class="bar" viewBox="0 0 100 4" preserveAspectRatio="none" aria-hidden="true" focusable="false">
      <rect class="track" x="0" y="0" width="100" height="4" />
      <rect class="sure" x="0" y="0" width={sure} height="4" />
      <rect class="possible" x={sure} y="0" width={possible} height="4" />
    </svg>
  );
}

/** How often each face was pressed, where it may be told of at least two. */
export function Faces({ week: { result }, context }: { week: PublicWeek; context: PageContext }) {
  if (result === null || result.cells.every((cell) => cell === null)) return null;
  const { common, publicTexts } = context.messages;
  return (
    <ul class="faces" aria-label={publicTexts.faces}>
      {BEST_FIRST.map((rating) => {
        const cell = result.cells[rating] ?? null;
        return (
          <li key={rating} class={cell === null ? 'withheld' : undefined}>
            <Smiley rating={rating} />
            <span class="hidden">{`${common.ratings[rating]}: `}</span>
            <span>{cell === null ? publicTexts.hidden : context.formats.count(cell)}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Does the week hide the count of a face while it shows others? */
export function hidesFaces({ result }: PublicWeek): boolean {
  return result?.cells.some((cell) => cell === null) === true && result.cells.some((cell) => cell !== null);
}

/** What the result is of, where that is not plain from the number of answers. */
export function ResultNote({ week, context }: { week: PublicWeek; context: PageContext }) {
  const { publicTexts } = context.messages;
  const { result, to, answers } = week;
  const running = context.now < to;
  if (result === null) return <p class="note">{running ? publicTexts.waitForResult : publicTexts.tooFewForResult}</p>;
  if (!running && result.n === answers) return null;
  const day = context.formats.days(result.upTo - 1, result.upTo);
  return <p class="note">{publicTexts.resultOf(result.n, context.formats.count(result.n), day)}</p>;
}

/** A text of the operator or the staff, in the language that it is given in. */
export function LocalText({ text, language }: { text: LocalizedText; language: Language }) {
  const given = [language, ...LANGUAGES].find((one) => text[one] !== undefined && text[one] !== '');
  if (given === undefined) return null;
  return <span lang={given === language ? undefined : given}>{text[given]}</span>;
}

/** 47 of `2026-W47`. */
export function weekNumber({ week }: PublicWeek): number {
  return Number(week.slice(-2));
}
