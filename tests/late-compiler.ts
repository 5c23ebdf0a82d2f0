const [NODE_MAJOR] = process.versions.node.split('.').map(Number);

/**
 * Options of Node, for programs that tests start and for the processes that run tests: V8 sees so much of a function before
 * it compiles it anew for speed, bytes of bytecode (132 KiB where nothing is said). Most of them end within seconds, and a
 * quarter of a start's processor time went into that. What runs long is compiled all the same, a moment later.
 */
export const LATE_COMPILER: readonly string[] = NODE_MAJOR === 20 ? ['--interrupt-budget=1000000'] : [];
