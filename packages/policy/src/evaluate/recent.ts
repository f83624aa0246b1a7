/** Values that are made from a text and kept while they are in use. What was not asked for while a generation filled up is forgotten. */
export class Recent<Value> {
  #younger = new Map<string, Value>()
  #older = new Map<string, Value>()

  constructor(private readonly generation: number) {}

  get(text: string, make: (text: string) => Value): Value {
    const found = this.#younger.get(text)
    if (found !== undefined) return found
    const value = this.#older.get(text) ?? make(text)
    if (this.#younger.size >= this.generation) {
      this.#older = this.#younger
      this.#younger = new Map()
    }
    this.#younger.set(text, value)
    return value
  }
}
