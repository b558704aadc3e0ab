/**
 * The one facility there is so far; the migration seeds it, and the columns' defaults name it. Reads name it too, because every index begins with it.
 */
export const facilityId = '00000000-0000-7000-8000-000000000002';
