import type { ComponentChildren } from 'preact';
import type { PageContext } from '../page-context.js';
import type { TerminalPageModel } from './terminal-page-model.js';

interface Props {
  model: TerminalPageModel;
  context: PageContext;
}

/** What the terminal says of itself, line by line; what it does not say is left out. */
export function TerminalFacts({ model, context }: Props) {
  const facts = [...contactFacts({ model, context }), ...deviceFacts({ model, context })];
  return (
    <dl class="facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

type Fact = [name: string, value: ComponentChildren];

function fact<T>(name: string, value: T | undefined, show: (value: T) => ComponentChildren): Fact[] {
  return value === undefined ? [] : [[name, show(value)]];
}

function contactFacts({ model: { known, detail }, context }: Props): Fact[] {
  const { messages, formats, now } = context;
  const { terminalPage: words, overview, state } = messages;
  const moment = (at: number) => formats.moment(at, now);
  const oldest = known.pending > 0 ? known.oldestPendingAt : undefined;
  const duration = formats.duration(Math.abs(known.clockAheadMs));
  const off = known.clockAheadMs > 0 ? state.clockAhead(duration) : state.clockBehind(duration);
  return [
    ...fact(words.lastHeard, detail.lastSeenAt, moment),
    ...fact(overview.lastPress, detail.lastPressAt, moment),
    ...fact(words.pending, known.status && known.pending, (pending) => formats.count(pending)),
    ...fact(words.oldestPending, oldest, moment),
    ...fact(words.clock, known.status, ({ clock }) => (known.clockAheadMs === 0 ? words.clocks[clock] : off)),
    [words.lost, formats.count(detail.lostPresses)],
    [words.missing, formats.count(detail.missingPresses)],
    ...fact(words.firstSeen, detail.firstSeenAt, moment),
  ];
}

function deviceFacts({ model: { known, detail }, context }: Props): Fact[] {
  const { messages, formats, now } = context;
  const words = messages.terminalPage;
  // Of a device that was exchanged nothing is known, whatever it said.
  const status = known.status && detail.status;
  const hardware = status?.hardware ?? {};
  return [
    ...fact(words.temperature, hardware.cpuTemperatureCelsius, (value) => `${formats.decimal(value, 0)} °C`),
    ...fact(words.throttled, hardware.throttled, (value) => (value ? words.throttledYes : words.throttledNo)),
    ...fact(words.freeDisk, hardware.freeDiskBytes, (value) => formats.bytes(value)),
    ...fact(words.freeMemory, hardware.freeMemoryBytes, (value) => formats.bytes(value)),
    ...fact(words.uptime, known.workingSince, () => formats.longDuration(status?.uptimeMs ?? 0)),
    ...fact(words.firmware, status?.firmware, (value) => value),
    ...fact(words.configVersion, status?.configVersion, (value) => value),
    ...fact(words.model, hardware.model, (value) => value),
    ...fact(words.statusAt, detail.statusAt, (at) => formats.moment(at, now)),
  ];
}
