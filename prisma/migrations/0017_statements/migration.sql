-- AlterTable
ALTER TABLE "Guarantor" ADD COLUMN     "deliverBy" TEXT NOT NULL DEFAULT 'mail';

-- CreateTable
CREATE TABLE "Statement" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "number" TEXT NOT NULL,
    "guarantorId" UUID,
    "parcel" TEXT NOT NULL,
    "on" DATE NOT NULL,
    "payByOn" DATE NOT NULL,
    "language" TEXT NOT NULL,
    "languageWanted" TEXT,
    "via" TEXT NOT NULL,
    "dueCents" BIGINT NOT NULL,
    "file" TEXT NOT NULL,
    "firstPage" INTEGER NOT NULL,
    "pages" INTEGER NOT NULL,
    "writtenAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "returnedOn" DATE,

    CONSTRAINT "Statement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "StatementAccount" (
    "statementId" UUID NOT NULL,
    "accountId" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "intentId" UUID NOT NULL,
    "dueCents" BIGINT NOT NULL,

    CONSTRAINT "StatementAccount_pkey" PRIMARY KEY ("statementId","accountId")
);

-- CreateTable
CREATE TABLE "GuarantorChange" (
    "id" UUID NOT NULL,
    "organisationId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000001'::uuid,
    "facilityId" UUID NOT NULL DEFAULT '00000000-0000-7000-8000-000000000002'::uuid,
    "guarantorId" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "by" TEXT NOT NULL,
    "fields" TEXT[],

    CONSTRAINT "GuarantorChange_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "Statement_facilityId_parcel_idx" ON "Statement"("facilityId", "parcel");

-- CreateIndex
CREATE INDEX "Statement_guarantorId_on_idx" ON "Statement"("guarantorId", "on");

-- CreateIndex
CREATE UNIQUE INDEX "Statement_facilityId_number_key" ON "Statement"("facilityId", "number");

-- CreateIndex
CREATE UNIQUE INDEX "StatementAccount_intentId_key" ON "StatementAccount"("intentId");

-- CreateIndex
CREATE INDEX "StatementAccount_accountId_idx" ON "StatementAccount"("accountId");

-- CreateIndex
CREATE INDEX "GuarantorChange_guarantorId_at_idx" ON "GuarantorChange"("guarantorId", "at");

-- AddForeignKey
ALTER TABLE "Statement" ADD CONSTRAINT "Statement_guarantorId_fkey" FOREIGN KEY ("guarantorId") REFERENCES "Guarantor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementAccount" ADD CONSTRAINT "StatementAccount_statementId_fkey" FOREIGN KEY ("statementId") REFERENCES "Statement"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StatementAccount" ADD CONSTRAINT "StatementAccount_accountId_fkey" FOREIGN KEY ("accountId") REFERENCES "Account"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "GuarantorChange" ADD CONSTRAINT "GuarantorChange_guarantorId_fkey" FOREIGN KEY ("guarantorId") REFERENCES "Guarantor"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
