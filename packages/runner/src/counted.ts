/**
 * A number with its noun.
 *
 * @example
 * counted(2, 'stretch') // => '2 stretches'
 */
export function counted(number: number, noun: string): string {
  if (number === 1) return `1 ${noun}`
  return `${number} ${noun}${noun.endsWith('ch') ? 'es' : 's'}`
}
