import { userInfo } from 'node:os';

/** The user of this computer, for the log of changes. */
export function whoAsks(): { who: string; at: number } {
  try {
    return { who: userInfo().username, at: Date.now() };
  } catch {
    // A user without a name, as containers have them.
    return { who: `user ${process.getuid?.() ?? ''}`.trim(), at: Date.now() };
  }
}
