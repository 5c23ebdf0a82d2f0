import type Board from 'johnny-five/lib/board.js';

/**
 * johnny-five and firmata-io, loaded where a panel needs them and nowhere else. Of johnny-five only its Board: all of it
 * takes another 5 MB and 100 ms for parts that no panel has.
 */
export async function loadLibraries() {
  const [{ default: firmata }, { default: JohnnyFiveBoard }] = await Promise.all([
    import('firmata-io'),
    import('johnny-five/lib/board.js'),
  ]);
  return { Firmata: firmata.Firmata, Board: JohnnyFiveBoard };
}
export type FirmataLibraries = Awaited<ReturnType<typeof loadLibraries>>;

/** johnny-five remembers every board for ever: one that is gone is taken from its memory. */
export function forgetBoard({ Board: JohnnyFiveBoard }: FirmataLibraries, board: Board): void {
  const index = JohnnyFiveBoard.cache.indexOf(board);
  if (index >= 0) JohnnyFiveBoard.cache.splice(index, 1);
}
