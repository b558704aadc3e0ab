-- AlterTable
ALTER TABLE "Intent" ADD COLUMN     "channel" TEXT,
ADD COLUMN     "confirmation" TEXT,
ADD COLUMN     "confirmedOn" DATE,
ADD COLUMN     "handingOverAt" TIMESTAMPTZ(3),
ADD COLUMN     "parcel" TEXT,
ADD COLUMN     "standingKey" TEXT;

-- AlterTable
ALTER TABLE "OutboundFile" ADD COLUMN     "mediaType" TEXT NOT NULL DEFAULT 'text/plain',
ALTER COLUMN "content" SET DATA TYPE BYTEA USING convert_to("content", 'UTF8');

-- What was attempted before and never ended may have left the house: it is looked for before it is sent.
UPDATE "Intent" SET "handingOverAt" = "attemptedAt" WHERE "status" = 'issued' AND "attemptedAt" IS NOT NULL;

-- CreateTable
CREATE TABLE "Attachment" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "accountId" UUID NOT NULL,
    "caseId" TEXT,
    "kind" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "mediaType" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "size" INTEGER NOT NULL,
    "pages" INTEGER NOT NULL,
    "content" BYTEA NOT NULL,
    "controlNumber" BIGINT NOT NULL DEFAULT next_control_number(),
    "addedBy" TEXT NOT NULL,
    "addedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "removedAt" TIMESTAMPTZ(3),

    CONSTRAINT "Attachment_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "Attachment_controlNumber_key" ON "Attachment"("controlNumber");

-- CreateIndex
CREATE UNIQUE INDEX "Attachment_accountId_kind_sha256_key" ON "Attachment"("accountId", "kind", "sha256");

-- CreateIndex
CREATE UNIQUE INDEX "Intent_accountId_standingKey_key" ON "Intent"("accountId", "standingKey");

-- CreateIndex
CREATE UNIQUE INDEX "Intent_facilityId_parcel_key" ON "Intent"("facilityId", "parcel");

-- AddForeignKey
ALTER TABLE "Attachment" ADD CONSTRAINT "Attachment_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
