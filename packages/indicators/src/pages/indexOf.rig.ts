import type { IndicatorDefinition } from '../definition.js'
import { table, titleOf } from './pageOf.rig.js'
import { sourceComments } from './sourceComments.rig.js'

/** The list of all pages as Markdown. */
export function indexOf(definitions: readonly IndicatorDefinition[]): string {
  const groups = [...new Set(definitions.map(({ category }) => category))]
  const sections = groups.map((group) => {
    const rows = definitions
      .filter(({ category }) => category === group)
      .map((definition) => {
        const { id, outputs, units } = definition
        const title = titleOf(sourceComments(definition))
        return [`[\`${id}\`](${id}.md)`, title, outputs.join(', '), units, String(definition.warmup())]
      })
    return `## ${group.charAt(0).toUpperCase()}${group.slice(1)}\n\n${table(['id', 'name', 'outputs', 'units', 'warm-up'], rows)}`
  })
  return [
    '# Indicators',
    `${definitions.length} indicators, each streaming and batch. Warm-up is the input with the first value of every output, at the default options. These pages are made from the comments of the sources: \`npx vitest run packages/indicators/src/pages -u\`.`,
    'Which to take, and where charts show something else: [Choose and combine indicators](../guides/choose-indicators.md).',
    ...sections,
    '',
  ]
    .join('\n\n')
    .replace(/\n+$/, '\n')
}
