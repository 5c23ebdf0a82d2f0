import type { Alert, AlertEntry, AlertNumbers, Notice } from '../../alerts/alert.js';
import { type AlertWords, describeAlert, describeNumbers } from '../../alerts/describe-alert.js';
import type { Registry } from '../../registry/registry.js';
import { NameField, TextAreaField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, freshForm } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import { LinkTo } from '../link-to.js';
import { LiveRegion, LiveStatus } from '../live-region.js';
import type { PageContext } from '../page-context.js';
import { AlertBadge } from './alert-badge.js';
import { alertWords } from './alert-words.js';
import { NoticeList } from './notice-list.js';

export interface AlertModel {
  alert: Alert;
  entries: readonly AlertEntry[];
  notices: readonly Notice[];
  registry: Registry;
  /** What its rule counts or sees now, where that is known. */
  numbersNow: AlertNumbers | undefined;
}

interface Shown {
  model: AlertModel;
  words: AlertWords;
  context: PageContext;
}

/** `sent`: the form again, with what is wrong. */
export function alertPage(model: AlertModel, context: PageContext, sent?: FormState): string {
  const { alertPages } = context.messages;
  const words = alertWords(context, model.registry);
  const shown: Shown = { model, words, context };
  const { title } = describeAlert(model.alert, words);
  return renderPage({
    context,
    title: `${alertPages.number(String(model.alert.id))}: ${title}`,
    current: 'alerts',
    live: true,
    children: (
      <>
        <p>
          <a href={context.link('/alerts')}>{alertPages.back}</a>
        </p>
        <h1>{title}</h1>
        <LiveStatus context={context} />
        <LiveRegion id="standing" context={context}>
          <Standing {...shown} />
        </LiveRegion>
        <Act {...shown} sent={sent} />
        <section aria-labelledby="history-title">
          <h2 id="history-title">{alertPages.history}</h2>
          <LiveRegion id="history" context={context}>
            <History {...shown} />
          </LiveRegion>
        </section>
        <section aria-labelledby="told-title">
          <h2 id="told-title">{alertPages.told}</h2>
          <LiveRegion id="told" context={context}>
            {model.notices.length === 0 ? (
              <p>{alertPages.toldNobody}</p>
            ) : (
              <NoticeList notices={model.notices} context={context} />
            )}
          </LiveRegion>
        </section>
        <Links {...shown} />
      </>
    ),
  });
}

function Standing({ model, words, context }: Shown) {
  const { alert, numbersNow } = model;
  const { formats, messages, now } = context;
  const { alertPages } = messages;
  const { happened, certainty } = describeAlert(alert, words);
  const lines = [
    ...certainty,
    ...(alert.reopened > 0 ? [alertPages.reopened(alert.reopened, formats.count(alert.reopened))] : []),
  ];
  return (
    <>
      <p>
        <AlertBadge alert={alert} context={context} /> {standingText(alert, context)}
      </p>
      <p class="figure">{happened}</p>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
      <p class="note">
        {alertPages.opened}: {formats.full(alert.openedAt)} (
        {alertPages.ago(formats.duration(Math.max(0, now - alert.openedAt)))})
      </p>
      <Now alert={alert} numbers={numbersNow} words={words} context={context} />
    </>
  );
}

function standingText({ state, acknowledged }: Alert, { messages, formats, now }: PageContext): string {
  const { alertPages, alerts } = messages;
  if (state.kind === 'closed') {
    const moment = formats.moment(state.at, now);
    if (state.how.kind === 'by-hand') return alertPages.closedByHand(state.how.by, moment);
    return `${alertPages.closedAt(moment)}. ${alerts.closedBecause[state.how.kind]}.`;
  }
  if (acknowledged === undefined) return '';
  return alertPages.acknowledgedBy(acknowledged.by, formats.moment(acknowledged.at, now));
}

