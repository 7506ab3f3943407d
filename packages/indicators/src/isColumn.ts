/** Whether a value is a `Float64Array`, also one of another realm. */
export function isColumn(value: unknown): value is Float64Array {
  return Object.prototype.toString.call(value) === '[object Float64Array]'
}
