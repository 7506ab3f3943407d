import { type LayerShape, type NetworkLayout, networkLayout, toLanes } from './networkLayout.js'

/** Where the gradients of a layer lie. */
export interface GradientPlaces {
  readonly weights: number
  readonly bias: number
  /** Gradient by the results of the layer. */
  readonly slope: number
  /** The weights with rows and columns exchanged. */
  readonly transposed: number
  readonly transposedRow: number
}

/** A network with what its training needs: gradients and the two moments of Adam, each as long as the parameters. */
export interface LearnerLayout extends NetworkLayout {
  readonly gradients: number
  readonly first: number
  readonly second: number
  readonly places: readonly GradientPlaces[]
}

/** Lays out a network in training for so many rows at once. */
export function learnerLayout(shapes: readonly LayerShape[], rows: number): LearnerLayout {
  const layout = networkLayout(shapes, rows)
  const { layers, parameters, parameterCount } = layout
  let next = layout.length
  const take = (count: number): number => {
    const at = next
    next += count
    return at
  }
  const [gradients, first, second] = [take(parameterCount), take(parameterCount), take(parameterCount)]
  const shift = gradients - parameters
  const places = layers.map(({ inputs, outputs, columns, weights, bias }) => {
    const transposedRow = toLanes(inputs)
    return {
      weights: weights + shift,
      bias: bias + shift,
      slope: take(rows * columns),
      transposed: take(outputs * transposedRow),
      transposedRow,
    }
  })
  return { ...layout, gradients, first, second, places, length: next }
}
