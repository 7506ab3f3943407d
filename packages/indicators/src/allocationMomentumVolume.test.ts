import { describe, expect, it } from 'vitest'
import { bytesPerCall, close, move, type Step, sink } from './allocation.rig.js'
import {
  AdLine,
  Aroon,
  Cci,
  ChaikinMoneyFlow,
  ChaikinOscillator,
  ForceIndex,
  MarketImpact,
  Mfi,
  Momentum,
  OrderFlowImbalance,
  StochRsi,
  Trix,
  UltimateOscillator,
  VolumeRoc,
  Vpin,
  WilliamsR,
} from './index.js'

const trade = { price: 0.5, quantity: 0.5, aggressor: 'buy' as const }
const quote = { bid: 0.5, ask: 0.5, bidSize: 0.5, askSize: 0.5 }

function moveTrade(index: number): typeof trade {
  trade.price = close[index]!
  trade.quantity = 1 + close[index]! / 7
  return trade
}

function moveQuote(index: number): typeof quote {
  quote.bid = close[index]!
  quote.ask = close[index]! + 0.25
  quote.bidSize = 1 + close[index]! / 7
  quote.askSize = 1 + close[index]! / 9
  return quote
}

/** One function per indicator, as a strategy has one hook per bar: it sees one class, and reads every kind of output. */
const steps: Readonly<Record<string, () => Step>> = {
  stochRsi: () => {
    const stream = new StochRsi()
    return (index) => {
      sink[0] = stream.next(close[index]!) + stream.output('d')
    }
  },
  williamsR: () => {
    const stream = new WilliamsR()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  cci: () => {
    const stream = new Cci()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  momentum: () => {
    const stream = new Momentum()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  aroon: () => {
    const stream = new Aroon()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('oscillator')
    }
  },
  trix: () => {
    const stream = new Trix()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  ultimateOscillator: () => {
    const stream = new UltimateOscillator()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  volumeRoc: () => {
    const stream = new VolumeRoc()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  chaikinMoneyFlow: () => {
    const stream = new ChaikinMoneyFlow()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  mfi: () => {
    const stream = new Mfi()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  adLine: () => {
    const stream = new AdLine()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  chaikinOscillator: () => {
    const stream = new ChaikinOscillator()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  forceIndex: () => {
    const stream = new ForceIndex()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  vpin: () => {
    const stream = new Vpin()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  'vpin of trades': () => {
    const stream = new Vpin({ bucketVolume: 50 })
    return (index) => {
      sink[0] = stream.onTrade(moveTrade(index))
    }
  },
  orderFlowImbalance: () => {
    const stream = new OrderFlowImbalance()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('normalized')
    }
  },
  'orderFlowImbalance of quotes': () => {
    const stream = new OrderFlowImbalance()
    return (index) => {
      sink[0] = stream.onQuote(moveQuote(index)) + stream.output('normalized')
    }
  },
  marketImpact: () => {
    const stream = new MarketImpact()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('r2')
    }
  },
  'marketImpact of trades, by Amihud': () => {
    const stream = new MarketImpact({ method: 'amihud' })
    return (index) => {
      sink[0] = stream.onTrade(moveTrade(index)) + stream.output('r2')
    }
  },
}

describe('a call of next, onTrade or onQuote', () => {
  it.each(Object.entries(steps))('allocates nothing in %s', (_, create) => {
    expect(bytesPerCall(create(), 1500)).toBeLessThan(0.5)
  })
})
