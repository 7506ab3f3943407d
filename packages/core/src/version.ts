/** Version of the engine, part of every result hash. Kept equal to the package's by a test. */
export const version = '0.1.0'
