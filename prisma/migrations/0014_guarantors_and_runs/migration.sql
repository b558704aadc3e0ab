-- AlterTable
ALTER TABLE "Account" ADD COLUMN     "guarantorId" UUID;

-- AlterTable
ALTER TABLE "Intent" ADD COLUMN     "destination" TEXT,
ADD COLUMN     "gatheredAt" TIMESTAMPTZ(3),
ADD COLUMN     "runId" UUID;

-- AlterTable
ALTER TABLE "OutboundFile" ADD COLUMN     "runId" UUID,
ALTER COLUMN "intentId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "Guarantor" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "identity" TEXT NOT NULL,
    "lastName" TEXT NOT NULL,
    "firstName" TEXT NOT NULL,
    "middleName" TEXT NOT NULL,
    "bornOn" DATE,
    "line1" TEXT NOT NULL,
    "line2" TEXT NOT NULL,
    "city" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "postalCode" TEXT NOT NULL,
    "phone" TEXT,
    "email" TEXT,
    "language" TEXT NOT NULL DEFAULT 'en',
    "mailReturnedOn" DATE,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Guarantor_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "OutboundRun" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "destination" TEXT NOT NULL,
    "controlNumber" BIGINT NOT NULL DEFAULT next_control_number(),
    "at" TIMESTAMPTZ(3) NOT NULL,
    "status" TEXT NOT NULL,
    "channel" TEXT NOT NULL,
    "parcel" TEXT NOT NULL,
    "handingOverAt" TIMESTAMPTZ(3),
    "receipt" TEXT,
    "reason" TEXT,
    "intentCount" INTEGER NOT NULL,
    "settledAt" TIMESTAMPTZ(3),

    CONSTRAINT "OutboundRun_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Guarantor_facilityId_lastName_firstName_idx" ON "Guarantor"("facilityId", "lastName", "firstName");

-- CreateIndex
CREATE UNIQUE INDEX "Guarantor_facilityId_identity_key" ON "Guarantor"("facilityId", "identity");

-- CreateIndex
CREATE UNIQUE INDEX "OutboundRun_controlNumber_key" ON "OutboundRun"("controlNumber");

-- CreateIndex
CREATE INDEX "OutboundRun_facilityId_destination_settledAt_idx" ON "OutboundRun"("facilityId", "destination", "settledAt");

-- CreateIndex
CREATE UNIQUE INDEX "OutboundRun_facilityId_parcel_key" ON "OutboundRun"("facilityId", "parcel");

-- CreateIndex
CREATE INDEX "Account_guarantorId_idx" ON "Account"("guarantorId");

-- CreateIndex
CREATE INDEX "Intent_facilityId_destination_eventId_gatheredAt_idx" ON "Intent"("facilityId", "destination", "eventId", "gatheredAt");

-- CreateIndex
CREATE INDEX "Intent_runId_idx" ON "Intent"("runId");

-- CreateIndex
CREATE INDEX "OutboundFile_runId_idx" ON "OutboundFile"("runId");

-- AddForeignKey
ALTER TABLE "Account" ADD CONSTRAINT "Account_guarantorId_fkey" FOREIGN KEY ("guarantorId") REFERENCES "Guarantor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Intent" ADD CONSTRAINT "Intent_runId_fkey" FOREIGN KEY ("runId") REFERENCES "OutboundRun"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "OutboundFile" ADD CONSTRAINT "OutboundFile_runId_fkey" FOREIGN KEY ("runId") REFERENCES "OutboundRun"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
