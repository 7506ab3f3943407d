/**
 * The classes that are defined in more than one file of the same module format, as readable lines.
 *
 * Two copies of one class make two private brands, so a value from one subpath would not fit the other.
 */
export function duplicatedClasses(files: readonly { readonly path: string; readonly text: string }[]): string[] {
  const homes = new Map<string, string[]>()
  for (const { path, text } of files) {
    const format = path.endsWith('.cjs') ? 'CJS' : 'ESM'
    for (const [, named, assigned] of text.matchAll(/^(?:class (\w+)|var (\w+) = class)/gm)) {
      const key = `${named ?? assigned} (${format})`
      homes.set(key, [...(homes.get(key) ?? []), path])
    }
  }
  return [...homes].filter(([, paths]) => paths.length > 1).map(([key, paths]) => `${key}: ${paths.join(', ')}`)
}
