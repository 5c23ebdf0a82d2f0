import * as z from 'zod';

/** Nobody takes longer to log in at a directory, s. */
export const FLOW_SECONDS = 600;

const flowSchema = z.object({
  state: z.string(),
  nonce: z.string(),
  verifier: z.string(),
  next: z.string(),
});

/** What belongs to one login on its way: it stays with the browser that began it. `next`: where it leads to. */
export type LoginFlow = z.infer<typeof flowSchema>;

/** Closed so that the browser can neither read nor make one, and nothing is kept here. `now`: UTC ms. */
export async function sealFlow(flow: LoginFlow, key: Uint8Array, now: number): Promise<string> {
  const { EncryptJWT } = await loadJose();
  return new EncryptJWT(flow)
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setExpirationTime(Math.floor(now / 1_000) + FLOW_SECONDS)
    .encrypt(key);
}

/** undefined: made by somebody else, by a gateway that has been started anew since, or too long ago. */
export async function openFlow(sealed: string, key: Uint8Array, now: number): Promise<LoginFlow | undefined> {
  const { jwtDecrypt } = await loadJose();
  try {
    const { payload } = await jwtDecrypt(sealed, key, { currentDate: new Date(now), requiredClaims: ['exp'] });
    return flowSchema.parse(payload);
  } catch {
    // Whatever is wrong with it: one begins anew.
    return undefined;
  }
}

/** Where nobody logs in by a directory it is never loaded. */
function loadJose(): Promise<typeof import('jose')> {
  return import('jose');
}
