import { localized } from '../../language/language.js';
import { type PublicContext, renderPublicDocument } from './public-document.js';
import type { PublicModel } from './public-model.js';
import { answersText, LocalText, ResultNote, Share, ShareBar, weekNumber } from './public-result.js';

/** How the widget is to look on the page that embeds it. */
export interface WidgetLook {
  theme: 'auto' | 'light' | 'dark';
  background: 'plain' | 'transparent';
}

/**
 * A browser paints a frame that is dark on a page that is not opaquely: where the ground is the other page's, its colours
 * are known only to that page, which says `theme`.
 */
function lookOf({ theme, background }: WidgetLook): string[] {
  return [background === 'transparent' && theme === 'auto' ? 'light' : theme, background];
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
    look: lookOf(look),
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