function Now(props: { alert: Alert; numbers: AlertNumbers | undefined; words: AlertWords; context: PageContext }) {
  const { alert, numbers, words, context } = props;
  const { alertPages } = context.messages;
  if (numbers === undefined) return <p class="note">{alertPages.nowUnknown}</p>;
  if (alert.numbers.kind === 'presses' && numbers.kind === 'presses') {
    return <NumbersTable opened={alert.numbers} now={numbers} context={context} />;
  }
  return (
    <p>
      {alertPages.now}: {describeNumbers(alert.rule.condition, alert.subject, numbers, words)}
    </p>
  );
}

type PressNumbers = Extract<AlertNumbers, { kind: 'presses' }>;

function NumbersTable({ opened, now, context }: { opened: PressNumbers; now: PressNumbers; context: PageContext }) {
  const { messages, formats } = context;
  const { alertPages, common } = messages;
  const ratings = [3, 2, 1, 0] as const;
  return (
    <table class="compact ratings-table">
      <caption>{alertPages.numbersCaption}</caption>
      <thead>
        <tr>
          <th scope="col">{common.answers}</th>
          <th scope="col" class="number">
            {alertPages.whenOpened}
          </th>
          <th scope="col" class="number">
            {alertPages.now}
          </th>
        </tr>
      </thead>
      <tbody>
        {ratings.map((rating) => (
          <tr key={rating}>
            <th scope="row">{common.ratings[rating]}</th>
            <td class="number">{formats.count(opened.ratings[rating])}</td>
            <td class="number">{formats.count(now.ratings[rating])}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** The form stands apart from what changes by itself: nobody's typing is lost. */
function Act({ model: { alert }, context, sent }: Shown & { sent: FormState | undefined }) {
  const { alertPages } = context.messages;
  const form = sent ?? freshForm('act');
  const actions = [
    ...(alert.state.kind === 'open' ? [{ value: 'acknowledge', text: alertPages.acknowledge }] : []),
    ...(alert.state.kind === 'closed' ? [] : [{ value: 'close', text: alertPages.close, look: 'grave' as const }]),
    { value: 'comment', text: alertPages.comment, look: 'plain' as const },
  ];
  return (
    <section aria-labelledby="act-title">
      <h2 id="act-title">{alertPages.act}</h2>
      <Form context={context} form={form} action={`/alerts/${alert.id}`} submit={alertPages.comment} actions={actions}>
        <NameField form={form} context={context} />
        <TextAreaField
          form={form}
          name="text"
          label={alertPages.text}
          hint={alertPages.textHint}
          maxLength={MAX_COMMENT}
        />
      </Form>
    </section>
  );
}

/** Longest comment, characters. */
export const MAX_COMMENT = 2_000;

function History({ model: { entries }, context }: Shown) {
  const { formats, messages, now } = context;
  const { alertPages } = messages;
  return (
    <ol class="history">
      {entries.map((entry, index) => (
        <li key={`${index} ${entry.at}`}>
          <strong>{alertPages.entries[entry.kind]}</strong> {formats.moment(entry.at, now)},{' '}
          {entry.by ?? alertPages.byItself}
          {entry.text === undefined ? null : <p class="said">{entry.text}</p>}
        </li>
      ))}
    </ol>
  );
}

function Links({ model: { alert }, context }: Shown) {
  const { alertPages } = context.messages;
  const { subject } = alert;
  return (
    <ul class="notes">
      {subject.kind === 'terminal' ? (
        <li>
          <a href={context.link(`/terminals/${subject.terminal}`)}>{alertPages.terminalPage}</a>
        </li>
      ) : null}
      {subject.servicePoint === undefined ? null : (
        <li>
          <a href={context.link(`/service-points/${subject.servicePoint}`)}>{alertPages.servicePointPage}</a>
        </li>
      )}
      <li>
        <LinkTo context={context} to="/admin/alert-rules">
          {alertPages.rules}
        </LinkTo>
      </li>
    </ul>
  );
}
