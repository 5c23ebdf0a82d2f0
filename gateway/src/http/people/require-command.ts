import type { CommandName } from '@hymio/protocol';
import { hasRole, type User } from '../../people/user.js';
import { roleTooSmall } from './guard-people.js';

/** Staff may find a terminal; what stops it for a moment is for administrators. Error: HymioError `role-too-small`. */
export function requireCommand({ role }: User, command: CommandName): void {
  if (command !== 'identify' && !hasRole(role, 'admin')) throw roleTooSmall();
}
