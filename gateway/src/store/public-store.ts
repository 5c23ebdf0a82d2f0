import type { Actor } from '../exclusions/exclusion.js';
import type { PublicBlock } from '../public/public-block.js';
import type { PublicSetting } from '../public/public-setting.js';

/** What a store keeps for the public views. Times are UTC ms. */
export interface PublicStore {
  /** Error: HymioError `unknown-service-point`. Leaves a line in the log of changes. */
  putPublicSetting(setting: PublicSetting, by: Actor): Promise<void>;
  /** Of service points that have ever been set, by id. */
  publicSettings(): Promise<PublicSetting[]>;
  /** Keeps a block for ever; one that begins where another of the service point does, or within it, is not taken. */
  closePublicBlock(block: PublicBlock): Promise<void>;
  /** Blocks that begin at `from` or later, by time. */
  publicBlocks(query: { servicePoint: string; from: number }): Promise<PublicBlock[]>;
}
