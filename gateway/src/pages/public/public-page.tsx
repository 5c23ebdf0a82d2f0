import { localized } from '../../language/language.js';
import type { PublicWeek } from '../../public/public-week.js';
import { type PublicContext, PublicLanguages, renderPublicDocument } from './public-document.js';
import type { PublicModel } from './public-model.js';
import { answersText, Faces, hidesFaces, LocalText, ResultNote, Share, ShareBar, weekNumber } from './public-result.js';

/** The result of a service point for everybody. */
export function publicPage(model: PublicModel, context: PublicContext): string {
  const { publicTexts } = context.messages;
  const name = localized(model.name, context.language);
  const weeks = [model.last, model.current];
  return renderPublicDocument({
    context,
    kind: 'page',
    title: publicTexts.title(name),
    children: (
      <>
        <header>
          <PublicLanguages context={context} />
        </header>
        <main>
          <h1>
            <LocalText text={model.name} language={context.language} />
          </h1>
          <Questions model={model} context={context} />
          <div class="weeks">
            <Week week={model.last} title={publicTexts.lastWeek(weekNumber(model.last))} {...{ model, context }} />
            <Week week={model.current} title={publicTexts.thisWeek} {...{ model, context }} />
          </div>
          {model.showFaces && weeks.some(hidesFaces) ? <p class="note">{publicTexts.hiddenNote}</p> : null}
          <Changes model={model} context={context} />
          <p class="note">{publicTexts.asOf(context.formats.full(model.now))}</p>
        </main>
      </>
    ),
  });
}

function Questions({ model, context }: { model: PublicModel; context: PublicContext }) {
  if (model.questions.length === 0) return null;
  return (
    <p class="question">
      {context.messages.publicTexts.weAsked}{' '}
      {model.questions.map((text, index) => (
        <q key={JSON.stringify(text)}>
          {index > 0 ? ' ' : null}
          <LocalText text={text} language={context.language} />
        </q>
      ))}
    </p>
  );
}

function Week(props: { week: PublicWeek; title: string; model: PublicModel; context: PublicContext }) {
  const { week, title, model, context } = props;
  return (
    <section>
      <h2>{title}</h2>
      <Share week={week} context={context} />
      <ShareBar week={week} />
      <p class="answers">{answersText(week, context)}</p>
      {model.showFaces ? <Faces week={week} context={context} /> : null}
      <ResultNote week={week} context={context} />
    </section>
  );
}

function Changes({ model, context }: { model: PublicModel; context: PublicContext }) {
  if (model.changes.length === 0) return null;
  return (
    <section class="changes">
      <h2>{context.messages.publicTexts.changes}</h2>
      <ul>
        {model.changes.map(({ id, text }) => (
          <li key={id}>
            <LocalText text={text} language={context.language} />
          </li>
        ))}
      </ul>
    </section>
  );
}
