/**
 * What of a service point is public (JSON), and the answers that were published together: their counts by rating, which
 * never change. Service points by id; times are UTC ms.
 */
export const PUBLIC_2 = `
CREATE TABLE public_settings (service_point TEXT PRIMARY KEY, setting TEXT NOT NULL) STRICT, WITHOUT ROWID;
CREATE TABLE public_blocks (
  service_point TEXT NOT NULL, from_at INTEGER NOT NULL, to_at INTEGER NOT NULL,
  c0 INTEGER NOT NULL, c1 INTEGER NOT NULL, c2 INTEGER NOT NULL, c3 INTEGER NOT NULL,
  PRIMARY KEY (service_point, from_at)
) STRICT, WITHOUT ROWID;
`;
