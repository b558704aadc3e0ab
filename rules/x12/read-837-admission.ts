import type { Admission } from '../domain/claim-details.ts';
import { elementOf, periodOf, type Segment } from './segment.ts';

/** Gathers CL1, DTP*435 and DTP*096 of a claim. */
export class AdmissionReader {
  #admission: Admission = { on: null, hour: '', dischargeHour: '', type: '', source: '', patientStatus: '' };
  #isSaid = false;

  /** @returns false when the segment says nothing of an admission. */
  take(segment: Segment): boolean {
    const said = admissionIn(segment);
    if (said === null) return false;
    this.#admission = { ...this.#admission, ...said };
    this.#isSaid = true;
    return true;
  }

  admission(): { readonly admission?: Admission } {
    return this.#isSaid ? { admission: this.#admission } : {};
  }
}

function admissionIn(segment: Segment): Partial<Admission> | null {
  if (segment.id === 'CL1') return { type: elementOf(segment, 1), source: elementOf(segment, 2), patientStatus: elementOf(segment, 3) };
  if (segment.id !== 'DTP') return null;
  const [qualifier, format, text] = [1, 2, 3].map((index) => elementOf(segment, index));
  if (qualifier === '096' && format === 'TM') return { dischargeHour: text ?? '' };
  if (qualifier !== '435' || format === 'RD8') return null;
  return { on: periodOf(segment, '2300').from, hour: format === 'DT' ? (text ?? '').slice(8, 12) : '' };
}
