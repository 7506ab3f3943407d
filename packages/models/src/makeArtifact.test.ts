import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addressOf } from './addressOf.js'
import type { ModelArtifact } from './artifact.js'
import { checkManifest } from './checkManifest.js'
import { makeArtifact } from './makeArtifact.js'
import { openArtifact } from './openArtifact.js'
import { sampleArtifact } from './testing/sampleArtifact.js'

const { manifest, files } = sampleArtifact()
const { files: _, format: __, ...described } = manifest
const bytesOf = (artifact: ModelArtifact): Uint8Array => artifact.files.get('weights.bin')!

function codeOf(run: () => unknown): unknown {
  try {
    run()
  } catch (error) {
    return (error as { code?: unknown }).code ?? error
  }
  return 'none'
}

describe('makeArtifact', () => {
  it('lists files by name with size and SHA-256, and opens', () => {
    const artifact = makeArtifact(described, { 'b.bin': Uint8Array.of(1), 'a.bin': new Uint8Array(0) })
    const sha256 = createHash('sha256').update(Uint8Array.of(1)).digest('hex')
    expect(artifact.manifest.files[1]).toEqual({ name: 'b.bin', bytes: 1, sha256 })
    expect(artifact.manifest.files[0]?.name).toBe('a.bin')
    expect(openArtifact(artifact, 'sample')).toBe(artifact)
  })

  it('keeps copies of the files and of the manifest', () => {
    const weights = Uint8Array.of(1, 2)
    const params = { depth: 3 }
    const artifact = makeArtifact({ ...described, params }, { 'weights.bin': weights })
    weights[0] = 9
    params.depth = 9
    expect(bytesOf(artifact)).toEqual(Uint8Array.of(1, 2))
    expect(artifact.manifest.params).toEqual({ depth: 3 })
  })

  it('gives an address that the written manifest has as well', () => {
    const artifact = makeArtifact({ ...described, metrics: { auc: Number.NaN, zero: -0 } }, {})
    const again: ModelArtifact = { ...artifact, manifest: JSON.parse(JSON.stringify(artifact.manifest)) }
    expect(addressOf(again)).toBe(addressOf(artifact))
    expect(addressOf(artifact)).toMatch(/^[0-9a-f]{64}$/)
    expect(addressOf(sampleArtifact({ seed: 2 }))).not.toBe(addressOf(sampleArtifact({ seed: 1 })))
  })

  it.each([
    ['../weights.bin', 'File name "../weights.bin" is no plain name.'],
    ['manifest.json', 'File name "manifest.json" is no plain name.'],
  ])('refuses the file name %s', (name, message) => {
    expect(() => makeArtifact(described, { [name]: new Uint8Array(1) })).toThrow(message)
  })

  it('refuses too many files and too large ones', () => {
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, index) => [`f${index}`, new Uint8Array(0)]))
    expect(() => makeArtifact(described, many)).toThrow('has 17 files; at most 16 are read.')
    expect(() => makeArtifact(described, { big: new Uint8Array(67_108_865) })).toThrow('has 67108865 bytes; at most')
  })
})

describe('openArtifact', () => {
  const without = new Map<string, Uint8Array>()
  it.each<[string, ModelArtifact, string]>([
    ['another kind', sampleArtifact(), 'of kind "sample", not "classifier".'],
    ['a lost file', { manifest, files: without }, 'has 0 files, and lists 1.'],
    ['another name', { manifest, files: new Map([['w', bytesOf(sampleArtifact())]]) }, 'lacks its file "weights.bin".'],
    ['another size', { manifest, files: new Map([['weights.bin', new Uint8Array(2)]]) }, 'has 2 bytes, not 35.'],
  ])('refuses %s', (what, artifact, message) => {
    const kind = what === 'another kind' ? 'classifier' : 'sample'
    expect(() => openArtifact(artifact, kind)).toThrow(message)
    expect(codeOf(() => openArtifact(artifact, kind))).toBe('ARTIFACT')
  })

  it('finds any one changed byte', () => {
    fc.assert(
      fc.property(fc.nat(34), fc.integer({ min: 1, max: 255 }), (at, change) => {
        const weights = bytesOf(sampleArtifact()).slice()
        weights[at]! ^= change
        const changed = { manifest, files: new Map([['weights.bin', weights]]) }
        expect(() => openArtifact(changed, 'sample')).toThrow('"weights.bin" of "sample" is damaged: its hash differs.')
      }),
    )
    expect(files.size).toBe(1)
  })
})

describe('checkManifest', () => {
  it.each<[string, unknown]>([
    ['format', '1'],
    ['format', 0],
    ['id', '..'],
    ['id', 'con'],
    ['kind', ''],
    ['createdBy', 7],
    ['parent', 'abc'],
    ['featureSchema', { hash: 'x', names: [1] }],
    ['labels', { barrier: null }],
    ['horizon', 0],
    ['trainRange', { from: 0, to: 0.5, rows: 1 }],
    ['seed', '1'],
    ['params', []],
    ['metrics', null],
    ['golden', { inputs: [[1]], outputs: [] }],
    ['golden', { inputs: [[null]], outputs: [[1]] }],
    ['expiresAfter', Number.POSITIVE_INFINITY],
    ['extra', undefined],
    ['files', [{ name: 'a', bytes: -1, sha256: '0'.repeat(64) }]],
    ['files', [{ name: 'a', bytes: 1, sha256: 'A'.repeat(64) }]],
  ])('names a bad %s', (name, value) => {
    expect(() => checkManifest({ ...manifest, [name]: value })).toThrow(`The manifest has a bad "${name}"`)
  })

  it('says that a newer version made it, whatever else it holds', () => {
    const newer = { ...manifest, format: 2, provenance: {} }
    expect(() => checkManifest(newer)).toThrow('The artifact has format "2" of a newer version; this one reads 1.')
    expect(codeOf(() => checkManifest(newer))).toBe('ARTIFACT')
  })

  it('refuses what is no object, unknown fields and two files of one name', () => {
    expect(() => checkManifest(null)).toThrow('The manifest of the artifact is no object.')
    expect(() => checkManifest({ ...manifest, extras: {} })).toThrow('The manifest has an unknown field "extras".')
    expect(() => checkManifest(JSON.parse('{"__proto__":{"format":1}}'))).toThrow('unknown field "__proto__"')
    const twice = [...manifest.files, ...manifest.files]
    expect(() => checkManifest({ ...manifest, files: twice })).toThrow('Two files have one name.')
  })

  it('takes any JSON and refuses all but manifests with its code', () => {
    const broken = fc.record({ name: fc.constantFrom(...Object.keys(manifest)), value: fc.jsonValue() })
    fc.assert(
      fc.property(broken, ({ name, value }) => {
        expect(['none', 'ARTIFACT']).toContain(codeOf(() => checkManifest({ ...manifest, [name]: value })))
        expect(codeOf(() => checkManifest(value))).toBe('ARTIFACT')
      }),
    )
  })
})
