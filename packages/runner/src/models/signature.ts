import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { ConfigError } from '@astertrade/core'
import { addressOf, type ModelArtifact } from '@astertrade/models'

/** Signs an artifact. */
export type ArtifactSigner = (artifact: ModelArtifact) => Uint8Array

/** What is signed begins with it, so that the signature fits nothing else. */
const context = 'asterai model 1\n'

/**
 * Makes a signer of an Ed25519 key. It signs the address of an artifact, and through it every byte.
 *
 * @param privateKey - PEM, as `openssl genpkey -algorithm ed25519` prints it. It is in no error.
 * @throws ConfigError with code `BAD_KEY` if it is no private Ed25519 key.
 * @example
 * const repository = folderRepository({ folder: 'models', sign: artifactSigner(readFileSync('key.pem', 'utf8')) })
 */
export function artifactSigner(privateKey: string): ArtifactSigner {
  const key = keyOf('private', () => createPrivateKey(privateKey))
  return (artifact) => new Uint8Array(sign(null, signedBytes(artifact), key))
}

/**
 * True if an artifact was signed by the owner of a public Ed25519 key in PEM.
 *
 * @throws ConfigError with code `BAD_KEY` if it is no public Ed25519 key.
 */
export function verifySignature(artifact: ModelArtifact, signature: Uint8Array, publicKey: string): boolean {
  const key = keyOf('public', () => createPublicKey(publicKey))
  return verify(null, signedBytes(artifact), key, signature)
}

/**
 * Asserts that an artifact was signed by one of the owners.
 *
 * @throws ConfigError with code `UNSIGNED`.
 */
export function requireTrusted(
  artifact: ModelArtifact,
  signature: Uint8Array | undefined,
  publicKeys: readonly string[],
): void {
  if (signature !== undefined && publicKeys.some((key) => verifySignature(artifact, signature, key))) return
  const { id } = artifact.manifest
  throw new ConfigError(
    signature === undefined
      ? `The artifact of "${id}" carries no signature.`
      : `The artifact of "${id}" is signed by none of the ${publicKeys.length} trusted keys.`,
    {
      code: 'UNSIGNED',
      hints: ['Sign it when it is put: folderRepository({ folder, sign: artifactSigner(key) }).'],
    },
  )
}

function signedBytes(artifact: ModelArtifact): Uint8Array {
  return new TextEncoder().encode(context + addressOf(artifact))
}

function keyOf(kind: 'private' | 'public', make: () => KeyObject): KeyObject {
  let key: KeyObject | undefined
  try {
    key = make()
  } catch {
    // What the parser says could quote the key.
  }
  if (key?.asymmetricKeyType === 'ed25519') return key
  throw new ConfigError(`This is no ${kind} Ed25519 key in PEM.`, {
    code: 'BAD_KEY',
    hints: ['openssl genpkey -algorithm ed25519 -out key.pem; openssl pkey -in key.pem -pubout'],
  })
}
