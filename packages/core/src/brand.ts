declare const brand: unique symbol

/** A primitive that carries a name in its type, so that two numbers of different meaning cannot be mixed up. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }
