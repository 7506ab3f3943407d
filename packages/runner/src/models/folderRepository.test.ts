import { execFileSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sha256Hex, timestamp } from '@astertrade/core'
import { addressOf } from '@astertrade/models'
import { repositoryContract, sampleArtifact } from '@astertrade/models/testing'
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { folderRepository } from './folderRepository.js'
import { artifactSigner, verifySignature } from './signature.js'

const root = mkdtempSync(join(tmpdir(), 'aster-models-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))
let folders = 0
const fresh = (): string => join(root, String(folders++))
const anna = { by: 'anna', at: timestamp('2025-01-31') }
const address = addressOf(sampleArtifact())

function keys(): { readonly publicKey: string; readonly privateKey: string } {
  return generateKeyPairSync('ed25519', {
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
}

describe('folderRepository', () => {
  for (const check of repositoryContract({ create: async () => folderRepository({ folder: fresh() }) })) {
    it(check.name, () => check.run())
  }

  it('keeps the contract with signatures', async () => {
    const { publicKey, privateKey } = keys()
    const create = async () =>
      folderRepository({ folder: fresh(), sign: artifactSigner(privateKey), trustedKeys: [publicKey] })
    for (const check of repositoryContract({ create })) await check.run()
  })

  it('is found again by another program', async () => {
    const folder = fresh()
    await folderRepository({ folder }).put(sampleArtifact(), anna)
    await folderRepository({ folder }).promote('sample', address, 'shadow', anna)
    const [version] = await folderRepository({ folder }).list('sample')
    expect(version?.stage).toBe('shadow')
    expect(readdirSync(join(folder, 'sample')).sort()).toEqual([address, 'moves'])
    expect(sha256Hex(readFileSync(join(folder, 'sample', address, 'manifest.json')))).toBe(address)
  })

  it('finds any one changed, lost or added byte of a stored artifact', async () => {
    const folder = fresh()
    const repository = folderRepository({ folder })
    await repository.put(sampleArtifact(), anna)
    const place = join(folder, 'sample', address)
    const change = fc.record({
      name: fc.constantFrom('manifest.json', 'weights.bin'),
      at: fc.nat(),
      edit: fc.oneof(fc.integer({ min: 1, max: 255 }), fc.constantFrom('cut', 'grow', 'remove')),
    })
    await fc.assert(
      fc.asyncProperty(change, async ({ name, at, edit }) => {
        const whole = readFileSync(join(place, name))
        const bytes = Buffer.from(whole)
        if (typeof edit === 'number') bytes[at % bytes.length]! ^= edit
        const changed = edit === 'cut' ? bytes.subarray(1) : edit === 'grow' ? Buffer.concat([bytes, bytes]) : bytes
        if (edit === 'remove') rmSync(join(place, name))
        else writeFileSync(join(place, name), changed)
        await expect(repository.get('sample', address)).rejects.toMatchObject({ code: 'ARTIFACT' })
        writeFileSync(join(place, name), whole)
      }),
      { numRuns: 30 },
    )
    expect((await repository.get('sample', address)).manifest.id).toBe('sample')
  })

  it('says what is damaged', async () => {
    const folder = fresh()
    const repository = folderRepository({ folder })
    await repository.put(sampleArtifact(), anna)
    const moves = join(folder, 'sample', 'moves')
    writeFileSync(join(moves, '00000003.json'), '[]')
    await expect(repository.list('sample')).rejects.toThrow(
      'The moves of "sample" are damaged: 00000002.json is missing.',
    )
    rmSync(join(moves, '00000003.json'))
    writeFileSync(join(moves, '00000001.json'), '[{"address":"x"}]')
    await expect(repository.list('sample')).rejects.toThrow('00000001.json holds no moves.')
    writeFileSync(join(moves, '00000001.json'), '[')
    await expect(repository.list('sample')).rejects.toThrow('00000001.json is no JSON.')
    rmSync(join(folder, 'sample', address, 'manifest.json'))
    await expect(repository.get('sample', address)).rejects.toThrow(
      'The stored artifact of "sample" is damaged: its manifest is missing.',
    )
  })

  it.skipIf(process.platform === 'win32')('does not wait for a pipe in place of a file', async () => {
    const folder = fresh()
    const repository = folderRepository({ folder })
    await repository.put(sampleArtifact(), anna)
    const file = join(folder, 'sample', address, 'weights.bin')
    rmSync(file)
    execFileSync('mkfifo', [file])
    await expect(repository.get('sample', address)).rejects.toThrow('file "weights.bin" is missing')
  })

  it('ignores what a crash left behind, and completes it when put again', async () => {
    const folder = fresh()
    const repository = folderRepository({ folder })
    await repository.put(sampleArtifact(), anna)
    rmSync(join(folder, 'sample', 'moves'), { recursive: true })
    mkdirSync(join(folder, 'sample', '.part-1-0'), { recursive: true })
    expect([await repository.ids(), await repository.list('sample')]).toEqual([[], []])
    await repository.put(sampleArtifact(), anna)
    expect([await repository.ids(), (await repository.list('sample')).length]).toEqual([['sample'], 1])
  })

  it('repairs a damaged artifact, and signs an unsigned one, when it is put again', async () => {
    const folder = fresh()
    const { publicKey, privateKey } = keys()
    await folderRepository({ folder }).put(sampleArtifact(), anna)
    writeFileSync(join(folder, 'sample', address, 'weights.bin'), 'x')
    await folderRepository({ folder }).put(sampleArtifact(), anna)
    expect((await folderRepository({ folder }).get('sample', address)).manifest.id).toBe('sample')
    const signing = folderRepository({ folder, sign: artifactSigner(privateKey), trustedKeys: [publicKey] })
    await signing.put(sampleArtifact(), anna)
    expect((await signing.get('sample', address)).manifest.id).toBe('sample')
    expect(readdirSync(join(folder, 'sample')).sort()).toEqual([address, 'moves'])
  })

  it('loses no move of programs that write at once', async () => {
    const folder = fresh()
    const seeds = [1, 2, 3, 4, 5, 6]
    await Promise.all(seeds.map((seed) => folderRepository({ folder }).put(sampleArtifact({ seed }), anna)))
    expect((await folderRepository({ folder }).list('sample')).map((version) => version.address).sort()).toEqual(
      seeds.map((seed) => addressOf(sampleArtifact({ seed }))).sort(),
    )
    expect(readdirSync(join(folder, 'sample', 'moves'))).toHaveLength(6)
  })

  it('says where it cannot write', async () => {
    const folder = fresh()
    writeFileSync(folder, 'a file')
    const put = folderRepository({ folder }).put(sampleArtifact(), anna)
    await expect(put).rejects.toThrow(`The folder of models "${folder}" cannot be written: `)
    await expect(put).rejects.toMatchObject({ code: 'BAD_FOLDER' })
    expect(existsSync(join(folder, 'sample'))).toBe(false)
  })
})

describe('signatures', () => {
  const { publicKey, privateKey } = keys()
  const other = keys()

  it('fit one artifact and one key', () => {
    const signature = artifactSigner(privateKey)(sampleArtifact())
    expect(verifySignature(sampleArtifact(), signature, publicKey)).toBe(true)
    expect(verifySignature(sampleArtifact({ seed: 2 }), signature, publicKey)).toBe(false)
    expect(verifySignature(sampleArtifact(), signature, other.publicKey)).toBe(false)
    expect(verifySignature(sampleArtifact(), signature.slice(1), publicKey)).toBe(false)
  })

  it('are asked for where keys are trusted', async () => {
    const folder = fresh()
    await folderRepository({ folder }).put(sampleArtifact(), anna)
    const careful = folderRepository({ folder, trustedKeys: [publicKey] })
    await expect(careful.get('sample', address)).rejects.toThrow('The artifact of "sample" carries no signature.')
    const signed = fresh()
    await folderRepository({ folder: signed, sign: artifactSigner(other.privateKey) }).put(sampleArtifact(), anna)
    const wrong = folderRepository({ folder: signed, trustedKeys: [publicKey] })
    await expect(wrong.get('sample', address)).rejects.toThrow('is signed by none of the 1 trusted keys.')
    await expect(wrong.get('sample', address)).rejects.toMatchObject({ code: 'UNSIGNED' })
    const both = folderRepository({ folder: signed, trustedKeys: [publicKey, other.publicKey] })
    expect((await both.get('sample', address)).manifest.id).toBe('sample')
  })

  it('refuse other keys and never print them', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).privateKey.export({ type: 'pkcs8', format: 'pem' })
    for (const bad of [String(rsa), 'secret', publicKey]) {
      expect(() => artifactSigner(bad)).toThrow(/^This is no private Ed25519 key in PEM\.\n {2}openssl genpkey/)
    }
    expect(() => verifySignature(sampleArtifact(), new Uint8Array(64), 'x')).toThrow('This is no public Ed25519 key')
  })
})
