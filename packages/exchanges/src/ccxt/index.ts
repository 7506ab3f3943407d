export {
  type DownloadLimits,
  type DownloadOptions,
  type DownloadProgress,
  type DownloadResult,
  defaultDownloadLimits,
  downloadBars,
} from './downloadBars.js'
export { knownVenues } from './loadVenue.js'
