/** Two thirds of the lifetime leave months for whatever is in the way. */
const RENEW_FROM = 2 / 3;

/** When a certificate holds, UTC ms. */
export interface Validity {
  from: number;
  to: number;
}

/** Whether it is time for a new certificate; also long after its end, since the operator may have set days of grace. */
export function renewalDue({ from, to }: Validity, now: number): boolean {
  return now >= from + (to - from) * RENEW_FROM;
}
