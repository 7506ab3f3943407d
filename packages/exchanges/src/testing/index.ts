export type { KlineFault } from './klineFault.js'
export {
  type KlineMarket,
  type KlineRequest,
  type KlineRoute,
  type KlineServer,
  type KlineServerOptions,
  klineServer,
} from './klineServer.js'
export { type VirtualClock, virtualClock } from './virtualClock.js'
