import { describe, expect, it } from 'vitest'
import { bytesPerCall, close, move, type Step, sink } from './allocation.rig.js'
import {
  BollingerWidth,
  ChoppinessIndex,
  Dema,
  Hma,
  Ichimoku,
  Kama,
  Keltner,
  Natr,
  ParabolicSar,
  RollingVwap,
  Supertrend,
  Tema,
  Wma,
} from './index.js'

/** As in `allocation.test.ts`, for the other averages, trends and bands. */
const steps: Readonly<Record<string, () => Step>> = {
  wma: () => {
    const stream = new Wma()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  dema: () => {
    const stream = new Dema()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  tema: () => {
    const stream = new Tema()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  hma: () => {
    const stream = new Hma()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  kama: () => {
    const stream = new Kama()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  ichimoku: () => {
    const stream = new Ichimoku()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('senkouB')
    }
  },
  parabolicSar: () => {
    const stream = new ParabolicSar()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  supertrend: () => {
    const stream = new Supertrend()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('direction')
    }
  },
  vwap: () => {
    const stream = new RollingVwap()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  natr: () => {
    const stream = new Natr()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  bollingerWidth: () => {
    const stream = new BollingerWidth()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  keltner: () => {
    const stream = new Keltner()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('upper')
    }
  },
  choppinessIndex: () => {
    const stream = new ChoppinessIndex()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
}

describe('a call of next', () => {
  it.each(Object.entries(steps))('allocates nothing in %s', (_, create) => {
    expect(bytesPerCall(create(), 1500)).toBeLessThan(0.5)
  })
})
