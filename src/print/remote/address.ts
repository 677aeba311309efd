import { Failure } from "../../core/failure.ts";

/** The environment variable that names a browser to use instead of those that are found. */
export const OVERRIDE_VARIABLE = "RESULTATPLAN_BROWSER";

/** Whatever begins like this is an address, and never a file. */
const SCHEME = /^(?:wss?|https?):/i;

/**
 * Where a browser that somebody else started is spoken to. Its path and question are often a key to the browser, and its user
 * a password: only `shown` is for people, and for JSON.
 */
export class RemoteAddress {
  readonly #url: URL;

  constructor(url: URL) {
    this.#url = url;
  }

  /** All of it. Not to be shown to anybody. */
  get url(): URL {
    return this.#url;
  }

  /** The address without what may be secret. */
  get shown(): string {
    const { protocol, host, pathname, search } = this.#url;
    return `${protocol}//${host}${pathname.length > 1 || search ? "/…" : ""}`;
  }

  toJSON(): string {
    return this.shown;
  }
}

/** Whether the user's wish for a browser is an address. */
export function isAddress(wish: string): boolean {
  return SCHEME.test(wish);
}

/** @throws Failure `browser-mangler` when it can't be read as an address */
export function parseAddress(wish: string): RemoteAddress {
  const url = URL.canParse(wish) ? new URL(wish) : undefined;
  if (url?.host) return new RemoteAddress(url);
  throw new Failure("environment", "browser-mangler", "Browserens adresse kan ikke læses.", {
    hint: `Skriv den som »ws://127.0.0.1:9222/devtools/browser/…« eller »http://127.0.0.1:9222« i --browser eller ${OVERRIDE_VARIABLE}.`,
  });
}
