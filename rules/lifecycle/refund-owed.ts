/** 26 CFR 1.501(r)-6(c): after an award less than this need not be given back (text not seen). */
const leastRefundCents = 500;

/** What must be given back after an award: nothing where it is less than five dollars. */
export function refundOwed(creditCents: number): number {
  return creditCents >= leastRefundCents ? creditCents : 0;
}
