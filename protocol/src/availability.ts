import * as z from 'zod';

/** Topic `availability`, retained, plain text: said at connect, and by the will when the connection breaks. */
export const availabilitySchema = z.enum(['online', 'offline']);
export type Availability = z.infer<typeof availabilitySchema>;
