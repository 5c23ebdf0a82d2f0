import { HymioError } from '@hymio/protocol';
import type { HttpParts } from '../../http/http-parts.js';
import type { ExclusionModel } from './exclusions-page.js';
import type { GroupModel } from './group-page.js';
import type { NoteModel } from './note-page.js';
import type { QuestionModel } from './questions-page.js';
import type { KnownPoint } from './service-point-page.js';
import type { TerminalModel } from './terminal-page.js';

type Parts = Pick<HttpParts, 'store' | 'zone' | 'enrolment'>;

/** Changes of a terminal that its page shows. */
const SHOWN_CHANGES = 20;

function unknown(code: string, what: string, id: string | number): HymioError {
  return new HymioError(code, `There is no ${what} ${JSON.stringify(id)}.`, 'Look for it in the administration.');
}

/** Error: HymioError `unknown-group`. */
export async function loadGroup({ store }: Parts, id: string): Promise<Required<GroupModel>> {
  const registry = await store.registry();
  const group = registry.groups.find((one) => one.id === id);
  if (group === undefined) throw unknown('unknown-group', 'group', id);
  return { registry, group };
}

/** Error: HymioError `unknown-service-point`. */
export async function loadPoint({ store, zone }: Parts, id: string): Promise<KnownPoint> {
  const [registry, notes] = await Promise.all([store.registry(), store.staffNotes({ servicePoint: id })]);
  const point = registry.servicePoints.find((one) => one.id === id);
  if (point === undefined) throw unknown('unknown-service-point', 'service point', id);
  return { registry, zone, point, notes };
}

/** Error: HymioError `unknown-question`. */
export async function loadQuestion({ store }: Parts, id: string): Promise<Required<QuestionModel>> {
  const registry = await store.registry();
  const question = registry.questions.find((one) => one.id === id);
  if (question === undefined) throw unknown('unknown-question', 'question', id);
  return { registry, question };
}

/** `now`: UTC ms. Error: HymioError `unknown-terminal`. */
export async function loadTerminal({ store, zone, enrolment }: Parts, id: string, now: number): Promise<TerminalModel> {
  const limit = SHOWN_CHANGES;
  const [registry, terminal, own, stays, proofs, standing] = await Promise.all([
    store.registry(),
    store.terminal(id, now),
    store.registryLog({ limit, subject: { kind: 'terminal', id } }),
    store.registryLog({ limit, subject: { kind: 'assignment', id } }),
    store.registryLog({ limit, subject: { kind: 'terminal-identity', id } }),
    enrolment?.standing(id, now),
  ]);
  if (terminal === undefined) throw unknown('unknown-terminal', 'terminal', id);
  const log = [...own, ...stays, ...proofs].sort((a, b) => b.id - a.id).slice(0, limit);
  const identity = standing === undefined ? {} : { identity: { ...standing, isOpen: enrolment?.isOpen === true } };
  return { registry, zone, terminal, log, ...identity };
}

/** Error: HymioError `unknown-exclusion`. */
export async function loadExclusion({ store }: Parts, id: number): Promise<ExclusionModel> {
  const [registry, exclusions] = await Promise.all([store.registry(), store.exclusions()]);
  const exclusion = exclusions.find((one) => one.id === id);
  if (exclusion === undefined) throw unknown('unknown-exclusion', 'exclusion', id);
  return { registry, exclusion };
}

/** Errors: HymioError `unknown-note`, `unknown-service-point`. */
export async function loadNote({ store, zone }: Parts, id: number): Promise<Required<NoteModel>> {
  const [registry, notes] = await Promise.all([store.registry(), store.staffNotes()]);
  const note = notes.find((one) => one.id === id);
  if (note === undefined) throw unknown('unknown-note', 'note', id);
  const point = registry.servicePoints.find((one) => one.id === note.servicePoint);
  if (point === undefined) throw unknown('unknown-service-point', 'service point', note.servicePoint);
  return { zone, point, note };
}
