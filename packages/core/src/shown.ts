/** A value for messages: text in quotes, numbers bare, objects by their keys. Unlike JSON it tells NaN from null, and takes anything. */
export function shown(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value)
  if (Array.isArray(value)) return value.length === 0 ? '[]' : '[…]'
  if (typeof value === 'object' && value !== null) return `{ ${Object.keys(value).slice(0, 6).join(', ')} }`
  return typeof value === 'function' ? `function ${value.name}`.trim() : String(value)
}
