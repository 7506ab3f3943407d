import { createHash } from 'node:crypto'
import { ConfigError, createHasher, hashBars, version } from '@astertrade/core'
import type { TrainData, TrainSpec } from '@astertrade/models'

/** What a training that was cut short has done. */
export interface KeptParts {
  /** What finished parts have answered, by part. */
  readonly done: Map<number, Uint8Array>
  /** The last state of parts that are under way, by part. */
  readonly running: Map<number, Uint8Array>
}

interface Entry {
  readonly part: number
  readonly state: keyof KeptParts
  readonly bytes: number
  readonly sha256: string
}

/** Digest of all that the parts of a training depend on. */
export function trainingIdentity(spec: TrainSpec, data: TrainData): string {
  const hasher = createHasher().text(version).json(spec)
  // What is trained on events has no parts.
  return ('close' in data ? hasher.text(hashBars(data)) : hasher).digest()
}

/** Packs parts: one line of JSON that says whose they are and how long, then their bytes one after another. */
export function packParts(identity: string, kept: KeptParts): Uint8Array {
  const states = ['done', 'running'] as const
  const listed = states.flatMap((state) => [...kept[state]].map(([part, bytes]) => ({ part, state, bytes })))
  const parts = listed.map(({ part, state, bytes }): Entry => {
    return { part, state, bytes: bytes.length, sha256: sha256(bytes) }
  })
  const head = Buffer.from(`${JSON.stringify({ identity, parts })}\n`)
  return new Uint8Array(Buffer.concat([head, ...listed.map(({ bytes }) => bytes)]))
}

/**
 * Takes packed parts apart.
 *
 * @param count - Number of parts that the training has.
 * @throws ConfigError `BAD_CHECKPOINT` if they are of another training, or not what was packed.
 */
export function unpackParts(packed: Uint8Array, identity: string, count: number): KeptParts {
  const end = packed.indexOf(lineEnd)
  const head = headOf(Buffer.from(packed.subarray(0, Math.max(0, end))).toString())
  if (head === undefined) throw damaged()
  if (head.identity !== identity) throw foreign()
  const kept: KeptParts = { done: new Map(), running: new Map() }
  let at = end + 1
  for (const { part, state, bytes, sha256: digest } of head.parts) {
    const content = Uint8Array.from(packed.subarray(at, at + bytes))
    at += bytes
    const isTaken = kept.done.has(part) || kept.running.has(part)
    if (part >= count || isTaken || content.length !== bytes || sha256(content) !== digest) throw damaged()
    kept[state].set(part, content)
  }
  if (at !== packed.length) throw damaged()
  return kept
}

const lineEnd = 0x0a

function headOf(line: string): { readonly identity: string; readonly parts: readonly Entry[] } | undefined {
  try {
    const { identity, parts } = JSON.parse(line)
    return typeof identity === 'string' && Array.isArray(parts) && parts.every(isEntry)
      ? { identity, parts }
      : undefined
  } catch {
    return undefined
  }
}

function isEntry(value: unknown): value is Entry {
  const { part, state, bytes, sha256: digest } = Object(value) as Readonly<Record<string, unknown>>
  const isCount = (one: unknown): boolean => Number.isSafeInteger(one) && (one as number) >= 0
  return isCount(part) && isCount(bytes) && (state === 'done' || state === 'running') && typeof digest === 'string'
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function foreign(): ConfigError {
  return new ConfigError('The checkpoint is of another training.', {
    code: 'BAD_CHECKPOINT',
    hints: ['Resume with the data, parameters and seed that it was taken with, or start anew.'],
  })
}

function damaged(): ConfigError {
  return new ConfigError('The checkpoint is damaged.', {
    code: 'BAD_CHECKPOINT',
    hints: ['Start anew: what it held cannot be used.'],
  })
}
