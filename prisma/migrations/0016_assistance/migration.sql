-- AlterTable
ALTER TABLE "Facility" ADD COLUMN     "taxExempt" BOOLEAN;
