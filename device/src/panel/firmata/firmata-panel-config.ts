import { RATING_NAMES } from '@hymio/protocol';
import * as z from 'zod';

/** A digital pin by its number, or an analog one by its name. Pins 0 and 1 carry the connection. */
const firmataPinSchema = z.union([
  z.int().min(2).max(127),
  z.string().regex(/^A\d{1,2}$/, 'write a number from 2 on, or a name such as A0'),
]);
export type FirmataPin = z.infer<typeof firmataPinSchema>;
/** Indexed by rating. */
export type FirmataPins = [FirmataPin, FirmataPin, FirmataPin, FirmataPin];

const pinsSchema = z.union([
  z.tuple([firmataPinSchema, firmataPinSchema, firmataPinSchema, firmataPinSchema]),
  z
    .strictObject({
      'very-unhappy': firmataPinSchema,
      unhappy: firmataPinSchema,
      happy: firmataPinSchema,
      'very-happy': firmataPinSchema,
    })
    .transform((pins): FirmataPins => [pins['very-unhappy'], pins.unhappy, pins.happy, pins['very-happy']]),
]);

/** `panel: { type: firmata }` of a terminal's configuration: an Arduino with StandardFirmata (docs/wiring.md). */
export const firmataPanelConfigSchema = z
  .strictObject({
    type: z.literal('firmata'),
    /** Device file, best the lasting one under /dev/serial/by-id; `auto` takes the only USB serial port there is. */
    port: z
      .union([z.literal('auto'), z.string().startsWith('/', 'write auto, or a path such as /dev/ttyACM0')])
      .default('auto'),
    /** StandardFirmata's own rate is 57600. */
    baudRate: z.union([9600, 19200, 38400, 57600, 115200].map((rate) => z.literal(rate))).default(57600),
    /** By name, or a list from very unhappy to very happy. */
    pins: pinsSchema,
    led: firmataPinSchema.optional(),
    beeper: firmataPinSchema.optional(),
    /** True: a button connects its pin to ground (pull-up on); false: to the supply, with a resistor to ground. */
    activeLow: z.boolean().default(true),
  })
  .superRefine(({ pins, led, beeper }, context) => {
    const used = [...pins.map((pin, rating) => [RATING_NAMES[rating], pin]), ['led', led], ['beeper', beeper]];
    for (const [index, [name, pin]] of used.entries()) {
      const other = used.slice(0, index).find(([, taken]) => pin !== undefined && taken === pin);
      if (other !== undefined)
        context.addIssue({ code: 'custom', path: ['pins'], message: `${name} has the pin of ${other[0]}` });
    }
  });
export type FirmataPanelConfig = z.infer<typeof firmataPanelConfigSchema>;
