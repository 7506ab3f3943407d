import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { publishFolder, requireReplaceable } from './publishFolder.js'

let parent: string
let folder: string

beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'publish-'))
  folder = join(parent, 'deep', 'run')
})

afterEach(() => rmSync(parent, { recursive: true, force: true }))

it('writes files and subfolders, from text and by writers', () => {
  publishFolder(folder, { 'a.txt': 'a', 'sub/b.txt': (path) => writeFileSync(path, 'b') })
  expect(readdirSync(join(parent, 'deep'))).toEqual(['run'])
  expect([readFileSync(join(folder, 'a.txt'), 'utf8'), readFileSync(join(folder, 'sub/b.txt'), 'utf8')]).toEqual([
    'a',
    'b',
  ])
})

it('replaces what it wrote before, files that are gone included', () => {
  publishFolder(folder, { 'a.txt': '1', 'b.txt': '1' })
  publishFolder(folder, { 'a.txt': '2', 'b.txt': '2' })
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('2')
  expect(readdirSync(join(parent, 'deep'))).toEqual(['run'])
})

it('leaves the old folder as it was and no trace of the new one when a writer fails', () => {
  publishFolder(folder, { 'a.txt': 'old' })
  const fail = (): never => {
    throw new Error('disk full')
  }
  expect(() => publishFolder(folder, { 'a.txt': 'new', 'b.txt': fail })).toThrow(
    `Folder "${folder}" cannot be written: disk full.`,
  )
  expect(readdirSync(join(parent, 'deep'))).toEqual(['run'])
  expect(readFileSync(join(folder, 'a.txt'), 'utf8')).toBe('old')
})

it('touches no folder that holds anything else', () => {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, 'mine.txt'), 'mine')
  expect(() => publishFolder(folder, { 'a.txt': 'a' })).toThrow(
    `Folder "${folder}" holds other things, such as "mine.txt".`,
  )
  expect(readdirSync(folder)).toEqual(['mine.txt'])
})

it('takes an empty folder and none at all', () => {
  requireReplaceable(folder, [])
  mkdirSync(folder, { recursive: true })
  requireReplaceable(folder, [])
  publishFolder(folder, { 'a.txt': 'a' })
  expect(readdirSync(folder)).toEqual(['a.txt'])
})

it('refuses a file in its place', () => {
  writeFileSync(join(parent, 'file'), '')
  expect(() => publishFolder(join(parent, 'file'), { 'a.txt': 'a' })).toThrow('cannot be written: ENOTDIR')
  expect(() => publishFolder(join(parent, 'file', 'run'), { 'a.txt': 'a' })).toThrow('cannot be written: EEXIST')
})
