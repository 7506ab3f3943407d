import { type Field, FieldError, type FieldsOf } from './field.js'

type Plain = Readonly<Record<string, unknown>>
type AnyFields = Readonly<Record<string, Field<unknown>>>

/** The member of a union whose `kind` may be `Kind`. */
type OfKind<T, Kind> = T extends { readonly kind: infer Kinds } ? (Kind extends Kinds ? T : never) : never

/** A record with exactly these keys, written in this order. A key it does not know is refused, both ways. */
export function record<T extends object>(fields: FieldsOf<T>): Field<T> {
  const form = formOf(fields as AnyFields)
  return {
    write: (value, name) => `{${form.write(asObject(value, name), name).slice(1)}}`,
    read: (value, name) => form.read(asObject(value, name), name, {}) as T,
  }
}

/** A union told apart by `kind`, which is written first; the other fields follow by kind. */
export function union<T extends { readonly kind: string }>(
  kinds: {
    readonly [Kind in T['kind']]: FieldsOf<Omit<OfKind<T, Kind>, 'kind'>>
  },
): Field<T> {
  const forms = new Map(Object.entries(kinds).map(([kind, fields]) => [kind, formOf(fields as AnyFields, kind)]))
  const formOfKind = (value: Plain, name: string) => {
    const form = forms.get(value.kind as string)
    if (!form) throw new FieldError(`${name}.kind`, `one of ${[...forms.keys()].join(', ')}`, value.kind)
    return form
  }
  return {
    write(value, name) {
      const plain = asObject(value, name)
      return `{"kind":"${value.kind}"${formOfKind(plain, name).write(plain, name)}}`
    },
    read(value, name) {
      const plain = asObject(value, name)
      return formOfKind(plain, name).read(plain, name, { kind: plain.kind }) as T
    },
  }
}

interface Form {
  /** The fields as JSON text, each with a comma before it. */
  write(value: Plain, name: string): string
  /** Adds the fields to `out`. */
  read(value: Plain, name: string, out: Record<string, unknown>): unknown
}

function formOf(fields: AnyFields, kind?: string): Form {
  const entries = Object.entries(fields)
  const known = new Set([...Object.keys(fields), ...(kind === undefined ? [] : ['kind'])])
  const refuseUnknown = (value: Plain, name: string): void => {
    for (const key of Object.keys(value))
      if (!known.has(key)) throw new FieldError(`${name}.${key}`, 'no such field', value[key])
  }
  return {
    write(value, name) {
      refuseUnknown(value, name)
      let text = ''
      for (const [key, field] of entries) {
        const written = field.write(value[key], key)
        if (written !== undefined) text += `,"${key}":${written}`
      }
      return text
    },
    read(value, name, out) {
      refuseUnknown(value, name)
      for (const [key, field] of entries) out[key] = field.read(value[key], key)
      return out
    },
  }
}

function asObject(value: unknown, name: string): Plain {
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw new FieldError(name, 'an object', value)
  return value as Plain
}
