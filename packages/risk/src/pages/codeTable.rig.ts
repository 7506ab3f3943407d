import { type RiskCodeEntry, riskCodes } from '../codes.js'

/** All codes in the order of the checks, as a table. */
export function codeTable(): string {
  const rows = Object.entries<RiskCodeEntry>(riskCodes).map(([code, { check, by, exits, override }]) => [
    String(check),
    `\`${code}\``,
    by,
    exits === 'pass' ? 'pass' : '**checked**',
    override === 'never' ? 'never' : 'within seed',
  ])
  const head = ['check', 'code', 'given by', 'exits', 'override']
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n')
}
