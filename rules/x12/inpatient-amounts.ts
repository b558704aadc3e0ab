import type { InpatientAmount } from '../domain/remittance-details.ts';

/** Elements of MIA that hold an amount. */
export const inpatientAmounts: readonly (readonly [element: number, amount: InpatientAmount])[] = [
  [2, 'operatingOutlier'],
  [4, 'claimDrg'],
  [6, 'disproportionateShare'],
  [7, 'medicareSecondaryPassThrough'],
  [8, 'capital'],
  [9, 'capitalFederalDrg'],
  [10, 'capitalHospitalDrg'],
  [11, 'capitalDisproportionateShare'],
  [12, 'oldCapital'],
  [13, 'capitalTeaching'],
  [14, 'operatingHospitalDrg'],
  [16, 'operatingFederalDrg'],
  [17, 'claimOutlier'],
  [18, 'indirectTeaching'],
  [19, 'nonpayableProfessional'],
  [24, 'capitalException'],
];
