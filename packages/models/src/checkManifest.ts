import type { ModelManifest } from './artifact.js'
import { artifactError } from './artifactError.js'
import { fileLimits } from './fileLimits.js'
import { isPlainName } from './plainName.js'

type Fields = Readonly<Record<string, unknown>>
type Check = (value: unknown) => boolean

/** The form of manifests that this version reads. */
const format = 1
const hex = /^[0-9a-f]{64}$/
const textMax = 1_000

const isText: Check = (value) => typeof value === 'string' && value.length > 0 && value.length <= textMax
const isHash: Check = (value) => typeof value === 'string' && hex.test(value)
const isInteger: Check = (value) => Number.isSafeInteger(value)
const isPositive: Check = (value) => Number.isSafeInteger(value) && (value as number) > 0
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0
const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
const isFigure: Check = (value) => typeof value === 'string' || Number.isFinite(value)
const isRow: Check = (value) => Array.isArray(value) && value.every((number) => Number.isFinite(number))

/** Each field of a manifest with what it must be. */
const fields: Readonly<Record<keyof ModelManifest, Check>> = {
  format: (value) => value === format,
  id: isPlainName,
  kind: isPlainName,
  createdBy: isText,
  parent: (value) => value === undefined || isHash(value),
  featureSchema: (value) => isFields(value) && typeof value.hash === 'string' && isNames(value.names),
  labels: (value) => isFields(value) && Object.values(value).every(isFigure),
  horizon: isPositive,
  trainRange: (value) => isFields(value) && isInteger(value.from) && isInteger(value.to) && isCount(value.rows),
  seed: isInteger,
  params: isFields,
  metrics: isFields,
  golden: isGolden,
  expiresAfter: isInteger,
  extra: isFields,
  files: isFileList,
}

/**
 * Checks the form of a manifest that came from outside, field by field; unknown fields are refused.
 *
 * @returns The same value.
 * @throws ConfigError with code `ARTIFACT` that names the field.
 */
export function checkManifest(value: unknown): ModelManifest {
  if (!isFields(value)) throw artifactError('The manifest of the artifact is no object.')
  // Asked first: a later format may have other fields.
  if (isPositive(value.format) && value.format !== format) {
    throw artifactError(`The artifact has format "${value.format}" of a newer version; this one reads ${format}.`)
  }
  const unknown = Object.keys(value).find((name) => !Object.hasOwn(fields, name))
  if (unknown !== undefined) throw artifactError(`The manifest has an unknown field ${JSON.stringify(unknown)}.`)
  for (const [name, check] of Object.entries(fields)) {
    const field = Object.hasOwn(value, name) ? value[name] : undefined
    if (!check(field)) throw artifactError(`The manifest has a bad "${name}": ${shorten(field)}.`)
  }
  const manifest = value as unknown as ModelManifest
  checkFileSizes(manifest.files)
  return manifest
}

/** @throws ConfigError with code `ARTIFACT` if there are too many files, or one is too large or has no plain name. */
export function checkFileSizes(files: readonly { readonly name: string; readonly bytes: number }[]): void {
  if (files.length > fileLimits.filesMax) {
    throw artifactError(`The artifact has ${files.length} files; at most ${fileLimits.filesMax} are read.`)
  }
  for (const { name, bytes } of files) {
    if (!isPlainName(name) || name === 'manifest.json') {
      throw artifactError(`File name ${JSON.stringify(name).slice(0, 120)} is no plain name.`)
    }
    if (bytes > fileLimits.fileBytesMax) {
      throw artifactError(`File "${name}" has ${bytes} bytes; at most ${fileLimits.fileBytesMax} are read.`)
    }
  }
  if (new Set(files.map(({ name }) => name)).size !== files.length) throw artifactError('Two files have one name.')
}

function isNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === 'string')
}

function isGolden(value: unknown): boolean {
  if (!isFields(value)) return false
  const { inputs, outputs } = value
  if (!Array.isArray(inputs) || !Array.isArray(outputs)) return false
  return (
    inputs.length === outputs.length &&
    inputs.length <= fileLimits.goldenRowsMax &&
    inputs.every(isRow) &&
    outputs.every(isRow)
  )
}

function isFileList(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.every((file) => isFields(file) && typeof file.name === 'string' && isCount(file.bytes) && isHash(file.sha256))
  )
}

function shorten(value: unknown): string {
  return (JSON.stringify(value) ?? 'missing').slice(0, 120)
}
