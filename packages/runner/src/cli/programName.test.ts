import { expect, it } from 'vitest'
import { programName } from './programName.js'

it.each([
  ['/usr/local/bin/aster', 'aster'],
  ['/project/node_modules/.bin/aster', 'npx aster'],
  ['/project/packages/runner/bin/aster.js', 'node packages/runner/bin/aster.js'],
  ['/project/packages/runner/dist/cli/main.js', 'node packages/runner/dist/cli/main.js'],
  ['/elsewhere/main.js', 'node ../elsewhere/main.js'],
])('says how %s is started again', (path, name) => {
  expect(programName(path, '/project')).toBe(name)
})
