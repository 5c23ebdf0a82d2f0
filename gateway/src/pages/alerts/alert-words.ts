import type { AlertWords } from '../../alerts/describe-alert.js';
import type { PageContext } from '../page-context.js';

/** What alerts are described with on a page. */
export function alertWords(context: PageContext, registry: AlertWords['registry']): AlertWords {
  const { language, messages, formats, now } = context;
  return { language, messages, formats, registry, now };
}
