import type { Rating } from '@hymio/protocol';
import type { Boot } from '../time/simulated-clock.js';
import type { HostPlace } from './host-place.js';

/** What the fleet asks of a terminal in a process of its own. */
export type HostCall =
  | { method: 'begin'; place: HostPlace; startAt: number }
  | { method: 'moveTo'; at: number }
  | { method: 'run'; factor: number }
  | { method: 'pause' }
  | { method: 'boot'; boot: Boot }
  | { method: 'press'; rating: Rating }
  | { method: 'link'; up: boolean }
  | { method: 'pending' }
  | { method: 'stop' };

export interface HostRequest {
  id: number;
  call: HostCall;
}
export type HostReply = { id: number; result: unknown } | { id: number; error: string };
