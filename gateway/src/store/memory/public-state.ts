import type { Actor } from '../../exclusions/exclusion.js';
import type { PublicBlock } from '../../public/public-block.js';
import { checkPublicSetting, type PublicSetting } from '../../public/public-setting.js';
import { logChanges } from './administer-state.js';
import type { MemoryState } from './memory-state.js';

export function putPublicSetting(state: MemoryState, setting: PublicSetting, by: Actor): void {
  const id = setting.servicePoint;
  checkPublicSetting(
    setting,
    state.registry.servicePoints.some((point) => point.id === id),
  );
  const before = state.publicSettings.find(({ servicePoint }) => servicePoint === id);
  state.publicSettings = [
    ...state.publicSettings.filter(({ servicePoint }) => servicePoint !== id),
    structuredClone(setting),
  ].sort((a, b) => (a.servicePoint < b.servicePoint ? -1 : 1));
  const subject = { kind: 'public-view', id } as const;
  logChanges(state, [{ subject, ...(before !== undefined && { before }), after: setting }], by, {
    what: 'put-public-view',
  });
}

export function closePublicBlock(state: MemoryState, block: PublicBlock): void {
  const overlaps = state.publicBlocks.some(
    ({ servicePoint, from, to }) => servicePoint === block.servicePoint && from < block.to && to > block.from,
  );
  if (!overlaps) state.publicBlocks.push(structuredClone(block));
}

export function listPublicBlocks(
  { publicBlocks }: MemoryState,
  query: { servicePoint: string; from: number },
): PublicBlock[] {
  const found = publicBlocks.filter(
    ({ servicePoint, from }) => servicePoint === query.servicePoint && from >= query.from,
  );
  return structuredClone(found.sort((a, b) => a.from - b.from));
}
