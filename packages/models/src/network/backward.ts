import type { Kernels } from '../backends/kernels.js'
import type { GradientPlaces, LearnerLayout } from './learnerLayout.js'
import type { LayerPlaces } from './networkLayout.js'

/**
 * Computes the gradients of all parameters from the gradient by the last results, after `forward` on the same rows.
 *
 * `dW = Xᵀ dZ`, `db = Σ dZ`, `dX = dZ Wᵀ`, where dZ is the gradient by the sums of a layer. A last layer is linear: its loss
 * gives the gradient by the sums.
 */
export function backward(kernels: Kernels, { layers, places }: LearnerLayout, rows: number): void {
  for (let index = layers.length - 1; index >= 0; index--) {
    const layer = layers[index]!
    const place = places[index]!
    slopeOf(kernels, layer, place, rows)
    const { source, sourceRow, inputs, columns } = layer
    kernels.multiply(source, 1, sourceRow, place.slope, columns, 0, place.weights, columns, inputs, rows, columns)
    kernels.sumRows(place.slope, columns, rows, columns, place.bias)
    if (index > 0) passBack(kernels, layer, place, { rows, to: places[index - 1]!.slope })
  }
}

/** Turns the gradient by the results of a layer into that by its sums. */
function slopeOf(
  kernels: Kernels,
  { activation, result, columns }: LayerPlaces,
  place: GradientPlaces,
  rows: number,
): void {
  if (activation === 'relu') kernels.reluBack(result, place.slope, rows * columns)
  if (activation === 'tanh') kernels.tanhBack(result, place.slope, rows * columns)
}

interface Passing {
  readonly rows: number
  readonly to: number
}

/** Gradient by what the layer read, which are the results of the one before. */
function passBack(kernels: Kernels, layer: LayerPlaces, place: GradientPlaces, { rows, to }: Passing): void {
  const { weights, columns, inputs, outputs, sourceRow } = layer
  const { slope, transposed, transposedRow } = place
  kernels.transpose(weights, columns, inputs, outputs, transposed, transposedRow)
  kernels.multiply(slope, columns, 1, transposed, transposedRow, 0, to, sourceRow, rows, outputs, sourceRow)
}
