import { describe, expect, it } from 'vitest'
import { jsSession } from '../backends/js/jsSession.js'
import { type PlantedEdge, plantedTask, rowsBetween } from './plantedTask.rig.js'
import { trainGbdt } from './trainGbdt.js'

/** Accuracy of scikit-learn 1.2.1 on the same bytes, by `packages/models/bench/histogramBoosting.py`, with as many rounds and as deep. */
const recorded: readonly (readonly [PlantedEdge, number, number])[] = [
  ['mixed', 1, 0.78242],
  ['xor', 1, 0.97648],
  ['mixed', 2, 0.79102],
  ['linear', 1, 0.86284],
]
const [columns, rows, trained] = [41, 70_000, 20_000]

describe('beside scikit-learn', () => {
  it.each(process.env.ASTER_LONG ? recorded : recorded.slice(0, 2))(
    'is at most 0.3 percentage points less accurate on the task %s %i than its %d',
    (edge, seed, theirs) => {
      const task = plantedTask({ edge, rows, columns, seed })
      const { trees } = trainGbdt({ ...task, classCount: 2, train: rowsBetween(0, trained) })
      const session = jsSession(trees)
      const [x, out] = [new Float32Array(columns), new Float32Array(2)]
      let right = 0
      for (let row = trained; row < rows; row++) {
        for (let column = 0; column < columns; column++) x[column] = task.features[column * rows + row]!
        session.runSync(x, 1, out)
        if (out[1]! > 0.5 === (task.classes[row] === 1)) right++
      }
      expect(right / (rows - trained)).toBeGreaterThan(theirs - 0.003)
    },
  )
})
