import { onnxError } from './onnxError.js'
import { readFields, readText, type WireField } from './readFields.js'

/** Fields of a message by their numbers. */
export type FieldsBy = ReadonlyMap<number, readonly WireField[]>

/** Reads a message of which the single and the repeated fields are known. */
export function fieldsBy(
  bytes: Uint8Array,
  what: string,
  single: readonly number[],
  repeated: readonly number[],
): FieldsBy {
  const fields = new Map<number, WireField[]>()
  for (const field of readFields(bytes)) {
    const known = fields.get(field.field)
    if (known === undefined) fields.set(field.field, [field])
    else known.push(field)
    if (known !== undefined && single.includes(field.field)) throw onnxError(`${what} has field ${field.field} twice`)
    if (!single.includes(field.field) && !repeated.includes(field.field)) {
      throw onnxError(`${what} has the field ${field.field}, which is not allowed`)
    }
  }
  return fields
}

/** Nested messages or bytes of a field. */
export function messages(fields: FieldsBy, field: number): readonly WireField[] {
  const found = fields.get(field) ?? []
  if (found.some(({ wire }) => wire !== 2)) throw onnxError(`field ${field} has another type`)
  return found
}

/** Text of a field, empty if absent. */
export function textOf(fields: FieldsBy, field: number): string {
  const [found] = messages(fields, field)
  return found ? readText(found) : ''
}

/** Whole number of a field, 0 if absent. */
export function integerOf(fields: FieldsBy, field: number): number {
  const [found] = fields.get(field) ?? []
  if (found && found.wire !== 0) throw onnxError(`field ${field} has another type`)
  return found?.integer ?? 0
}
