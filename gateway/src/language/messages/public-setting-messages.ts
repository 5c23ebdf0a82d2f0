/** The page on which staff make the result of a service point public. */
export interface PublicSettingMessages {
  title(name: string): string;
  lead: string;
  isOn: string;
  isOff: string;
  enabled: string;
  enabledHint: string;
  parts: string;
  question: string;
  faces: string;
  facesHint: string;
  changes: string;
  changesHint: string;
  savedOn: string;
  savedOff: string;
  addresses: string;
  page: string;
  screen: string;
  widget: string;
  embed: string;
  embedNote: string;
  /** Where `public.frameAncestors` names nobody, or the gateway has no address for others. */
  embedForbidden: string;
  smallNumbers: string;
}
