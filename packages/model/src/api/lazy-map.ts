/** A map whose values are made when they are first asked for: a server uses a tenth of the shapes that its models have. */
export class LazyMap<V> implements ReadonlyMap<string, V> {
  readonly #made = new Map<string, V>()

  constructor(
    private readonly names: ReadonlySet<string>,
    private readonly make: (name: string) => V,
  ) {}

  get size(): number {
    return this.names.size
  }

  has(name: string): boolean {
    return this.names.has(name)
  }

  get(name: string): V | undefined {
    let value = this.#made.get(name)
    if (value === undefined && this.names.has(name)) this.#made.set(name, (value = this.make(name)))
    return value
  }

  forEach(visit: (value: V, name: string, map: ReadonlyMap<string, V>) => void): void {
    for (const [name, value] of this) visit(value, name, this)
  }

  keys(): MapIterator<string> {
    return new Map([...this.names].map((name) => [name, true])).keys()
  }

  values(): MapIterator<V> {
    return this.#all().values()
  }

  entries(): MapIterator<[string, V]> {
    return this.#all().entries()
  }

  [Symbol.iterator](): MapIterator<[string, V]> {
    return this.entries()
  }

  #all(): Map<string, V> {
    return new Map([...this.names].map((name) => [name, this.get(name)!]))
  }
}
