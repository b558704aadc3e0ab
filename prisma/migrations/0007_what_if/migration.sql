-- AlterTable
ALTER TABLE "Decision" ADD COLUMN     "receiptHash" TEXT;

-- CreateTable
CREATE TABLE "WhatIf" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "contentHash" TEXT NOT NULL,
    "baseNumber" INTEGER NOT NULL,
    "publishedOn" DATE NOT NULL,
    "askedOn" DATE,
    "until" TIMESTAMPTZ(3) NOT NULL,
    "phase" TEXT NOT NULL,
    "cursor" JSONB,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "tally" JSONB NOT NULL,
    "report" JSONB,
    "startedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "finishedAt" TIMESTAMPTZ(3),

    CONSTRAINT "WhatIf_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "WhatIf_facilityId_contentHash_baseNumber_startedAt_idx" ON "WhatIf"("facilityId", "contentHash", "baseNumber", "startedAt");

-- CreateIndex
CREATE INDEX "Decision_facilityId_decidedAt_id_idx" ON "Decision"("facilityId", "decidedAt", "id");
