import { describe, expect, it } from 'vitest'
import { close, type Indicators, leastBytes, move, type Step, sink } from './allocation.rig.js'

/** As in `allocation.test.ts`, for the other averages, trends and bands. */
const steps: Readonly<Record<string, (indicators: Indicators) => Step>> = {
  wma: ({ Wma }) => {
    const stream = new Wma()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  dema: ({ Dema }) => {
    const stream = new Dema()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  tema: ({ Tema }) => {
    const stream = new Tema()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  hma: ({ Hma }) => {
    const stream = new Hma()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  kama: ({ Kama }) => {
    const stream = new Kama()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  ichimoku: ({ Ichimoku }) => {
    const stream = new Ichimoku()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('senkouB')
    }
  },
  parabolicSar: ({ ParabolicSar }) => {
    const stream = new ParabolicSar()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  supertrend: ({ Supertrend }) => {
    const stream = new Supertrend()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('direction')
    }
  },
  vwap: ({ RollingVwap }) => {
    const stream = new RollingVwap()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  natr: ({ Natr }) => {
    const stream = new Natr()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  bollingerWidth: ({ BollingerWidth }) => {
    const stream = new BollingerWidth()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  keltner: ({ Keltner }) => {
    const stream = new Keltner()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('upper')
    }
  },
  choppinessIndex: ({ ChoppinessIndex }) => {
    const stream = new ChoppinessIndex()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
}

describe('a call of next', () => {
  it.each(Object.entries(steps))('allocates nothing in %s', async (_, create) => {
    expect(await leastBytes(create)).toBeLessThan(0.5)
  })
})
