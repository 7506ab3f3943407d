import { describe, expect, it } from 'vitest'
import { bytesPerCall, close, type Indicators, leastBytes, move, type Step, sink } from './allocation.rig.js'

/** One function per indicator, as a strategy has one hook per bar: it sees one class, and reads every kind of output. */
const steps: Readonly<Record<string, (indicators: Indicators) => Step>> = {
  sma: ({ Sma }) => {
    const stream = new Sma()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  ema: ({ Ema }) => {
    const stream = new Ema()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  macd: ({ Macd }) => {
    const stream = new Macd()
    return (index) => {
      sink[0] = stream.next(close[index]!) + stream.output('signal')
    }
  },
  bollingerBands: ({ BollingerBands }) => {
    const stream = new BollingerBands()
    return (index) => {
      sink[0] = stream.next(close[index]!) + stream.output('upper')
    }
  },
  rsi: ({ Rsi }) => {
    const stream = new Rsi()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  stochastic: ({ Stochastic }) => {
    const stream = new Stochastic()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('d')
    }
  },
  roc: ({ Roc }) => {
    const stream = new Roc()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  adx: ({ Adx }) => {
    const stream = new Adx()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  obv: ({ Obv }) => {
    const stream = new Obv()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  atr: ({ Atr }) => {
    const stream = new Atr()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  stdDev: ({ StdDev }) => {
    const stream = new StdDev()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  donchian: ({ Donchian }) => {
    const stream = new Donchian()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('upper')
    }
  },
}

describe('a call of next', () => {
  it.each(Object.entries(steps))('allocates nothing in %s', async (_, create) => {
    expect(await leastBytes(create)).toBeLessThan(0.5)
  })

  it('would be seen if it allocated one number', () => {
    const kept: (number | undefined)[] = [undefined]
    const boxed: Step = (index) => {
      kept[0] = close[index]! + 0.5
    }
    expect(bytesPerCall(boxed, 200)).toBeGreaterThan(8)
  })
})
