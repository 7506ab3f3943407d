/**
 * One bar that moves over columns in a batch.
 *
 * A class: an object literal would share its hidden shape with the literals of columns, whose fields are arrays, and then
 * allocate each number it is given.
 */
export class BarSlot {
  high = Number.NaN
  low = Number.NaN
  close = Number.NaN
  volume = Number.NaN
}
