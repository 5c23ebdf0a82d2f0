import { localized } from '../../language/language.js';
import { attentionOf } from '../../terminals/terminal-state.js';
import type { FormState } from '../forms/form-state.js';
import { renderPage } from '../layout.js';
import { LinkTo } from '../link-to.js';
import { LiveRegion, LiveStatus } from '../live-region.js';
import type { PageContext } from '../page-context.js';
import { StateBadge } from '../state-badge.js';
import { advice, faultText, stateNotes } from '../state-text.js';
import { Trail } from '../trail.js';
import { TerminalControl } from './terminal-control.js';
import { TerminalFacts } from './terminal-facts.js';
import type { TerminalPageModel } from './terminal-page-model.js';
import { TerminalPast } from './terminal-past.js';
import { Timeline } from './timeline.js';

interface Props {
  model: TerminalPageModel;
  context: PageContext;
}

/** One terminal: how it is and what to do, its last two weeks, what it says of itself, where it stood. */
export function terminalPage(model: TerminalPageModel, context: PageContext, sent?: FormState): string {
  const { record } = model.terminal;
  const words = context.messages.terminalPage;
  const title = record.name ?? record.id;
  return renderPage({
    context,
    title,
    current: 'overview',
    live: true,
    children: (
      <>
        <Trail above={model.above} context={context} />
        <h1>{title}</h1>
        <Where model={model} context={context} />
        <p>
          <LinkTo context={context} to={`/admin/terminals/${record.id}`}>
            {context.messages.admin.manage}
          </LinkTo>
        </p>
        <LiveStatus context={context} />
        <LiveRegion id="state" context={context}>
          <StateNow model={model} context={context} />
        </LiveRegion>
        <section aria-labelledby="timeline-title">
          <h2 id="timeline-title">{words.timeline}</h2>
          <LiveRegion id="timeline" context={context}>
            <Covered model={model} context={context} />
            <Timeline days={model.days} context={context} />
          </LiveRegion>
        </section>
        <section aria-labelledby="facts-title">
          <h2 id="facts-title">{words.facts}</h2>
          <LiveRegion id="facts" context={context}>
            <TerminalFacts model={model} context={context} />
          </LiveRegion>
        </section>
        <TerminalControl model={model} context={context} sent={sent} />
        <TerminalPast model={model} context={context} />
      </>
    ),
  });
}

function Where({ model, context }: Props) {
  const { record } = model.terminal;
  const { messages, language } = context;
  const point = record.assignment?.servicePoint;
  const name = model.points.get(point ?? '');
  const question = model.questions.get(record.assignment?.question ?? '');
  return (
    <p class="lead">
      {record.name === undefined ? null : <span class="id">{record.id}</span>}
      {point === undefined || name === undefined ? (
        messages.common.unassigned
      ) : (
        <a href={context.link(`/service-points/${point}`)}>{localized(name, language)}</a>
      )}
      {question === undefined ? null : <> · {messages.terminalPage.asks(localized(question, language))}</>}
    </p>
  );
}

function StateNow({ model, context }: Props) {
  const { state } = model.terminal;
  const { messages, formats, now } = context;
  const words = messages.terminalPage;
  const faults = state.kind === 'faulty' || state.kind === 'storage-problem' ? state.faults : [];
  const notes = faults.length > 0 ? [] : stateNotes(state, context);
  return (
    <div class={`card state-now attention-${attentionOf(state)}`}>
      <p class="figure">
        <StateBadge kind={state.kind} text={messages.state.names[state.kind]} />
      </p>
      {state.kind === 'working' ? <p>{words.workingSince(formats.moment(state.since, now))}</p> : null}
      {notes.map((note) => (
        <p key={note}>{note}</p>
      ))}
      {faults.length > 0 ? null : advice(state, context).map((text) => <p key={text}>{text}</p>)}
      {faults.length === 0 ? null : (
        <ul class="faults">
          {faults.map((fault) => (
            <FaultItem key={fault.code} fault={fault} context={context} />
          ))}
        </ul>
      )}
      {model.known.contradictions.map((one) => (
        <p key={one} class="note">
          {messages.state.contradictions[one]}
        </p>
      ))}
    </div>
  );
}

function FaultItem(props: { fault: TerminalPageModel['known']['faults'][number]; context: PageContext }) {
  const { fault, context } = props;
  const { messages, formats, now } = context;
  const { what, todo } = faultText(fault.code, context);
  return (
    <li>
      <p>
        <strong>{what}</strong>
      </p>
      <p>{todo}</p>
      <p class="detail">
        {`${messages.state.since(formats.moment(fault.since, now))} · ${fault.code}`}
        {fault.detail === undefined ? '' : `: ${fault.detail}`}
      </p>
    </li>
  );
}

function Covered({ model: { coverage }, context }: Props) {
  const { messages, formats } = context;
  if (coverage.openMs === 0) return <p>{messages.terminalPage.noOpeningTime}</p>;
  const share = formats.percent(Math.floor((100 * coverage.workedMs) / coverage.openMs) / 100);
  return <p>{messages.terminalPage.covered(share)}</p>;
}
