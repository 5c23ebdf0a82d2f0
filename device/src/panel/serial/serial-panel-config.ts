import * as z from 'zod';

/** `panel: { type: serial }` of a terminal's configuration: a panel with its own microcontroller (docs/panel-serial.md). */
export const serialPanelConfigSchema = z.strictObject({
  type: z.literal('serial'),
  /** Device file, best the lasting one under /dev/serial/by-id; `auto` takes the only USB serial port there is. */
  port: z
    .union([z.literal('auto'), z.string().startsWith('/', 'write auto, or a path such as /dev/ttyACM0')])
    .default('auto'),
  baudRate: z.union([9600, 19200, 38400, 57600, 115200].map((rate) => z.literal(rate))).default(115200),
});
export type SerialPanelConfig = z.infer<typeof serialPanelConfigSchema>;
