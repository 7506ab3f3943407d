/**
 * Rules run for every order and close, and exact money is bigint, some fifty times the cost of a double. So each verdict is a
 * first look in doubles that clears the common case, and exact arithmetic where the look is within this share of the limit or
 * past it. A double of the account is off by 1e-16 or so: the margin is wide, and no verdict hangs on rounding.
 */
export const firstLookMargin = 1e-9
