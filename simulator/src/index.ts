export { type Ledger, LedgerFile } from './ledger/ledger.js';
export {
  type KeptPress,
  type LedgerLine,
  type LedgerRun,
  ledgerLineSchema,
  type UnansweredPress,
} from './ledger/ledger-line.js';
export { type LedgerContent, readLedger } from './ledger/read-ledger.js';
export { drawBetween, drawChance, drawExponential, drawInteger } from './random/draw.js';
export { seededRandom } from './random/seeded-random.js';
export { LocalTime } from './time/local-time.js';
export { NetworkClock } from './time/network-clock.js';
export { type Boot, SimulatedClock, type WallError } from './time/simulated-clock.js';
export { TrueTime } from './time/true-time.js';
export type { AggregateRow, ExportedPress, StoreView, WindowOf } from './verify/exported.js';
export { GatewayReader } from './verify/gateway-reader.js';
export { CHECKS, type Check, describeVerdict, type Finding, isClean, type Verdict } from './verify/verdict.js';
export { verifyGateway } from './verify/verify-gateway.js';
export { verifyRun } from './verify/verify-run.js';
export { isOpen, type OpeningHours, onDays, WEEKDAYS, type Weekday, workdays } from './visitors/opening-hours.js';
export { type VisitRate, visitRate } from './visitors/visit-rate.js';
export type { VisitorPress } from './visitors/visitor-press.js';
export { type VisitorProfile, visitorProfile } from './visitors/visitor-profile.js';
export { visitorStream } from './visitors/visitor-stream.js';
