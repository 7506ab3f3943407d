/**
 * Imbalance over the last `capacity` buckets of equal volume: `Σ |bought − sold| / Σ (bought + sold)`, 0…1.
 *
 * Volume that overfills a bucket is split in its own proportion; of more buckets at once than are kept only the last
 * ones are filled, so one event costs at most a fixed number of steps. A bucket has the size asked for when its first
 * volume comes.
 */
export class VolumeBuckets {
  /** What `advance` takes: volume, how much more of it was bought than sold, and the size of buckets opened now. */
  volume = Number.NaN
  signed = Number.NaN
  target = Number.NaN
  /** The imbalance; `NaN` until all buckets are full. */
  value = Number.NaN
  private readonly imbalances: Float64Array
  private readonly sizes: Float64Array
  private head = 0
  private closed = 0
  /** The open bucket: its size, 0 before its first volume, and what it holds. */
  private size = 0
  private filled = 0
  private imbalance = 0
  /** What `undo` puts back. */
  private readonly imbalancesBefore: Float64Array
  private readonly sizesBefore: Float64Array
  private pushed = 0
  private valueBefore = Number.NaN
  private closedBefore = 0
  private sizeBefore = 0
  private filledBefore = 0
  private imbalanceBefore = 0
  /** How the volume at hand falls into buckets; not part of the state. */
  private readonly split = { closings: 0, first: 0.5, whole: 0.5, size: 0.5, left: 0.5, leftImbalance: 0.5 }

  constructor(capacity: number) {
    this.imbalances = new Float64Array(capacity)
    this.sizes = new Float64Array(capacity)
    this.imbalancesBefore = new Float64Array(capacity)
    this.sizesBefore = new Float64Array(capacity)
  }

  /** True once all buckets are full. */
  get isReady(): boolean {
    return this.closed === this.sizes.length
  }

  /** Takes `volume`; what is not above 0, or has no sign yet, changes nothing. */
  advance(): void {
    this.valueBefore = this.value
    this.closedBefore = this.closed
    this.sizeBefore = this.size
    this.filledBefore = this.filled
    this.imbalanceBefore = this.imbalance
    this.pushed = 0
    const { volume, signed, target } = this
    if (!(volume > 0) || signed - signed !== 0) return
    if (this.size === 0) {
      if (!(target > 0)) return
      this.size = target
    }
    if (volume < this.size - this.filled) {
      this.filled += volume
      this.imbalance += signed
      return
    }
    this.splitVolume()
    this.pushBuckets()
    if (this.isReady) this.weigh()
  }

  /** The imbalance as it would be after `advance`. */
  peek(volume: number, signed: number, target: number): number {
    const { volume: volumeBefore, signed: signedBefore, target: targetBefore, size, sizes, split } = this
    const open = size === 0 ? target : size
    if (!(volume > 0) || signed - signed !== 0 || !(open > 0) || volume < open - this.filled) return this.value
    this.volume = volume
    this.signed = signed
    this.target = target
    this.size = open
    this.splitVolume()
    this.volume = volumeBefore
    this.signed = signedBefore
    this.target = targetBefore
    this.size = size
    return this.closed + split.closings < sizes.length ? Number.NaN : this.weighSplit()
  }

  /** Takes the last `advance` back; once. */
  undo(): void {
    const { imbalances, sizes } = this
    for (let at = this.pushed - 1; at >= 0; at--) {
      this.head = (this.head === 0 ? sizes.length : this.head) - 1
      imbalances[this.head] = this.imbalancesBefore[at]!
      sizes[this.head] = this.sizesBefore[at]!
    }
    this.pushed = 0
    this.value = this.valueBefore
    this.closed = this.closedBefore
    this.size = this.sizeBefore
    this.filled = this.filledBefore
    this.imbalance = this.imbalanceBefore
  }

  /** How the volume, which closes the open bucket, falls into that one, whole ones and the next. */
  private splitVolume(): void {
    const { volume, size, filled, split } = this
    const share = this.signed / volume
    const target = this.target > 0 ? this.target : size
    const rest = volume - (size - filled)
    const left = rest % target
    split.closings = Math.round((rest - left) / target) + 1
    split.first = Math.abs(this.imbalance + share * (size - filled))
    split.whole = Math.abs(share) * target
    split.size = target
    split.left = left
    split.leftImbalance = share * left
  }

  private pushBuckets(): void {
    const { imbalances, sizes, split } = this
    const capacity = sizes.length
    const { closings } = split
    const pushes = Math.min(closings, capacity)
    for (let at = 0; at < pushes; at++) {
      // With more closings than slots the bucket that was open has passed through already.
      const isFirst = at === 0 && closings <= capacity
      this.imbalancesBefore[at] = imbalances[this.head]!
      this.sizesBefore[at] = sizes[this.head]!
      imbalances[this.head] = isFirst ? split.first : split.whole
      sizes[this.head] = isFirst ? this.size : split.size
      this.head = this.head + 1 === capacity ? 0 : this.head + 1
    }
    this.pushed = pushes
    this.closed = Math.min(this.closed + closings, capacity)
    this.size = split.left > 0 ? split.size : 0
    this.filled = split.left
    this.imbalance = split.leftImbalance
  }

  private weigh(): void {
    const { imbalances, sizes } = this
    let imbalance = 0
    let volume = 0
    for (let slot = 0; slot < sizes.length; slot++) {
      imbalance += imbalances[slot]!
      volume += sizes[slot]!
    }
    this.value = Math.min(imbalance / volume, 1)
  }

  /** What `weigh` would give after `pushBuckets`. */
  private weighSplit(): number {
    const { imbalances, sizes, split, head, size } = this
    const capacity = sizes.length
    let imbalance = 0
    let volume = 0
    for (let slot = 0; slot < capacity; slot++) {
      const at = slot < head ? slot - head + capacity : slot - head
      const isFirst = at === 0 && split.closings <= capacity
      const isNew = at < split.closings
      if (isFirst) {
        imbalance += split.first
        volume += size === 0 ? split.size : size
      } else {
        imbalance += isNew ? split.whole : imbalances[slot]!
        volume += isNew ? split.size : sizes[slot]!
      }
    }
    return Math.min(imbalance / volume, 1)
  }
}
