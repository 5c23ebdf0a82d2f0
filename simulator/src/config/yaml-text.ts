import { stringify } from 'yaml';

/** A configuration as the text of a YAML file. */
export function yamlText(value: object): string {
  return stringify(value);
}
