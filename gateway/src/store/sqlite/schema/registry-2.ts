/** Opening exceptions and settings as JSON; when a terminal was taken out of use, or its device exchanged (UTC ms). */
export const REGISTRY_2 = `
ALTER TABLE groups ADD COLUMN exceptions TEXT;
ALTER TABLE service_points ADD COLUMN exceptions TEXT;
ALTER TABLE terminals ADD COLUMN retired_at INTEGER;
ALTER TABLE terminals ADD COLUMN replaced_at INTEGER;
`;
