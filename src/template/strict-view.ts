/** Thrown when a template asks for something that its view does not have. */
export class UnknownField extends Error {
  readonly field: string;

  constructor(field: string) {
    super(`unknown field ${field}`);
    this.field = field;
  }
}

/** What Handlebars itself asks of every value. */
const askedByHandlebars: readonly string[] = ["toHTML", "toString", "valueOf"];

/**
 * A view that answers for its own fields only. Handlebars' strict mode sees a misspelt `{{titl}}`, but lets `{{#if titl}}`
 * and `{{#each titl}}` pass as if the field were there and empty.
 */
export function strictView<T>(value: T): T {
  if (Array.isArray(value)) return value.map(strictView) as T;
  if (typeof value !== "object" || value === null || Object.getPrototypeOf(value) !== Object.prototype) return value;
  const strict = Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, strictView(inner)]));
  return new Proxy(strict, {
    get(target, key, receiver) {
      if (typeof key === "string" && !Object.hasOwn(target, key) && !askedByHandlebars.includes(key))
        throw new UnknownField(key);
      return Reflect.get(target, key, receiver);
    },
  }) as T;
}
