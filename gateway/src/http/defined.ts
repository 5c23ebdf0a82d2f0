/** The same without the fields that are undefined, for interfaces in which absent is absent. */
export type Defined<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

export function withoutUndefined<T extends object>(value: T): Defined<T> {
  const defined: Defined<T> = {};
  for (const key in value) {
    const field = value[key];
    if (field !== undefined) defined[key] = field as Exclude<T[typeof key], undefined>;
  }
  return defined;
}
