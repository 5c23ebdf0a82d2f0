import * as z from 'zod';
import { RATINGS } from './rating.js';

export const ratingSchema = z.literal(RATINGS).describe('0 very unhappy, 1 unhappy, 2 happy, 3 very happy');
