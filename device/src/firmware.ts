/** Version of this firmware, as reported in `status`. */
export const FIRMWARE_VERSION = '0.1.0';

/** Date of this firmware, UTC ms: moved forward with every release. A wall clock before it is certainly wrong. */
export const FIRMWARE_BUILT_AT = Date.UTC(2026, 10, 1);

/** Date of the first firmware there was, UTC ms; never moves. No press of any terminal is older. */
export const FIRST_FIRMWARE_AT = Date.UTC(2026, 10, 1);
