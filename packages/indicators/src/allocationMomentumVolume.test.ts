import { describe, expect, it } from 'vitest'
import { close, type Indicators, leastBytes, move, type Step, sink } from './allocation.rig.js'

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
const steps: Readonly<Record<string, (indicators: Indicators) => Step>> = {
  stochRsi: ({ StochRsi }) => {
    const stream = new StochRsi()
    return (index) => {
      sink[0] = stream.next(close[index]!) + stream.output('d')
    }
  },
  williamsR: ({ WilliamsR }) => {
    const stream = new WilliamsR()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  cci: ({ Cci }) => {
    const stream = new Cci()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  momentum: ({ Momentum }) => {
    const stream = new Momentum()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  aroon: ({ Aroon }) => {
    const stream = new Aroon()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('oscillator')
    }
  },
  trix: ({ Trix }) => {
    const stream = new Trix()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  ultimateOscillator: ({ UltimateOscillator }) => {
    const stream = new UltimateOscillator()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  volumeRoc: ({ VolumeRoc }) => {
    const stream = new VolumeRoc()
    return (index) => {
      sink[0] = stream.next(close[index]!)
    }
  },
  chaikinMoneyFlow: ({ ChaikinMoneyFlow }) => {
    const stream = new ChaikinMoneyFlow()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  mfi: ({ Mfi }) => {
    const stream = new Mfi()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  adLine: ({ AdLine }) => {
    const stream = new AdLine()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  chaikinOscillator: ({ ChaikinOscillator }) => {
    const stream = new ChaikinOscillator()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  forceIndex: ({ ForceIndex }) => {
    const stream = new ForceIndex()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  vpin: ({ Vpin }) => {
    const stream = new Vpin()
    return (index) => {
      sink[0] = stream.next(move(index))
    }
  },
  'vpin of trades': ({ Vpin }) => {
    const stream = new Vpin({ bucketVolume: 50 })
    return (index) => {
      sink[0] = stream.onTrade(moveTrade(index))
    }
  },
  orderFlowImbalance: ({ OrderFlowImbalance }) => {
    const stream = new OrderFlowImbalance()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('normalized')
    }
  },
  'orderFlowImbalance of quotes': ({ OrderFlowImbalance }) => {
    const stream = new OrderFlowImbalance()
    return (index) => {
      sink[0] = stream.onQuote(moveQuote(index)) + stream.output('normalized')
    }
  },
  marketImpact: ({ MarketImpact }) => {
    const stream = new MarketImpact()
    return (index) => {
      sink[0] = stream.next(move(index)) + stream.output('r2')
    }
  },
  'marketImpact of trades, by Amihud': ({ MarketImpact }) => {
    const stream = new MarketImpact({ method: 'amihud' })
    return (index) => {
      sink[0] = stream.onTrade(moveTrade(index)) + stream.output('r2')
    }
  },
}

describe('a call of next, onTrade or onQuote', () => {
  it.each(Object.entries(steps))('allocates nothing in %s', async (_, create) => {
    expect(await leastBytes(create)).toBeLessThan(0.5)
  })
})
