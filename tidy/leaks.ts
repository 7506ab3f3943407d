import type { TextFile } from './source.js'

const folders = ['work', 'tmp', 'farm', 'home', 'root', 'Users'].join('|')
const machinePath = new RegExp(`(?<![\\w.*@:/-])/(?:${folders})/`)
const registry = /registry\.[a-z0-9.-]+\//i
const referenceData = ['..', 'shared'].join('/')

/** Lines that name a package registry's host, a folder of one machine, or the reference data of CI. */
export function leaks(file: TextFile): string[] {
  return file.text.split('\n').flatMap((line, index) => {
    const place = `${file.path}:${index + 1}`
    if (registry.test(line)) return [`${place} names a registry host; the client's configuration knows it.`]
    if (machinePath.test(line)) return [`${place} names a folder of one machine.`]
    if (line.includes(referenceData) && file.path !== '.ci/run')
      return [`${place} names the reference data; read ASTER_DATA.`]
    return []
  })
}
