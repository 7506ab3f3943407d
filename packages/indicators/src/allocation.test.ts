import { describe, expect, it } from 'vitest'
import { bytesPerCall, close, move, type Step, sink } from './allocation.rig.js'
import { Adx, Atr, BollingerBands, Donchian, Ema, Macd, Obv, Roc, Rsi, Sma, StdDev, Stochastic } from './index.js'

/** One function per indicator, as a strategy has one hook per bar: it sees one class, and reads every kind of output. */
const steps: Readonly<Record<string, () => Step>> = {
  sma: () => {
    const stream = new Sma()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  ema: () => {
    const stream = new Ema()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  macd: () => {
    const stream = new Macd()
    return (index) => {
      sink[0] = stream.next(close[index]!) + stream.output('signal')
    }
  },
  bollingerBands: () => {
    const stream = new BollingerBands()
    return (index) => {
      sink[0] = stream.next(close[index]!) + stream.output('upper')
    }
  },
  rsi: () => {
    const stream = new Rsi()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  stochastic: () => {
    const stream = new Stochastic()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('d')
    }
  },
  roc: () => {
    const stream = new Roc()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  adx: () => {
    const stream = new Adx()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  obv: () => {
    const stream = new Obv()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  atr: () => {
    const stream = new Atr()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  stdDev: () => {
    const stream = new StdDev()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  donchian: () => {
    const stream = new Donchian()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('upper')
    }
  },
}

describe('a call of next', () => {
  it.each(Object.entries(steps))('allocates nothing in %s', (_, create) => {
    expect(bytesPerCall(create(), 1500)).toBeLessThan(0.5)
  })

  it('would be seen if it allocated one number', () => {
    const kept: (number | undefined)[] = [undefined]
    const boxed: Step = (index) => {
      kept[0] = close[index]! + 0.5
    }
    expect(bytesPerCall(boxed, 200)).toBeGreaterThan(8)
  })
})
