/** What became of each bar of a series; all columns have one entry per bar. */
export interface BarLabels {
  /** How the labels were made: kind and parameters. */
  readonly spec: Readonly<Record<string, string | number>>
  /** 3 for down, flat, up; or 2 for down, up. */
  readonly classCount: number
  readonly classes: Uint8Array
  /** Simple return that the label stands for; `NaN` where there is no label. */
  readonly returns: Float64Array
  /** Index of the bar that settles the label; -1 where there is none. */
  readonly ends: Int32Array
}

/** Labels of which none is made yet. */
export function emptyLabels(spec: BarLabels['spec'], classCount: number, length: number): BarLabels {
  return {
    spec,
    classCount,
    classes: new Uint8Array(length),
    returns: new Float64Array(length).fill(Number.NaN),
    ends: new Int32Array(length).fill(-1),
  }
}
