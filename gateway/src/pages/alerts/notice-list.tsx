import type { Notice } from '../../alerts/alert.js';
import type { PageContext } from '../page-context.js';

/** Who was told, and what became of it. `withAlert`: with a link to the alert that it is about. */
export function NoticeList(props: { notices: readonly Notice[]; context: PageContext; withAlert?: boolean }) {
  const { notices, context, withAlert = false } = props;
  const { alertPages } = context.messages;
  return (
    <ul class="notes">
      {notices.map((notice) => (
        <li key={notice.id}>
          {withAlert && notice.alert !== undefined ? (
            <>
              <a href={context.link(`/alerts/${notice.alert}`)}>{alertPages.number(String(notice.alert))}</a>,{' '}
            </>
          ) : null}
          {alertPages.notices[notice.event]}: <span class="id-like">{recipientText(notice, context)}</span>,{' '}
          {stateText(notice, context)}
          <Reason notice={notice} context={context} />
        </li>
      ))}
    </ul>
  );
}

function recipientText({ recipient }: Notice, { messages }: PageContext): string {
  return recipient.kind === 'email' ? recipient.address : messages.alertPages.notices.webhook(recipient.webhook);
}

function stateText({ state }: Notice, { messages, formats, now }: PageContext): string {
  const { notices } = messages.alertPages;
  switch (state.kind) {
    case 'delivered':
      return notices.delivered(formats.moment(state.at, now));
    case 'given-up':
      return notices.givenUp(formats.moment(state.at, now));
    case 'waiting': {
      const next = formats.moment(state.nextAt, now);
      if (state.attempts === 0) return notices.waiting(next);
      return notices.failing(state.attempts, formats.count(state.attempts), next);
    }
  }
}

/** What the other end or the network said stays in its own words. */
function Reason({ notice: { state }, context }: { notice: Notice; context: PageContext }) {
  const reason = state.kind === 'delivered' ? undefined : state.reason;
  if (reason === undefined) return null;
  return (
    <span class="detail" lang="en">
      {context.messages.alertPages.notices.reason(reason)}
    </span>
  );
}
