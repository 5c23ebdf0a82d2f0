export { buildTerminal, type TerminalProcess } from './build-terminal.js';
export { isChronySynced } from './clock/chrony-tracking.js';
export type { DeviceClock } from './clock/device-clock.js';
export { resolveTime } from './clock/resolve-time.js';
export { SYNC_WAIT_MS, SyncWatch } from './clock/sync-watch.js';
export { CLOCK_SOURCES, type ClockSource, SystemClock } from './clock/system-clock.js';
export { CommandDesk, type CommandParts } from './commands/command-desk.js';
export { judgeCommand } from './commands/judge-command.js';
export { makeDiagnostics } from './commands/make-diagnostics.js';
export { decideConfig } from './config/decide-config.js';
export { RemoteConfig, type SettingsHost, type SettingsShelf } from './config/remote-config.js';
export { SettingsFile } from './config/settings-file.js';
export { readTerminalConfig, type TerminalConfig, terminalConfigSchema } from './config/terminal-config.js';
export type { DurableFiles } from './files/durable-files.js';
export { NODE_FILES } from './files/node-files.js';
export { FIRMWARE_BUILT_AT, FIRMWARE_VERSION, FIRST_FIRMWARE_AT } from './firmware.js';
export { enrolTerminal } from './identity/enrol-terminal.js';
export type { ClientTls, GatewayWire } from './identity/gateway-wire.js';
export { HTTPS_WIRE } from './identity/https-wire.js';
export { type Identity, IdentityFile } from './identity/identity-file.js';
export { makeCsr } from './identity/make-csr.js';
export { renewalDue, type Validity } from './identity/renewal-due.js';
export { TerminalIdentity, type TerminalIdentityParts } from './identity/terminal-identity.js';
export { type TlsFault, tlsFault } from './identity/tls-fault.js';
export type { EpochFacts, Journal, JournalPress, NewPress, PressToKeep } from './journal/journal.js';
export { JOURNAL_NAME } from './journal/journal-folder.js';
export { isKnownNumber, type KnownBoots, type PanelNumber, withNumber } from './journal/known-numbers.js';
export { emptyDisk, type MemoryDisk, MemoryJournal } from './journal/memory-journal.js';
export type { JournalNotice, JournalPlace } from './journal/open-journal.js';
export { decodePress, encodePress, type PressRow } from './journal/press-row.js';
export { ResilientJournal } from './journal/resilient-journal.js';
export { type Log, SILENT_LOG } from './log/log.js';
export { maskSecrets } from './log/mask-secrets.js';
export { pinoLog } from './log/pino-log.js';
export { RecentLog } from './log/recent-log.js';
export { buildPanel, type TextStreams } from './panel/build-panel.js';
export { type ButtonRules, DEFAULT_BUTTON_RULES } from './panel/buttons/button-rules.js';
export {
  type ButtonUsage,
  NO_USAGE,
  SUSPICIOUS_MS,
  SUSPICIOUS_PRESSES,
  suspiciousDetail,
  usedButton,
  workedOn,
} from './panel/buttons/button-usage.js';
export {
  type ButtonEffect,
  type ButtonEvent,
  type ButtonsState,
  buttonsDueMs,
  INITIAL_BUTTONS,
  isChattering,
  isSettled,
  stepButtons,
} from './panel/buttons/step-buttons.js';
export {
  type ButtonEdge,
  type DriverListener,
  type NumberedPress,
  PANEL_FAULTS,
  type PanelDriver,
  type PanelFaultCode,
  SIGNALS,
  type Signal,
} from './panel/driver/panel-driver.js';
export {
  type FirmataPanelConfig,
  type FirmataPins,
  firmataPanelConfigSchema,
} from './panel/firmata/firmata-panel-config.js';
export { FirmataPanelDriver, type FirmataPanelOptions } from './panel/firmata/firmata-panel-driver.js';
export { type BoardCapabilities, type PinPlan, planPins } from './panel/firmata/pin-plan.js';
export { type GpioPanelConfig, gpioPanelConfigSchema } from './panel/gpio/gpio-panel-config.js';
export { GpioPanelDriver, type GpioPanelOptions } from './panel/gpio/gpio-panel-driver.js';
export { type KernelEdge, readMonitorLine } from './panel/gpio/gpiomon-output.js';
export { type GpioChip, readChips } from './panel/gpio/header-chip.js';
export { versionFault } from './panel/gpio/tool-version.js';
export { Indicator, type IndicatorOutput } from './panel/indicator/indicator.js';
export { NO_CONTACT_EVERY_MS, PATTERNS, type Pattern } from './panel/indicator/patterns.js';
export { type HardwarePanelConfig, makeDriver } from './panel/make-driver.js';
export type { OnPress, Panel, PanelHost, PressFacts, PressOutcome } from './panel/panel.js';
export { NAMED_AT_LEAST_MS, PanelFaults } from './panel/panel-faults.js';
export { PanelManner } from './panel/panel-manner.js';
export {
  ALONE_MS,
  BUTTON_PATIENCE_MS,
  beginPanelTest,
  type PanelOutputs,
  type PanelTest,
  type PanelTestEffect,
  type PanelTestEvent,
  type PanelTestOutcome,
  type PanelTestStep,
  READY_PATIENCE_MS,
  REMIND_EVERY_MS,
  SIGNAL_MS,
  stepPanelTest,
} from './panel/panel-test/step-panel-test.js';
export { TestedPanel, type TestedPanelOptions } from './panel/panel-test/tested-panel.js';
export { REPLUG_MOST_MS, RETRY_MOST_MS, RetrySchedule, STEADY_MS } from './panel/retry-schedule.js';
export { type FrameReading, type FrameState, NO_FRAME, readFrames, writeFrame } from './panel/serial/serial-frame.js';
export { hostLine, type PanelMessage, readPanelMessage } from './panel/serial/serial-message.js';
export { type SerialPanelConfig, serialPanelConfigSchema } from './panel/serial/serial-panel-config.js';
export { SerialPanelDriver, type SerialPanelOptions } from './panel/serial/serial-panel-driver.js';
export { choosePort } from './panel/serial-port/choose-port.js';
export {
  describeSerialPort,
  isProbablyPanel,
  listSerialPorts,
  mayOpen,
  PANEL_VENDORS,
  type SerialPortInfo,
} from './panel/serial-port/list-serial-ports.js';
export { openFault } from './panel/serial-port/open-fault.js';
export { type ListedPort, portLines } from './panel/serial-port/port-lines.js';
export { SerialLine, type SerialLineListener } from './panel/serial-port/serial-line.js';
export { describeOutcome, StdinPanel } from './panel/stdin-panel.js';
export { SupervisedPanel } from './panel/supervised-panel.js';
export type { PanelObserver, SupervisedPanelOptions } from './panel/supervised-panel-options.js';
export { type LineState, lineText, NO_LINE, readTextLines } from './panel/text-lines.js';
export { UsageFile } from './panel/usage-file.js';
export { type UsageShelf, UsageWatch } from './panel/usage-watch.js';
export { VirtualPanel } from './panel/virtual-panel.js';
export { FaultList } from './status/fault-list.js';
export { Heartbeat, type HeartbeatParts, KEEP_ACKNOWLEDGED_MS } from './status/heartbeat.js';
export { listedSpans } from './status/listed-spans.js';
export { JournalWatch } from './supervision/journal-watch.js';
export {
  describeProgress,
  isMakingProgress,
  JOURNAL_PATIENCE_MS,
  type JournalProgress,
  OPENING_PATIENCE_MS,
  type PanelProgress,
  type ProgressFacts,
  RETRY_PATIENCE_MS,
  whatHinders,
} from './supervision/progress.js';
export { NO_SUPERVISOR, type Supervisor } from './supervision/supervisor.js';
export { SystemdSupervisor, supervisorOf } from './supervision/systemd-supervisor.js';
export { Watchdog } from './supervision/watchdog.js';
export { HEARTBEAT_MS, Terminal, type TerminalParts } from './terminal.js';
export { MqttTransport, type MqttTransportOptions } from './transport/mqtt-transport.js';
export type { Publication, Transport, TransportListener } from './transport/transport.js';
export { backoffMs } from './uplink/backoff.js';
export { Uplink, type UplinkParts } from './uplink/uplink.js';
export {
  INITIAL_UPLINK,
  stepUplink,
  type UplinkEffect,
  type UplinkEvent,
  type UplinkPhase,
  type UplinkState,
  type UplinkView,
} from './uplink/uplink-machine.js';
