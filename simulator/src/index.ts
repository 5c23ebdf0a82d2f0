export { ButtonServer, type ButtonServerParts } from './demo/button-page/button-server.js';
export { demoOutages } from './demo/demo-calendar.js';
export { DEMO_PLACES, type DemoPlace, OWN_TERMINAL, SILENT_TERMINAL, UNPLUGGED_TERMINAL } from './demo/demo-place.js';
export { demoRegistry } from './demo/demo-registry.js';
export { applyCut, CALMED, type Cut, describeCut, readCut } from './deterministic/cut.js';
export { compareReached, describeReached, type ReachedDifference } from './deterministic/describe-reached.js';
export { describeFailure, describeSeed } from './deterministic/describe-seed.js';
export { FAULT_KINDS, FAULTS, type FaultKind } from './deterministic/fault-kinds.js';
export { describeIdentity } from './deterministic/identity/describe-identity.js';
export { IDENTITY_FAULT_KINDS, type IdentityFault, type IdentityPlan } from './deterministic/identity/identity-plan.js';
export type { IdentityTampering } from './deterministic/identity/identity-tampering.js';
export { IdentityWire, type IdentityWireParts, type WireEnd } from './deterministic/identity/identity-wire.js';
export { KnownCertificates } from './deterministic/identity/known-certificates.js';
export { RealWork } from './deterministic/identity/real-work.js';
export {
  describeIdentities,
  type IdentityTally,
  simulateIdentities,
} from './deterministic/identity/simulate-identities.js';
export {
  type IdentityOptions,
  type IdentityResult,
  simulateIdentity,
} from './deterministic/identity/simulate-identity.js';
export { SimulatedFiles } from './deterministic/identity/simulated-files.js';
export { describeOffice } from './deterministic/office/describe-office.js';
export { applyOfficeCut } from './deterministic/office/office-cut.js';
export { OFFICE_FAULT_KINDS, type OfficeFault, type OfficePlan } from './deterministic/office/office-plan.js';
export { type OfficeTampering, UNTAMPERED } from './deterministic/office/office-tampering.js';
export { describeShrunkOffice, type ShrunkOffice, shrinkOffice } from './deterministic/office/shrink-office.js';
export { type OfficeOptions, type OfficeResult, simulateOffice } from './deterministic/office/simulate-office.js';
export { describeOfficeTally, type OfficeTally, simulateOffices } from './deterministic/office/simulate-offices.js';
export type { Plan } from './deterministic/plan.js';
export type { ReachedCounts } from './deterministic/reached.js';
export { Scheduler } from './deterministic/scheduler.js';
export { type JobOptions, type SeedRange, simulateInJobs, simulateOfficeInJobs } from './deterministic/seed-jobs.js';
export { shrinkList } from './deterministic/shrink-list.js';
export { describeShrunk, type Shrunk, shrinkSeed } from './deterministic/shrink-seed.js';
export { SETTLING_MS, type SeedResult, type SimulateOptions, simulateSeed } from './deterministic/simulate-seed.js';
export {
  describeTally as describeSeeds,
  type SeedTally,
  simulateSeeds,
  sumTallies,
} from './deterministic/simulate-seeds.js';
export type { JournalOpening, Receiver, Tampering } from './deterministic/tampering.js';
export { IDENTITY_MACHINES, OFFICE_MACHINES, PRESS_MACHINES, TRANSITIONS } from './deterministic/transitions.js';
export type { Breach } from './deterministic/verdict.js';
export { CuttableProxy } from './fleet/cuttable-proxy.js';
export { type Disturbance, DisturbedTransport, UNDISTURBED } from './fleet/disturbed-transport.js';
export { FAULT_LEVELS, type Fault, type FaultLevel, planFaults } from './fleet/fault-plan.js';
export { fileLog } from './fleet/file-log.js';
export { FirmwareMachine, type MachineParts } from './fleet/firmware-machine.js';
export { type FleetOptions, fleetOptionsSchema, readFleetOptions } from './fleet/fleet-options.js';
export { describeTally, type FleetTally } from './fleet/fleet-tally.js';
export { type HostPlace, machineParts } from './fleet/host-place.js';
export { LinkSwitch } from './fleet/link-switch.js';
export { LocalHost } from './fleet/local-host.js';
export { ProcessHost } from './fleet/process-host.js';
export { type FleetWatch, runFleet } from './fleet/run-fleet.js';
export type { Push, TerminalHost } from './fleet/terminal-host.js';
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
export { readVerifyOptions, type VerifyOptions, verifyOptionsSchema } from './verify/verify-options.js';
export { verifyRun } from './verify/verify-run.js';
export { isOpen, type OpeningHours, onDays, WEEKDAYS, type Weekday, workdays } from './visitors/opening-hours.js';
export { type VisitRate, visitRate } from './visitors/visit-rate.js';
export type { VisitorPress } from './visitors/visitor-press.js';
export { type VisitorProfile, visitorProfile } from './visitors/visitor-profile.js';
export { visitorStream } from './visitors/visitor-stream.js';
