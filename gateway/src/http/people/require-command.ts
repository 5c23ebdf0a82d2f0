import type { CommandName } from '@hymio/protocol';
import { mayCommand, type User } from '../../people/user.js';
import { roleTooSmall } from './guard-people.js';

/** Error: HymioError `role-too-small`. */
export function requireCommand(user: User, command: CommandName): void {
  if (!mayCommand(user, command)) throw roleTooSmall();
}
