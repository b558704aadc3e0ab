-- DropIndex
DROP INDEX "Remittance_fileId_idx";

-- DropIndex
DROP INDEX "RemittanceClaim_remittanceId_idx";

-- AlterTable
ALTER TABLE "InboundFile" ADD COLUMN     "bytesDone" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "claimsDone" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "counts" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "faults" JSONB NOT NULL DEFAULT '[]',
ADD COLUMN     "settledTo" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "size" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "startedAt" TIMESTAMPTZ(3);

-- AlterTable
ALTER TABLE "Remittance" ADD COLUMN     "claimCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "details" JSONB NOT NULL DEFAULT '{}',
ADD COLUMN     "postedTo" INTEGER NOT NULL DEFAULT -1,
ADD COLUMN     "stagedTo" INTEGER NOT NULL DEFAULT -1,
ALTER COLUMN "contentSha256" DROP NOT NULL;

-- AlterTable
ALTER TABLE "RemittanceClaim" ADD COLUMN     "details" JSONB NOT NULL DEFAULT '{}';

-- CreateTable
CREATE TABLE "InboundFileChunk" (
    "fileId" UUID NOT NULL,
    "index" INTEGER NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "bytes" BYTEA NOT NULL,

    CONSTRAINT "InboundFileChunk_pkey" PRIMARY KEY ("fileId","index")
);

-- What was stored as one value is cut into pieces of one megabyte; what was read is read to its end.
INSERT INTO "InboundFileChunk" ("fileId", "index", "organisationId", "facilityId", "bytes")
SELECT f."id", n, f."organisationId", f."facilityId", substring(f."content" FROM n * 1048576 + 1 FOR 1048576)
FROM "InboundFile" f, generate_series(0, (octet_length(f."content") - 1) / 1048576) AS n WHERE octet_length(f."content") > 0;
UPDATE "InboundFile" SET "size" = octet_length("content");
UPDATE "InboundFile" SET "bytesDone" = "size", "settledTo" = "size" WHERE "status" <> 'registered';
ALTER TABLE "InboundFile" DROP COLUMN "content", ALTER COLUMN "size" DROP DEFAULT;

-- CreateIndex
CREATE UNIQUE INDEX "Remittance_fileId_offset_key" ON "Remittance"("fileId", "offset");

-- CreateIndex
CREATE UNIQUE INDEX "RemittanceClaim_remittanceId_offset_key" ON "RemittanceClaim"("remittanceId", "offset");

-- AddForeignKey
ALTER TABLE "InboundFileChunk" ADD CONSTRAINT "InboundFileChunk_fileId_fkey" FOREIGN KEY ("fileId") REFERENCES "InboundFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
