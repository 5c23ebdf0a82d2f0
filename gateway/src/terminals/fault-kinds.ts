/** With one of these faults a terminal takes no presses. */
const BLOCKING_FAULTS: readonly string[] = ['journal-full', 'journal-unwritable'];
/** Likewise every fault whose code begins so, */
const BLOCKING_PREFIX = 'panel-';
/** but for these: the panel goes on. */
const HARMLESS_PANEL_FAULTS: readonly string[] = ['panel-memory-full'];
/** Faults of the file, the card or the disk that presses are kept on, beside every `journal-…`. */
const STORAGE_FAULTS: readonly string[] = ['press-set-aside', 'press-unreadable', 'config-not-saved'];

/** True for a fault with which a terminal takes no presses. */
export function isBlockingFault(code: string): boolean {
  if (BLOCKING_FAULTS.includes(code)) return true;
  return code.startsWith(BLOCKING_PREFIX) && !HARMLESS_PANEL_FAULTS.includes(code);
}

/** True for a fault of what presses are kept on. */
export function isStorageFault(code: string): boolean {
  return code.startsWith('journal-') || STORAGE_FAULTS.includes(code);
}
