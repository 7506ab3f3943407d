/** CPU and wall time of one round, in milliseconds. */
export interface Sample {
  readonly cpuMs: number
  readonly wallMs: number
}

/** Minimum and median of all rounds, in milliseconds. */
export interface Spread {
  readonly min: number
  readonly median: number
}

/** The times of one case. */
export interface CaseResult {
  readonly name: string
  readonly cpuMs: Spread
  readonly wallMs: Spread
  readonly samples: readonly Sample[]
}

/** A bound on the least CPU time of one case over that of another of the same run; the only kind of gate there is. */
export interface Gate {
  readonly subject: string
  readonly base: string
  /** The run fails above it: what was measured, with room for a busy machine. */
  readonly ratioMax: number
  /** What the design aims at. A missed goal is printed and fails nothing. */
  readonly goal?: number
}

/** A gate and what was measured for it. */
export interface GateResult extends Gate {
  readonly ratio: number
  readonly passed: boolean
  /** Whether the goal is met, where there is one. */
  readonly goalMet?: boolean
}

/** What one comparison found. */
export interface Comparison {
  readonly name: string
  /** Items that each case works through, such as bars. */
  readonly items: number
  readonly rounds: number
  readonly cases: readonly CaseResult[]
  readonly gates: readonly GateResult[]
}

/** Minimum and median of a case's rounds. */
export function summarise(name: string, samples: readonly Sample[]): CaseResult {
  const spread = (pick: (sample: Sample) => number): Spread => {
    const sorted = samples.map(pick).sort((a, b) => a - b)
    const middle = Math.floor(sorted.length / 2)
    const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
    return { min: sorted[0]!, median }
  }
  return { name, cpuMs: spread((sample) => sample.cpuMs), wallMs: spread((sample) => sample.wallMs), samples }
}

/**
 * Holds a gate against the cases of its run: the least CPU time of the subject over that of the base. Other work on the machine
 * only ever adds time, so the least is the figure that a busy machine moves least.
 *
 * @throws Error if the gate names a case that did not run.
 */
export function judge(gate: Gate, cases: readonly CaseResult[]): GateResult {
  const least = (name: string): number => {
    const found = cases.find((entry) => entry.name === name)
    if (!found) throw new Error(`Gate names "${name}"; the cases are ${cases.map((entry) => entry.name).join(', ')}.`)
    return found.cpuMs.min
  }
  const ratio = least(gate.subject) / least(gate.base)
  const judged = { ...gate, ratio, passed: ratio <= gate.ratioMax }
  return gate.goal === undefined ? judged : { ...judged, goalMet: ratio <= gate.goal }
}

/** The table of a comparison as Markdown; the ratio is that of least CPU times to the first case. */
export function printComparison({ name, items, rounds, cases, gates }: Comparison): string {
  const base = cases[0]!.cpuMs.min
  const rows = cases.map(({ name: title, cpuMs, wallMs }) => {
    const rate = items / (cpuMs.min / 1000) / 1e6
    const figures = [cpuMs.min, cpuMs.median, wallMs.min, wallMs.median].map((value) => value.toFixed(1))
    return `| ${[title, ...figures, rate.toPrecision(3), (cpuMs.min / base).toFixed(2)].join(' | ')} |`
  })
  const verdicts = gates.map(printGate)
  return [
    `### ${name}`,
    '',
    `${items.toLocaleString('en')} items, ${rounds} rounds, interleaved. Times in milliseconds.`,
    '',
    '| case | CPU min | CPU median | wall min | wall median | M items per CPU s | ratio |',
    '|---|---:|---:|---:|---:|---:|---:|',
    ...rows,
    ...(verdicts.length > 0 ? ['', ...verdicts.map((line) => `    ${line}`)] : []),
    '',
  ].join('\n')
}

function printGate({ subject, base, ratio, ratioMax, passed, goal, goalMet }: GateResult): string {
  const verdict = `${passed ? 'ok    ' : 'FAILED'} ${subject} / ${base} = ${printRatio(ratio)}, at most ${printRatio(ratioMax)}`
  return goal === undefined ? verdict : `${verdict}; goal ${printRatio(goal)} ${goalMet ? 'met' : 'MISSED'}`
}

/** Two decimals at most, and more for what would then be 0. */
function printRatio(ratio: number): string {
  return String(ratio < 0.1 ? Number(ratio.toPrecision(2)) : Number(ratio.toFixed(2)))
}
