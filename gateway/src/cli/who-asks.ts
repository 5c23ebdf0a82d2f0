import { userInfo } from 'node:os';
import type { Actor } from '../exclusions/exclusion.js';

/** The user of this computer, now, for the log of changes. */
export function whoAsks(): Actor {
  try {
    return { who: userInfo().username, at: Date.now() };
  } catch {
    // A user without a name, as containers have them.
    return { who: `user ${process.getuid?.() ?? ''}`.trim(), at: Date.now() };
  }
}
