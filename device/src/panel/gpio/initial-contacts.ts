import { RATINGS, type Rating } from '@hymio/protocol';
import { runTool, type ToolEnvironment } from './tool-process.js';

/** Until a pull-up of 50 kΩ has charged the capacitor of the wiring (docs/wiring.md), with room. */
const RISE_MS = 30;

/**
 * Buttons that are down before they are watched: gpiomon tells changes alone, and a button that is stuck since before
 * the start would never be found. `request`: chip, bias and polarity as for gpiomon; `lines` by rating. Whatever keeps
 * gpioget from answering is left to gpiomon to complain of.
 */
export async function initialContacts(
  request: readonly string[],
  lines: readonly string[],
  environment: ToolEnvironment,
): Promise<Rating[]> {
  const args = [...request, '--numeric', '--hold-period', `${RISE_MS}ms`, ...lines];
  const { stdout } = await runTool('gpioget', args, environment);
  // One digit for each line, in their order.
  const values = stdout.trim().split(/\s+/);
  return values.length === RATINGS.length ? RATINGS.filter((rating) => values[rating] === '1') : [];
}
