import { expect, it } from 'vitest'
import { decodeTensors, encodeTensors } from '../tensors.js'
import { plantedTask } from './plantedTask.rig.js'
import { trainGbdt } from './trainGbdt.js'
import { treesOf, treeTensors } from './treeTensors.js'

const { trees } = trainGbdt(
  { ...plantedTask({ edge: 'xor', rows: 400, columns: 3, seed: 1 }), classCount: 2 },
  { rounds: 3 },
)

it('gives back the trees that were packed', () => {
  const tensors = decodeTensors(encodeTensors(treeTensors('trees', trees)))
  expect(treesOf(tensors, 'trees', 3)).toEqual(trees)
})

it('refuses tensors that lack a column, or have it of another type', () => {
  const tensors = treeTensors('trees', trees)
  const without = new Map(tensors.filter(({ name }) => name !== 'trees/left').map((tensor) => [tensor.name, tensor]))
  expect(() => treesOf(without, 'trees', 3)).toThrow('No column "left" of trees "trees" is among the tensors.')
  const other = new Map(tensors.map((tensor) => [tensor.name, { ...tensor, data: new Uint8Array(0) }]))
  expect(() => treesOf(other, 'trees', 3)).toThrow('No column "base" of trees "trees" is among the tensors.')
})
