export { type Clock, systemClock } from './transport/clock.js'
export {
  type HttpAnswer,
  type HttpFetch,
  type HttpOptions,
  type HttpRequest,
  httpFetch,
} from './transport/httpFetch.js'
export { isVenueError } from './transport/isVenueError.js'
export { createPace, type Pace } from './transport/pace.js'
export {
  defaultRetry,
  type Reader,
  type RetryNotice,
  type RetryOptions,
  retryReads,
} from './transport/retryReads.js'
