import { idSchema } from '@hymio/protocol';
import * as z from 'zod';
import { parseLocalInput } from '../../calendar/local-input.js';
import { EXCLUSION_REASONS, type ExclusionRequest } from '../../exclusions/exclusion.js';
import type { HttpParts } from '../../http/http-parts.js';
import { pageView } from '../page-view.js';
import { type NewExclusionModel, newExclusionPage } from './new-exclusion-page.js';

const query = z.object({
  target: idSchema.catch(''),
  kind: z.enum(['terminal', 'service-point']).optional().catch(undefined),
  from: z.string().catch(''),
  to: z.string().catch(''),
  reason: z.enum(EXCLUSION_REASONS).optional().catch(undefined),
  note: z.string().max(500).catch(''),
});

/** What is to be left out; where the address says all of it, with the number of presses that it is about. */
export const newExclusionView = pageView({
  path: '/admin/new-exclusion',
  params: z.object({}),
  query,
  load: ({ query: asked }, parts) => loadNewExclusion(asked, parts),
  render: newExclusionPage,
  concerns: () => () => false,
});

/** `asked`: texts by name, from an address or a form. */
export async function loadNewExclusion(
  asked: unknown,
  { store, zone }: Pick<HttpParts, 'store' | 'zone'>,
): Promise<NewExclusionModel> {
  const read = query.parse(asked);
  const model = { registry: await store.registry(), zone, target: read.target };
  const request = requestOf(read, zone);
  if (request === undefined || request.to <= request.from) return model;
  const tally = await store.tallyPresses(request.target, request.from, request.to);
  return { ...model, preview: { request, tally } };
}

function requestOf(asked: z.infer<typeof query>, zone: string): ExclusionRequest | undefined {
  const { target: id, kind, reason, note } = asked;
  const from = parseLocalInput(asked.from, zone);
  const to = parseLocalInput(asked.to, zone);
  if (id === '' || kind === undefined || reason === undefined || from === undefined || to === undefined) {
    return undefined;
  }
  return { target: { kind, id }, from, to, reason, ...(note !== '' && { note }) };
}
