import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { loadGroup, loadPoint, loadQuestion } from '../../pages/admin/admin-models.js';
import { groupPage } from '../../pages/admin/group-page.js';
import { questionPage } from '../../pages/admin/questions-page.js';
import { pointPage } from '../../pages/admin/service-point-page.js';
import { LANGUAGES, WEEKDAYS } from '../../registry/registry.js';
import type { FormWhere } from '../form-route.js';
import type { ServedParts } from '../http-parts.js';
import { editForm } from './edit-form.js';
import type { TypedItem } from './typed-item.js';

const none = z.object({});
const byId = z.object({ id: idSchema });
const names = (field: string) => LANGUAGES.map((language) => `${field}.${language}`);
const GROUP = { id: 'group', fields: ['id', 'parent', 'exceptions', ...names('name')] };
const HOURS = WEEKDAYS.map((day) => `openingHours.${day}`);
const POINT = { id: 'point', fields: ['id', 'group', 'exceptions', 'repeatWindow', ...HOURS, ...names('name')] };
const QUESTION = { id: 'question', fields: ['id', ...names('text')] };
const REMOVAL = { id: 'remove', fields: [] };

/** Forms of groups, service points and questions. */
export function placeForms(where: FormWhere): void {
  groupForms(where);
  pointForms(where);
  questionForms(where);
}

function groupForms(where: FormWhere): void {
  const read = (typed: TypedItem, id: string) => {
    const parent = typed.text('parent', 63);
    const group = {
      id,
      ...(parent !== '' && { parent }),
      name: typed.localized('name'),
      ...typed.exceptions('exceptions'),
    };
    return { kind: 'put-group', group, ...typed.version() } as const;
  };
  editForm(where, {
    ...GROUP,
    path: '/admin/new-group',
    params: none,
    load: async (_, { store }) => ({ registry: await store.registry() }),
    read: (typed, { parts }) => {
      const edit = read(typed, typed.text('id', 63));
      return async (by) => {
        await parts.administration.editRegistry(edit, by);
        return { to: `/admin/groups/${edit.group.id}` };
      };
    },
    page: groupPage,
  });
  editForm(where, {
    ...GROUP,
    path: '/admin/groups/:id',
    params: byId,
    load: ({ id }, parts) => loadGroup(parts, id),
    read: (typed, { params, parts }) => {
      const edit = read(typed, params.id);
      return async (by) => {
        await parts.administration.editRegistry(edit, by);
        return { to: `/admin/groups/${params.id}` };
      };
    },
    page: groupPage,
  });
  editForm(where, {
    ...REMOVAL,
    path: '/admin/groups/:id/remove',
    params: byId,
    load: ({ id }, parts) => loadGroup(parts, id),
    read:
      (typed, { params, parts, context }) =>
      async (by) => {
        await parts.administration.editRegistry({ kind: 'remove-group', id: params.id, ...typed.version() }, by);
        return { to: '/admin', notice: context.messages.admin.removed };
      },
    page: groupPage,
  });
}

function pointForms(where: FormWhere): void {
  const read = (typed: TypedItem, id: string) => {
    const servicePoint = {
      id,
      group: typed.text('group', 63),
      name: typed.localized('name'),
      repeatWindowMs: typed.repeatWindowMs('repeatWindow'),
      ...typed.openingHours(),
      ...typed.exceptions('exceptions'),
    };
    return { kind: 'put-service-point', servicePoint, ...typed.version() } as const;
  };
  editForm(where, {
    ...POINT,
    path: '/admin/new-service-point',
    params: none,
    load: async (_, { store, zone }) => ({ registry: await store.registry(), zone, notes: [] }),
    read: (typed, { parts }) => {
      const edit = read(typed, typed.text('id', 63));
      return async (by) => {
        await parts.administration.editRegistry(edit, by);
        return { to: `/admin/service-points/${edit.servicePoint.id}` };
      };
    },
    page: pointPage,
  });
  const known = {
    params: byId,
    load: ({ id }: { id: string }, parts: ServedParts) => loadPoint(parts, id),
    page: pointPage,
  };
  editForm(where, {
    ...POINT,
    ...known,
    path: '/admin/service-points/:id',
    read: (typed, { params, parts }) => {
      const edit = read(typed, params.id);
      return async (by) => {
        await parts.administration.editRegistry(edit, by);
        return { to: `/admin/service-points/${params.id}` };
      };
    },
  });
  editForm(where, {
    ...REMOVAL,
    ...known,
    path: '/admin/service-points/:id/remove',
    read:
      (typed, { params, parts, context }) =>
      async (by) => {
        await parts.administration.editRegistry(
          { kind: 'remove-service-point', id: params.id, ...typed.version() },
          by,
        );
        return { to: '/admin', notice: context.messages.admin.removed };
      },
  });
  editForm(where, {
    ...known,
    id: 'ask',
    fields: ['question', 'from'],
    path: '/admin/service-points/:id/ask',
    read: (typed, { params: { id: servicePoint }, parts, context }) => {
      const question = typed.text('question', 63);
      const asks = question === '' ? {} : { question };
      const from = typed.instant('from');
      return async (by) => {
        await parts.administration.editRegistry(
          { kind: 'ask-question', servicePoint, from, ...asks, ...typed.version() },
          by,
        );
        return { to: `/admin/service-points/${servicePoint}`, notice: context.messages.admin.points.asked };
      };
    },
  });
}

function questionForms(where: FormWhere): void {
  const read = (typed: TypedItem, id: string) =>
    ({ kind: 'put-question', question: { id, text: typed.localized('text') }, ...typed.version() }) as const;
  editForm(where, {
    ...QUESTION,
    path: '/admin/new-question',
    params: none,
    load: async (_, { store }) => ({ registry: await store.registry() }),
    read: (typed, { parts }) => {
      const edit = read(typed, typed.text('id', 63));
      return async (by) => {
        await parts.administration.editRegistry(edit, by);
        return { to: `/admin/questions/${edit.question.id}` };
      };
    },
    page: questionPage,
  });
  const known = {
    params: byId,
    load: ({ id }: { id: string }, parts: ServedParts) => loadQuestion(parts, id),
    page: questionPage,
  };
  editForm(where, {
    ...QUESTION,
    ...known,
    path: '/admin/questions/:id',
    read: (typed, { params, parts }) => {
      const edit = read(typed, params.id);
      return async (by) => {
        await parts.administration.editRegistry(edit, by);
        return { to: `/admin/questions/${params.id}` };
      };
    },
  });
  editForm(where, {
    ...REMOVAL,
    ...known,
    path: '/admin/questions/:id/remove',
    read:
      (typed, { params, parts, context }) =>
      async (by) => {
        await parts.administration.editRegistry({ kind: 'remove-question', id: params.id, ...typed.version() }, by);
        return { to: '/admin/questions', notice: context.messages.admin.removed };
      },
  });
}
