/** What pages read from the address, though no document names it. */
export const QUERIES_OF_PAGES = [
  'lang',
  'scope',
  'service-point',
  'group',
  'week',
  'add',
  'edit',
  'before',
  'after',
  'page',
  'state',
  'from',
  'to',
  'target',
  'kind',
] as const;
