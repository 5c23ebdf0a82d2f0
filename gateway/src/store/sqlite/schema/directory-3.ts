/**
 * Which user of ours somebody of a directory is: by the issuer and its subject, never by a name or an address of mail.
 * `refused`: 1 where the directory said at last that they may do nothing here.
 */
export const DIRECTORY_3 = `
CREATE TABLE user_subjects (
  user INTEGER PRIMARY KEY REFERENCES users(id), issuer TEXT NOT NULL, subject TEXT NOT NULL,
  refused INTEGER NOT NULL DEFAULT 0, UNIQUE (issuer, subject)
) STRICT;
`;
