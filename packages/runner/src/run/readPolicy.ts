import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { ConfigError, nearest } from '@astertrade/core'
import { riskPolicy } from '@astertrade/risk'
import { missingFile } from '../market/missingFile.js'
import type { PolicySetting } from './runSettings.js'

const names = ['default', 'none'] as const

/**
 * Reads a policy: one of two names, or the path of a JSON file with options of `riskPolicy`.
 *
 * @param folder - Folder that a relative path starts from.
 * @throws ConfigError `BAD_PARAMETER` for another name, `NO_FILE`, `BAD_POLICY` for a file that holds no such options; for options
 * that are unsound whatever `riskPolicy` throws.
 * @example
 * readPolicy('strict.json', process.cwd()) // => { clipSize: 0.02, dailyLoss: 0.01 }
 */
export function readPolicy(text: string, folder: string): PolicySetting {
  const name = names.find((known) => known === text)
  if (name !== undefined) return name
  if (!text.endsWith('.json')) {
    const guess = nearest(text, names)
    throw new ConfigError(`There is no policy "${text}".`, {
      code: 'BAD_PARAMETER',
      hints: [...(guess ? [`Did you mean "${guess}"?`] : []), 'It is default, none, or the path of a .json file.'],
    })
  }
  const options = parse(text, readText(text, folder))
  riskPolicy(options)
  return options
}

function readText(name: string, folder: string): string {
  const path = resolve(folder, name)
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ENOENT') throw missingFile(name, path, 'Policy')
    throw badPolicy(name, (cause as Error).message, cause)
  }
}

function parse(name: string, text: string): Exclude<PolicySetting, string> {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw badPolicy(name, 'it is no JSON', cause)
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw badPolicy(name, 'it is no object')
  if ('book' in value) throw badPolicy(name, 'a "book" of scenarios is made by a program')
  return value
}

function badPolicy(name: string, why: string, cause?: unknown): ConfigError {
  return new ConfigError(`Policy "${name}" cannot be used: ${why}.`, {
    code: 'BAD_POLICY',
    hints: ['It holds options of riskPolicy, such as { "clipSize": 0.02, "dailyLoss": 0.01 }.'],
    cause,
  })
}
