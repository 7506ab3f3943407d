import type { Clock } from '@astertrade/exchanges'
import cliProgress from 'cli-progress'
import type { CliIo } from './io.js'

/** A bar that shows how far some work is. */
export interface Progress {
  /** Moves it; a share from 0 to 1. */
  update(ratio: number): void
  /** Takes it away. */
  stop(): void
}

const silenceMs = 1_000

/** Makes a progress bar on standard error. It shows on a terminal only, and only once the work has lasted a second. */
export function createProgress(
  { stderr }: Pick<CliIo, 'stderr'>,
  { label, clock }: { readonly label: string; readonly clock: Pick<Clock, 'monotonic'> },
): Progress {
  const started = clock.monotonic()
  let bar: cliProgress.SingleBar | undefined
  return {
    update(ratio) {
      if (stderr.isTTY !== true || (!bar && clock.monotonic() - started < silenceMs)) return
      bar ??= startBar(stderr, label)
      bar.update(Math.round(ratio * 1_000))
    },
    stop() {
      bar?.stop()
      bar = undefined
    },
  }
}

/** Does work, and takes its progress away whether it succeeds or throws. */
export function stopping<Result>(progress: Progress, work: () => Result): Result {
  try {
    return work()
  } finally {
    progress.stop()
  }
}

function startBar(stream: CliIo['stderr'], label: string): cliProgress.SingleBar {
  const bar = new cliProgress.SingleBar({
    format: `${label} {bar} {percentage} %  {eta_formatted} left`,
    stream: stream as unknown as NodeJS.WritableStream,
    clearOnComplete: true,
    hideCursor: true,
    barsize: 30,
    // The work is synchronous, so a timer would never fire.
    fps: 8,
    barCompleteChar: '█',
    barIncompleteChar: '░',
  })
  bar.start(1_000, 0)
  return bar
}
