import type { Kernels } from '../backends/kernels.js'
import type { LayerPlaces, NetworkLayout } from './networkLayout.js'

/** Computes all layers for the first `rows` rows of the input. */
export function forward(kernels: Kernels, { layers }: NetworkLayout, rows: number): void {
  for (const layer of layers) {
    const { source, sourceRow, weights, columns, bias, result, inputs } = layer
    kernels.multiply(source, sourceRow, 1, weights, columns, bias, result, columns, rows, inputs, columns)
    activate(kernels, layer, rows)
  }
}

function activate(kernels: Kernels, { activation, result, columns, outputs }: LayerPlaces, rows: number): void {
  if (activation === 'relu') kernels.relu(result, rows * columns)
  if (activation === 'tanh') kernels.tanh(result, rows * columns)
  if (activation === 'softmax') kernels.softmax(result, columns, rows, outputs)
}
