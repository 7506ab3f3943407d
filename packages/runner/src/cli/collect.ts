/** Gathers the values of an option that may be repeated. */
export function collect(text: string, texts: readonly string[] = []): readonly string[] {
  return [...texts, text]
}
