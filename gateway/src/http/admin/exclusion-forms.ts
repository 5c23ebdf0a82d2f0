import { HymioError, idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { STAFF_NOTE_KINDS, type StaffNoteText } from '../../administration/staff-note.js';
import { EXCLUSION_REASONS, type ExclusionTarget } from '../../exclusions/exclusion.js';
import { loadExclusion, loadNote, loadPoint } from '../../pages/admin/admin-models.js';
import { exclusionPage } from '../../pages/admin/exclusions-page.js';
import { newExclusionPage } from '../../pages/admin/new-exclusion-page.js';
import { loadNewExclusion } from '../../pages/admin/new-exclusion-view.js';
import { notePage } from '../../pages/admin/note-page.js';
import { mayUse, type PageContext } from '../../pages/page-context.js';
import { LANGUAGES } from '../../registry/registry.js';
import type { FormWhere } from '../form-route.js';
import type { ServedParts } from '../http-parts.js';
import { editForm } from './edit-form.js';
import type { TypedItem } from './typed-item.js';

const none = z.object({});
const byId = z.object({ id: idSchema });
const byNumber = z.object({ id: z.coerce.number().int().min(1) });
const SPAN = { id: 'span', fields: ['target', 'from', 'to', 'reason', 'note'] };
const NOTE = { id: 'note', fields: ['kind', 'from', 'to', ...LANGUAGES.map((language) => `text.${language}`)] };

/** Forms that leave presses out and bring them back, and those of notes. */
export function exclusionForms(where: FormWhere): void {
  const load = async (_: object, { store, zone }: ServedParts) => ({
    registry: await store.registry(),
    zone,
    target: '',
  });
  // First step: is it understood? Then the page with the number of presses asks whether it is meant.
  editForm(
    { ...where, anonymous: true },
    {
      ...SPAN,
      path: '/admin/new-exclusion',
      params: none,
      load,
      read: (typed, { parts, context }) => {
        const { reason, note, from, to, span } = readSpan(typed, context.messages.admin.refusals['exclusion-empty']);
        const id = typed.text('target', 63);
        return async () => {
          const target = await findTarget(parts, id);
          // Refused here, at its field, rather than where it is asked whether it is meant.
          await parts.store.tallyPresses(target, span.from, span.to);
          const asked = { target: target.id, kind: target.kind, from, to, reason, note };
          return { to: `/admin/new-exclusion?${new URLSearchParams(asked)}`, notice: '' };
        };
      },
      page: newExclusionPage,
    },
  );
  editForm(where, {
    ...SPAN,
    id: 'confirm',
    path: '/admin/exclusions',
    params: none,
    load: async (_params, parts, { body }) => {
      const asked = Object.fromEntries([...body.values].map(([name, [value]]) => [name, value]));
      try {
        return await loadNewExclusion(asked, parts);
      } catch (error) {
        if (!isRefusedSpan(error)) throw error;
        // It holds no more since it was asked whether it is meant. To do it is refused as well: at its field.
        return loadNewExclusion({}, parts);
      }
    },
    read: (typed, { body, parts, context }) => {
      const { reason, note, span } = readSpan(typed, context.messages.admin.refusals['exclusion-empty']);
      const kind = body.text('kind') === 'service-point' ? 'service-point' : 'terminal';
      const target: ExclusionTarget = { kind, id: typed.text('target', 63) };
      return async (by) => {
        await parts.administration.exclude({ target, ...span, reason, ...(note !== '' && { note }) }, by);
        return { to: '/admin/exclusions', notice: context.messages.admin.exclusions.made };
      };
    },
    page: (model, context, sent) =>
      newExclusionPage(model, context, model.preview === undefined ? { ...sent, id: SPAN.id } : sent),
  });
  editForm(where, {
    id: 'revoke',
    fields: ['why'],
    path: '/admin/exclusions/:id/revoke',
    params: byNumber,
    load: ({ id }, parts) => loadExclusion(parts, id),
    read: (typed, { params, parts, context }) => {
      const why = typed.text('why');
      return async (by) => {
        await parts.administration.revokeExclusion(params.id, by, why === '' ? undefined : why);
        return { to: '/admin/exclusions', notice: context.messages.admin.exclusions.broughtBack };
      };
    },
    page: exclusionPage,
  });
  noteForms(where);
}

const REFUSED_SPANS = ['exclusion-unknown-target', 'exclusion-begins-beyond-sight', 'exclusion-ends-beyond-sight'];

function isRefusedSpan(error: unknown): boolean {
  return error instanceof HymioError && REFUSED_SPANS.includes(error.code);
}

function readSpan(typed: TypedItem, emptyText: string) {
  const span = { from: typed.instant('from'), to: typed.instant('to') };
  if (span.to <= span.from) typed.fault('to', emptyText);
  const given = typed.text('reason', 40);
  const reason = EXCLUSION_REASONS.find((one) => one === given) ?? 'other';
  return { reason, note: typed.text('note'), from: typed.text('from', 40), to: typed.text('to', 40), span };
}

/** The terminal or service point of an id; where both have it, the terminal. Error: `exclusion-unknown-target`. */
async function findTarget({ store, clock }: ServedParts, id: string): Promise<ExclusionTarget> {
  const { servicePoints, terminals } = await store.registry();
  // Who is limited may mean one that stands elsewhere now.
  const isKnown = terminals.some((terminal) => terminal.id === id);
  if (isKnown || (await store.terminal(id, clock.now())) !== undefined) return { kind: 'terminal', id };
  if (servicePoints.some((point) => point.id === id)) return { kind: 'service-point', id };
  throw new HymioError(
    'exclusion-unknown-target',
    `There is no terminal or service point ${id}.`,
    'Choose one that exists.',
  );
}

function noteForms(where: FormWhere): void {
  editForm(where, {
    ...NOTE,
    path: '/admin/service-points/:id/new-note',
    params: byId,
    load: ({ id }, parts) => loadPoint(parts, id),
    read: (typed, { params: { id }, parts, context }) => {
      const note = readNote(typed, id);
      return async (by) => {
        await parts.administration.putStaffNote(note, by);
        return { to: pointPath(id, context) };
      };
    },
    page: ({ zone, point }, context, sent) => notePage({ zone, point }, context, sent),
  });
  const known = {
    params: byNumber,
    load: ({ id }: { id: number }, parts: ServedParts) => loadNote(parts, id),
    page: notePage,
  };
  editForm(where, {
    ...NOTE,
    ...known,
    path: '/admin/notes/:id',
    read: (typed, { params: { id }, parts, model: { point }, context }) => {
      const note = readNote(typed, point.id);
      return async (by) => {
        await parts.administration.putStaffNote(note, by, id);
        return { to: pointPath(point.id, context) };
      };
    },
  });
  editForm(where, {
    ...known,
    id: 'remove',
    fields: [],
    path: '/admin/notes/:id/remove',
    read:
      (_, { params: { id }, parts, model: { point }, context }) =>
      async (by) => {
        await parts.administration.removeStaffNote(id, by);
        return { to: pointPath(point.id, context), notice: context.messages.admin.removed };
      },
  });
}

/** Staff may write notes, but not open the administration. */
function pointPath(id: string, context: PageContext): string {
  const path = `/admin/service-points/${id}`;
  return mayUse(context, 'GET', path) ? path : `/service-points/${id}`;
}

function readNote(typed: TypedItem, servicePoint: string): StaffNoteText {
  const given = typed.text('kind', 20);
  const kind = STAFF_NOTE_KINDS.find((one) => one === given) ?? 'note';
  const until = typed.text('to', 40) === '' ? {} : { to: typed.instant('to') };
  return { servicePoint, kind, from: typed.instant('from'), ...until, text: typed.localized('text') };
}
