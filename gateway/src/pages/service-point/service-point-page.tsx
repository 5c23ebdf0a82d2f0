import { localized } from '../../language/language.js';
import { usualPosterLanguages } from '../../report/poster/poster-languages.js';
import { OpenAlerts } from '../alerts/open-alerts.js';
import { renderPage } from '../layout.js';
import { LinkTo } from '../link-to.js';
import { LiveRegion, LiveStatus } from '../live-region.js';
import type { PageContext } from '../page-context.js';
import { RatingCountsList } from '../rating-counts.js';
import { Satisfied } from '../satisfied.js';
import { TerminalTable } from '../terminal-table.js';
import { Trail } from '../trail.js';
import { CountedTable } from './counted-table.js';
import type { ServicePointModel } from './service-point-model.js';

interface Props {
  model: ServicePointModel;
  context: PageContext;
}

/** One service point: today by hour, the last seven days, what is asked, which terminals stand there. */
export function servicePointPage(model: ServicePointModel, context: PageContext): string {
  const { messages, formats } = context;
  const words = messages.servicePoint;
  const title = localized(model.point.name, context.language);
  return renderPage({
    context,
    title,
    current: 'overview',
    live: true,
    children: (
      <>
        <Trail above={model.above} context={context} />
        <h1>{title}</h1>
        <Asked model={model} context={context} />
        <p>
          <LinkTo context={context} to={`/admin/service-points/${model.point.id}`}>
            {messages.admin.manage}
          </LinkTo>{' '}
          <LinkTo context={context} to={`/admin/service-points/${model.point.id}/new-note`}>
            {messages.admin.points.addNote}
          </LinkTo>
        </p>
        <LiveStatus context={context} />
        <LiveRegion id="today" class="summary" context={context}>
          <Cards model={model} context={context} />
        </LiveRegion>
        <Alerts model={model} context={context} />
        <section aria-labelledby="terminals-title">
          <h2 id="terminals-title">{messages.overview.terminalsHeading}</h2>
          <LiveRegion id="terminals" context={context}>
            {model.terminals.length === 0 ? (
              <p>{words.noTerminals}</p>
            ) : (
              <TerminalTable terminals={model.terminals} context={context} />
            )}
          </LiveRegion>
        </section>
        <section aria-labelledby="hours-title">
          <h2 id="hours-title">{words.todayByHour}</h2>
          <LiveRegion id="hours" context={context}>
            {model.hours.length === 0 ? (
              <p>{words.nothingToday}</p>
            ) : (
              <CountedTable
                spans={model.hours}
                head={messages.common.hour}
                nameOf={(from) => formats.time(from)}
                caption={words.todayByHour}
                context={context}
              />
            )}
          </LiveRegion>
        </section>
        <section aria-labelledby="days-title">
          <h2 id="days-title">{words.lastDays}</h2>
          <LiveRegion id="days" context={context}>
            <CountedTable
              spans={model.days}
              head={words.day}
              nameOf={(from) => formats.day(from)}
              caption={words.lastDays}
              context={context}
            />
          </LiveRegion>
          <p class="note">{messages.common.smallNumbersNote}</p>
          <p>
            <a href={context.link(`/reports/weekly?service-point=${model.point.id}`)}>{words.weeklyReport}</a>
          </p>
          <p>
            <a href={posterAddress(model, context)}>{words.poster}</a>
          </p>
        </section>
      </>
    ),
  });
}

/** In the language of the page and the other one of the country. */
function posterAddress({ point, lastMonth }: ServicePointModel, { language }: PageContext): string {
  return `/reports/poster/${lastMonth}?service-point=${point.id}&lang=${usualPosterLanguages(language).join(',')}`;
}

function Asked({ model, context }: Props) {
  const words = context.messages.servicePoint;
  if (model.questions.length === 0) return null;
  const texts = model.questions.map((text) => localized(text, context.language));
  return (
    <p class="lead">
      {words.asks} {texts.map((text) => `”${text}”`).join(' · ')}
    </p>
  );
}

function Cards({ model, context }: Props) {
  const { messages, formats } = context;
  const words = messages.servicePoint;
  const { today, week, openToday } = model;
  const spans = openToday?.map(({ from, to }) => `${formats.time(from)}–${formats.time(to)}`).join(', ');
  return (
    <>
      <div class="card">
        <p class="figure">
          {messages.overview.answersToday(messages.common.answerCount(today.n, formats.count(today.n)))}
        </p>
        <RatingCountsList ratings={today.ratings} context={context} />
        <p>
          <Satisfied counts={today} context={context} withLabel />
        </p>
        <p class="detail">
          {spans === undefined ? words.alwaysOpen : spans === '' ? words.closedToday : words.openToday(spans)}
        </p>
      </div>
      <div class="card">
        <p class="figure">{words.inDays(messages.common.answerCount(week.n, formats.count(week.n)))}</p>
        <RatingCountsList ratings={week.ratings} context={context} />
        <p>
          <Satisfied counts={week} context={context} withLabel />
        </p>
      </div>
    </>
  );
}

/** Nothing where this server has nothing to do with alerts. */
function Alerts({ model, context }: Props) {
  if (model.alerts === undefined) return null;
  return (
    <section aria-labelledby="alerts-title">
      <h2 id="alerts-title">{context.messages.servicePoint.alerts}</h2>
      <LiveRegion id="alerts" context={context}>
        <OpenAlerts alerts={model.alerts} registry={model.registry} context={context} />
      </LiveRegion>
    </section>
  );
}
