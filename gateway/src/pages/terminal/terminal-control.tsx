import { COMMANDS, type CommandName, SETTING_NAMES } from '@hymio/protocol';
import type { CommandRun } from '../../commands/command-run.js';
import { mayCommand } from '../../people/user.js';
import { settingText } from '../admin/settings/setting-text.js';
import { settingsPath } from '../admin/settings/settings-page.js';
import { NameField } from '../forms/fields.js';
import { Form } from '../forms/form.js';
import { type FormState, formOr } from '../forms/form-state.js';
import { LiveRegion } from '../live-region.js';
import { mayUse, type PageContext } from '../page-context.js';
import type { TerminalPageModel } from './terminal-page-model.js';

interface Props {
  model: TerminalPageModel;
  context: PageContext;
}

/** What is desired of the terminal beside what it reports, and what it can be asked to do. */
export function TerminalControl({ model, context, sent }: Props & { sent: FormState | undefined }) {
  const words = context.messages.terminalSettings;
  const { id } = model.terminal.record;
  const form = formOr(sent, 'command');
  return (
    <>
      <section aria-labelledby="settings-title">
        <h2 id="settings-title">{words.settingsTitle}</h2>
        <LiveRegion id="settings" context={context}>
          <Versions model={model} context={context} />
        </LiveRegion>
        {mayUse(context, 'GET', settingsPath({ kind: 'terminal', id })) ? (
          <p>
            <a href={context.link(settingsPath({ kind: 'terminal', id }))}>{words.change}</a>
          </p>
        ) : null}
      </section>
      <section aria-labelledby="commands-title">
        <h2 id="commands-title">{words.commandsTitle}</h2>
        <Form
          context={context}
          form={form}
          action={`/terminals/${id}/command`}
          submit=""
          actions={commandsOf(context).map((value) => ({ value, text: words.commands[value], look: 'plain' as const }))}
        >
          <p class="hint">{words.commandsHint}</p>
          <NameField form={form} context={context} />
        </Form>
        <LiveRegion id="commands" context={context}>
          <Runs runs={model.runs} context={context} />
        </LiveRegion>
      </section>
    </>
  );
}

/** What who looks may have it do. */
function commandsOf({ viewer }: PageContext): readonly CommandName[] {
  return COMMANDS.filter((one) => viewer === undefined || (viewer.kind === 'person' && mayCommand(viewer, one)));
}

/** Desired and reported side by side. */
function Versions({ model: { config, detail }, context }: Props) {
  const words = context.messages.terminalSettings;
  const { state, version, settings } = config;
  const said = SETTING_NAMES.flatMap((name) => {
    const text = settingText(name, settings, context);
    return text === undefined ? [] : [[words.names[name], text] as const];
  });
  return (
    <dl class="facts">
      <div>
        <dt>{words.state}</dt>
        <dd>{words.states[state.kind]}</dd>
      </div>
      {state.kind === 'refused' ? (
        <div>
          <dt>{words.reason}</dt>
          <dd>{state.reason}</dd>
        </div>
      ) : null}
      <div>
        <dt>{words.desiredVersion}</dt>
        <dd>{said.length === 0 ? words.nothingDesired : version}</dd>
      </div>
      <div>
        <dt>{words.reportedVersion}</dt>
        <dd>{detail.status?.configVersion ?? words.nothingReported}</dd>
      </div>
      {said.map(([name, text]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{text}</dd>
        </div>
      ))}
    </dl>
  );
}

function Runs({ runs, context }: { runs: readonly CommandRun[]; context: PageContext }) {
  const { formats, now, messages } = context;
  const words = messages.terminalSettings;
  if (runs.length === 0) return null;
  return (
    <ul class="notes">
      {runs.map((run) => (
        <li key={run.id}>
          {`${words.commands[run.command]} (${run.who}, ${formats.moment(run.at, now)}): ${words.runs[run.state]}`}
          {run.code === undefined ? null : ` ${words.refusals[run.code] ?? run.code}`}
          {run.detail === undefined ? null : ` ${run.detail}`}
          {run.diagnostics === undefined || !commandsOf(context).includes('send-diagnostics') ? null : (
            <details>
              <summary>{words.diagnostics}</summary>
              <pre>{JSON.stringify(run.diagnostics, undefined, 1)}</pre>
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
