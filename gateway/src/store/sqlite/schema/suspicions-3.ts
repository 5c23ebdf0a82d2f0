/** Presses that no panel can have sent (0: none, 1: ahead, 2: pace), and how close those of an epoch came of late (UTC ms). */
export const SUSPICIONS_3 = `
ALTER TABLE presses ADD COLUMN suspect INTEGER NOT NULL DEFAULT 0;
ALTER TABLE epochs ADD COLUMN pace_at INTEGER;
ALTER TABLE epochs ADD COLUMN pace_until INTEGER;
CREATE INDEX presses_suspect ON presses (counted_at, terminal, service_point, suspect) WHERE suspect > 0;
`;
