import { localized } from '../../language/language.js';
import { type PublicContext, renderPublicDocument } from './public-document.js';
import type { PublicModel } from './public-model.js';
import { answersText, LocalText, ResultNote, Share, ShareBar, weekNumber } from './public-result.js';

/** How the widget is to look on the page that embeds it. */
export interface WidgetLook {
  theme: 'auto' | 'light' | 'dark';
  background: 'plain' | 'transparent';
}

/** The last week's result, small, for a frame on somebody else's page. */
export function publicWidget(model: PublicModel, look: WidgetLook, context: PublicContext): string {
  const { publicTexts } = context.messages;
  const { last, current } = model;
  const week = last.result === null && current.result !== null ? current : last;
  return renderPublicDocument({
    context,
    kind: 'widget',
    title: publicTexts.title(localized(model.name, context.language)),
    look: [look.theme, look.background],
    children: (
      <main>
        <h1>
          <LocalText text={model.name} language={context.language} />
        </h1>
        <p class="week">{week === last ? publicTexts.lastWeek(weekNumber(last)) : publicTexts.thisWeek}</p>
        <Share week={week} context={context} />
        <ShareBar week={week} />
        <p class="answers">{answersText(week, context)}</p>
        <ResultNote week={week} context={context} />
        <p>
          <a href={`/public/${model.servicePoint}?lang=${context.language}`} target="_blank" rel="noopener">
            {publicTexts.more}
            <span class="hidden">{`: ${publicTexts.title(localized(model.name, context.language))}`}</span>
          </a>
        </p>
      </main>
    ),
  });
}
