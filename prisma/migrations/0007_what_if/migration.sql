-- AlterTable
ALTER TABLE "Decision" ADD COLUMN     "asOf" DATE,
ADD COLUMN     "facts" TEXT,
ADD COLUMN     "receiptHash" TEXT;

-- Not compressed: read often, packed never.
ALTER TABLE "Decision" ALTER COLUMN "facts" SET STORAGE EXTERNAL;

UPDATE "Decision" SET "asOf" = ("receipt" ->> 'asOf')::date, "facts" = jsonb_strip_nulls("receipt" -> 'facts')::text;

ALTER TABLE "Decision" ALTER COLUMN "asOf" SET NOT NULL,
ALTER COLUMN "facts" SET NOT NULL;

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
