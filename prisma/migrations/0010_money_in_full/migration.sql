-- AlterTable
ALTER TABLE "DenialRecord" ADD COLUMN     "lineStatus" TEXT NOT NULL DEFAULT 'denied',
ADD COLUMN     "recoveredCents" BIGINT NOT NULL DEFAULT 0;

-- AlterTable
ALTER TABLE "ProviderAdjustment" ADD COLUMN     "accountId" UUID,
ADD COLUMN     "sequence" INTEGER;
