/** Which user of ours somebody of a directory is: by the issuer and its subject, never by a name or an address of mail. */
export const DIRECTORY_3 = `
CREATE TABLE user_subjects (
  user INTEGER PRIMARY KEY REFERENCES users(id), issuer TEXT NOT NULL, subject TEXT NOT NULL, UNIQUE (issuer, subject)
) STRICT;
`;
