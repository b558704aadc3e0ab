-- One sequence for all that leaves as X12, so that no number comes twice. ISA13 holds nine digits: at the end it stops rather than begin again.
CREATE SEQUENCE "control_number" AS BIGINT MINVALUE 1 MAXVALUE 999999999 NO CYCLE;
SELECT setval('control_number', GREATEST((SELECT last_value FROM "Intent_controlNumber_seq"), 1), (SELECT is_called FROM "Intent_controlNumber_seq"));

-- A default that names a sequence would be taken for that column's own.
CREATE FUNCTION next_control_number() RETURNS BIGINT LANGUAGE SQL VOLATILE AS $$ SELECT nextval('control_number') $$;

ALTER TABLE "Intent" ALTER COLUMN "controlNumber" SET DEFAULT next_control_number();
DROP SEQUENCE "Intent_controlNumber_seq";

-- CreateTable
CREATE TABLE "AcknowledgementFile" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "inboundFileId" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "controlNumber" BIGINT NOT NULL DEFAULT next_control_number(),
    "folder" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "sha256" TEXT NOT NULL,
    "content" TEXT NOT NULL,
    "receipt" TEXT,
    "sentAt" TIMESTAMPTZ(3),

    CONSTRAINT "AcknowledgementFile_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "AcknowledgementFile_controlNumber_key" ON "AcknowledgementFile"("controlNumber");

-- CreateIndex
CREATE UNIQUE INDEX "AcknowledgementFile_inboundFileId_position_key" ON "AcknowledgementFile"("inboundFileId", "position");

-- CreateIndex
CREATE UNIQUE INDEX "AcknowledgementFile_facilityId_folder_name_key" ON "AcknowledgementFile"("facilityId", "folder", "name");

-- AddForeignKey
ALTER TABLE "AcknowledgementFile" ADD CONSTRAINT "AcknowledgementFile_inboundFileId_fkey" FOREIGN KEY ("inboundFileId") REFERENCES "InboundFile"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
