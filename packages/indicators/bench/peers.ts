import { createRequire } from 'node:module'
import * as indicatorTs from 'indicatorts'
import * as technicalIndicators from 'technicalindicators'
import * as tradingSignals from 'trading-signals'

// Its ES module build lies in a package that declares itself CommonJS, so Node can load the other build alone.
const fastTechnicalIndicators = createRequire(import.meta.url)(
  'fast-technical-indicators',
) as typeof technicalIndicators

export { fastTechnicalIndicators, indicatorTs, technicalIndicators, tradingSignals }
