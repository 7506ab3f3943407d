import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { ConfigError, canonicalJson, sha256Hex } from '@astertrade/core'
import {
  addressOf,
  checkFiles,
  checkManifest,
  fileLimits,
  isPlainName,
  type ModelArtifact,
  type ModelManifest,
  unknownModel,
} from '@astertrade/models'
import { badModelFolder } from './badModelFolder.js'
import { syncFolder, writeFlushed } from './writeFlushed.js'

/** An artifact as it lies in its folder. */
export interface StoredArtifact {
  readonly artifact: ModelArtifact
  readonly signature: Uint8Array | undefined
}

/** Where an artifact lies. */
export interface ArtifactPlace {
  readonly folder: string
  readonly id: string
  readonly address: string
}

const hex = /^[0-9a-f]{64}$/
const manifestName = 'manifest.json'
const signatureName = 'signature'
const signatureBytesMax = 1_000

let parts = 0

/** Writes an artifact into a folder that appears at once; one that is there already stays, unless it is damaged or unsigned. */
export async function writeArtifact(options: {
  readonly folder: string
  readonly artifact: ModelArtifact
  readonly signature: Uint8Array | undefined
}): Promise<void> {
  const { folder, artifact, signature } = options
  const home = join(folder, artifact.manifest.id)
  const address = addressOf(artifact)
  const place = join(home, address)
  const part = join(home, `.part-${process.pid}-${parts++}`)
  try {
    await mkdir(part, { recursive: true })
    const written = artifactFiles(artifact)
    if (signature !== undefined) written.push([signatureName, signature])
    for (const [name, data] of written) await writeFlushed(join(part, name), data)
    await syncFolder(part)
    if (!(await isWhole({ folder, id: artifact.manifest.id, address }, signature))) await replace(part, place)
    await syncFolder(home)
  } catch (cause) {
    throw badModelFolder(folder, cause)
  } finally {
    await discard(part)
  }
}

/** What lies in the folder of an artifact: its files, and its manifest. */
export function artifactFiles(artifact: ModelArtifact): [name: string, data: Uint8Array | string][] {
  return [...artifact.files, [manifestName, canonicalJson(artifact.manifest)]]
}

/** Removes what is no longer needed; what cannot be removed is ignored by all readers. */
export async function discard(part: string): Promise<void> {
  await rm(part, { recursive: true, force: true }).catch(() => undefined)
}

/** True if the artifact is there already, undamaged, and signed if it is to be. */
async function isWhole(place: ArtifactPlace, signature: Uint8Array | undefined): Promise<boolean> {
  try {
    const stored = await readArtifact(place)
    checkFiles(stored.artifact)
    return signature === undefined || stored.signature !== undefined
  } catch {
    return false
  }
}

/** Puts a folder in place; a damaged one leaves first, since a rename does not replace a folder that holds files. */
async function replace(part: string, place: string): Promise<void> {
  const old = `${part}-old`
  if (await isFolder(place)) await rename(place, old)
  await rename(part, place).catch(async (error: unknown) => {
    // Another program put the same artifact in the meantime.
    if (!(await isFolder(place))) throw error
  })
  await discard(old)
}

/**
 * Reads an artifact. The manifest must hash to its address and its files must have the sizes it lists; their hashes are checked by
 * the caller.
 *
 * @throws ConfigError with code `UNKNOWN_MODEL` or `ARTIFACT`.
 */
export async function readArtifact({ folder, id, address }: ArtifactPlace): Promise<StoredArtifact> {
  const place = join(folder, id, address)
  if (!hex.test(address) || !(await isFolder(place))) throw unknownModel(id, address)
  const text = await readLimited(join(place, manifestName), fileLimits.fileBytesMax)
  if (text === undefined) throw damaged(id, 'its manifest is missing')
  if (sha256Hex(text) !== address) throw damaged(id, 'its manifest is not the one of its address')
  const manifest = parseManifest(id, text)
  if (manifest.id !== id) throw damaged(id, `it is one of "${manifest.id}"`)
  const files = new Map<string, Uint8Array>()
  for (const { name, bytes } of manifest.files) {
    const data = await readLimited(join(place, name), bytes)
    if (data === undefined) throw damaged(id, `file "${name}" is missing or longer than ${bytes} bytes`)
    files.set(name, data)
  }
  return { artifact: { manifest, files }, signature: await readLimited(join(place, signatureName), signatureBytesMax) }
}

/** The ids that hold moves, in alphabetical order. */
export async function storedIds(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder).catch(() => [])).filter(isPlainName).sort()
  const kept = await Promise.all(names.map((name) => isFolder(join(folder, name, 'moves'))))
  return names.filter((_, index) => kept[index])
}

function parseManifest(id: string, bytes: Uint8Array): ModelManifest {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes))
  } catch {
    throw damaged(id, 'its manifest is no JSON')
  }
  return checkManifest(value)
}

/** The bytes of a file; nothing if it is missing, no file, or longer than allowed. */
async function readLimited(path: string, bytesMax: number): Promise<Uint8Array | undefined> {
  // Asked before it is opened: a pipe would keep us waiting for who writes into it.
  if (!(await stat(path).catch(() => undefined))?.isFile()) return undefined
  const file = await open(path, 'r').catch(() => undefined)
  if (file === undefined) return undefined
  try {
    if ((await file.stat()).size > bytesMax) return undefined
    return new Uint8Array(await file.readFile())
  } finally {
    await file.close()
  }
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isDirectory() ?? false
}

function damaged(id: string, problem: string): ConfigError {
  return new ConfigError(`The stored artifact of "${id}" is damaged: ${problem}.`, {
    code: 'ARTIFACT',
    hints: ['Nothing of it was used. Put it again, or roll back to another version.'],
  })
}
