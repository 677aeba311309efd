/** Names that must differ in the whole: what is given first keeps its name, what comes later gets `-2`, `-3` … */
export class NameSpace {
  readonly #taken = new Set<string>();

  /** A name that nobody has yet, the wanted one where that is free. */
  claim(wanted: string): string {
    let name = wanted;
    for (let count = 2; this.#taken.has(name); count++) name = `${wanted}-${count}`;
    this.#taken.add(name);
    return name;
  }
}

/** The names that the parts bring and that could clash. */
export class WholeNames {
  readonly ids = new NameSpace();
  readonly classes = new NameSpace();
  /** Destinations as names in the catalog's dictionary, and as strings in its name tree (ISO 32000-1, 12.3.2.3). */
  readonly namedPlaces = new NameSpace();
  readonly keyedPlaces = new NameSpace();
  readonly files = new NameSpace();
}

/** What the names of one part are in the whole; what is not among them stays. */
export class PartNames {
  readonly #renamed = {
    type: new Map<string, string>(),
    id: new Map<string, string>(),
    class: new Map<string, string>(),
    namedPlace: new Map<string, string>(),
    keyedPlace: new Map<string, string>(),
  };

  /** Claims names in the whole. */
  claim(kind: "id" | "class" | "namedPlace" | "keyedPlace", space: NameSpace, names: Iterable<string>): void {
    for (const name of names) this.#renamed[kind].set(name, space.claim(name));
  }

  /** Sets the structure types that have another name in the whole. */
  setTypes(renamed: ReadonlyMap<string, string>): void {
    for (const [from, to] of renamed) this.#renamed.type.set(from, to);
  }

  type(name: string): string {
    return this.#renamed.type.get(name) ?? name;
  }

  id(name: string): string {
    return this.#renamed.id.get(name) ?? name;
  }

  class(name: string): string {
    return this.#renamed.class.get(name) ?? name;
  }

  namedPlace(name: string): string {
    return this.#renamed.namedPlace.get(name) ?? name;
  }

  keyedPlace(name: string): string {
    return this.#renamed.keyedPlace.get(name) ?? name;
  }
}
