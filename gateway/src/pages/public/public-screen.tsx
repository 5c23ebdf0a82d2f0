import { localized } from '../../language/language.js';
import type { PublicWeek } from '../../public/public-week.js';
import { BEST_FIRST } from '../rating-counts.js';
import { Smiley } from '../smiley.js';
import { type PublicContext, renderPublicDocument } from './public-document.js';
import type { PublicModel } from './public-model.js';
import { answersText, LocalText, Share, ShareBar, weekNumber } from './public-result.js';

/** As many as can be read in passing. */
const MAX_CHANGES = 2;
/** Without the script the whole page is loaded again so often, s. */
const RELOAD_SECONDS = 300;

/**
 * The result for a screen in the lobby: one language after the other, changed by the style sheet alone. The script only
 * fetches it anew, so that the last result stays where the network is gone. `contexts`: one for each language, in turn.
 */
export function publicScreen(model: PublicModel, contexts: readonly [PublicContext, ...PublicContext[]]): string {
  const [first] = contexts;
  return renderPublicDocument({
    context: first,
    kind: 'screen',
    title: first.messages.publicTexts.title(localized(model.name, first.language)),
    head: (
      <>
        <script src={first.assets.publicScript} defer />
        <noscript>
          <meta http-equiv="refresh" content={String(RELOAD_SECONDS)} />
        </noscript>
      </>
    ),
    children: (
      <main class={`turns of-${contexts.length}`}>
        {contexts.map((context) => (
          <Turn key={context.language} model={model} context={context} first={context === first} />
        ))}
      </main>
    ),
  });
}

function Turn({ model, context, first }: { model: PublicModel; context: PublicContext; first: boolean }) {
  const { publicTexts } = context.messages;
  const { week, title } = shownWeek(model, context);
  const Title = first ? 'h1' : 'h2';
  const changes = model.changes.slice(0, MAX_CHANGES);
  return (
    <section lang={context.language} data-region={context.language}>
      <div>
        <Title>
          <LocalText text={model.name} language={context.language} />
        </Title>
        {model.questions.slice(0, 1).map((text) => (
          <p class="question" key="question">
            <LocalText text={text} language={context.language} />
          </p>
        ))}
      </div>
      <div class="result">
        <p class="week">{title}</p>
        {week.result === null ? (
          <p class="wait">{publicTexts.waitForResult}</p>
        ) : (
          <Share week={week} context={context} />
        )}
        <ShareBar week={week} />
        <p class="answers">{answersText(ofResult(week), context)}</p>
      </div>
      {changes.length === 0 ? null : (
        <div class="changes">
          <p class="label">{publicTexts.changes}</p>
          <ul>
            {changes.map(({ id, text }) => (
              <li key={id}>
                <LocalText text={text} language={context.language} />
              </li>
            ))}
          </ul>
        </div>
      )}
      <p class="press">
        <span class="row">
          {BEST_FIRST.map((rating) => (
            <Smiley key={rating} rating={rating} />
          ))}
        </span>{' '}
        {publicTexts.pressOnYourWay}
      </p>
    </section>
  );
}

/** Beside the large number stands how many answers it is of; who counts on sees the page. */
function ofResult(week: PublicWeek): PublicWeek {
  return { ...week, answers: week.result?.n ?? week.answers };
}

/** One number is read in passing: this week's, or last week's until there is one. */
function shownWeek({ current, last }: PublicModel, { messages }: PublicContext): { week: PublicWeek; title: string } {
  const { thisWeek, lastWeek } = messages.publicTexts;
  if (current.result === null && last.result !== null) return { week: last, title: lastWeek(weekNumber(last)) };
  return { week: current, title: thisWeek };
}
