import * as z from 'zod';

/** A line of a GPIO chip: its offset (on a Raspberry Pi the BCM number), or the name that the kernel has for it. */
const gpioLineSchema = z.union([
  z.int().min(0).max(1023),
  z.string().regex(/^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/, 'write a name such as GPIO17, or the BCM number'),
]);
export type GpioLine = z.infer<typeof gpioLineSchema>;

/** `panel: { type: gpio }` of a terminal's configuration: buttons on the header of a Raspberry Pi (docs/wiring.md). */
export const gpioPanelConfigSchema = z
  .strictObject({
    type: z.literal('gpio'),
    /** `gpiochip0`, or its path; without it the chip of the Raspberry Pi's header is found by its label. */
    chip: z
      .string()
      .regex(/^(\/dev\/)?[A-Za-z0-9_-]+$/, 'write it as gpiochip0')
      .optional(),
    lines: z.strictObject({
      'very-unhappy': gpioLineSchema,
      unhappy: gpioLineSchema,
      happy: gpioLineSchema,
      'very-happy': gpioLineSchema,
    }),
    led: gpioLineSchema.optional(),
    beeper: gpioLineSchema.optional(),
    /** True: a button connects its line to ground (pull-up on); false: to 3.3 V (pull-down on). */
    activeLow: z.boolean().default(true),
  })
  .superRefine(({ lines, led, beeper }, context) => {
    const used = [...Object.values(lines), led, beeper].filter((line) => line !== undefined).map(canonical);
    const twice = used.find((line, index) => used.indexOf(line) !== index);
    if (twice !== undefined)
      context.addIssue({ code: 'custom', path: ['lines'], message: `line ${twice} is used more than once` });
  });
export type GpioPanelConfig = z.infer<typeof gpioPanelConfigSchema>;

function canonical(line: GpioLine): string {
  return typeof line === 'number' ? `GPIO${line}` : line;
}
